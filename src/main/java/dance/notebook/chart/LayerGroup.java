package dance.notebook.chart;

import dance.workload.Layer;
import java.awt.Color;

/** Layers of similar behaviour on an accelerator, with one color in all charts. */
public enum LayerGroup {
  CONVOLUTION("convolution", Palette.BLUE),
  POINTWISE("pointwise", Palette.SKY),
  DEPTHWISE("depthwise", Palette.VERMILION),
  FULLY_CONNECTED("fully connected", Palette.ORANGE),
  MATRIX_MULTIPLICATION("matrix product", Palette.PURPLE),
  POOLING("pooling", Palette.GREEN),
  ADDITION("addition", Palette.YELLOW),
  EINSUM("einsum", Palette.GREY);

  public final String label;
  public final Color color;

  LayerGroup(String label, Color color) {
    this.label = label;
    this.color = color;
  }

  public static LayerGroup of(Layer layer) {
    return switch (layer.kind()) {
      case CONVOLUTION -> convolution(layer.shape());
      case FULLY_CONNECTED -> FULLY_CONNECTED;
      case MATRIX_MULTIPLICATION -> MATRIX_MULTIPLICATION;
      case POOLING -> POOLING;
      case ADDITION -> ADDITION;
      case EINSUM -> EINSUM;
    };
  }

  private static LayerGroup convolution(Layer.Shape shape) {
    if (shape.groups() > 1 && shape.groups() == shape.c()) {
      return DEPTHWISE;
    }
    return shape.r() == 1 && shape.s() == 1 ? POINTWISE : CONVOLUTION;
  }
}
