package dance.notebook.chart;

import dance.report.LayerKind;
import dance.workload.Layer;
import java.awt.Color;
import java.util.Arrays;

/** Layers of similar behaviour on an accelerator, with one color in all charts. */
public enum LayerGroup {
  CONVOLUTION(LayerKind.CONVOLUTION, Palette.BLUE),
  POINTWISE(LayerKind.POINTWISE, Palette.SKY),
  DEPTHWISE(LayerKind.DEPTHWISE, Palette.VERMILION),
  FULLY_CONNECTED(LayerKind.FULLY_CONNECTED, Palette.ORANGE),
  MATRIX_PRODUCT(LayerKind.MATRIX_PRODUCT, Palette.PURPLE),
  POOLING(LayerKind.POOLING, Palette.GREEN),
  ADDITION(LayerKind.ADDITION, Palette.YELLOW),
  EINSUM(LayerKind.EINSUM, Palette.GREY);

  public final String label;
  public final Color color;
  private final LayerKind kind;

  LayerGroup(LayerKind kind, Color color) {
    this.kind = kind;
    this.color = color;
    label = kind.label();
  }

  public static LayerGroup of(Layer layer) {
    LayerKind kind = LayerKind.of(layer);
    return Arrays.stream(values()).filter(g -> g.kind == kind).findFirst().orElseThrow();
  }
}
