package dance.notebook.chart;

import dance.report.LayerKind;
import dance.workload.Layer;
import java.awt.Color;
import java.util.Arrays;

/** Layers of similar behaviour on an accelerator, with one color in all charts. */
public enum LayerGroup {
  /** {@link LayerKind#CONVOLUTION}. */
  CONVOLUTION(LayerKind.CONVOLUTION, Palette.BLUE),
  /** {@link LayerKind#POINTWISE}. */
  POINTWISE(LayerKind.POINTWISE, Palette.SKY),
  /** {@link LayerKind#DEPTHWISE}. */
  DEPTHWISE(LayerKind.DEPTHWISE, Palette.VERMILION),
  /** {@link LayerKind#FULLY_CONNECTED}. */
  FULLY_CONNECTED(LayerKind.FULLY_CONNECTED, Palette.ORANGE),
  /** {@link LayerKind#MATRIX_PRODUCT}. */
  MATRIX_PRODUCT(LayerKind.MATRIX_PRODUCT, Palette.PURPLE),
  /** {@link LayerKind#POOLING}. */
  POOLING(LayerKind.POOLING, Palette.GREEN),
  /** {@link LayerKind#ADDITION}. */
  ADDITION(LayerKind.ADDITION, Palette.YELLOW),
  /** {@link LayerKind#EINSUM}. */
  EINSUM(LayerKind.EINSUM, Palette.GREY);

  /** As legends show it. */
  public final String label;

  /** The same in all charts. */
  public final Color color;

  private final LayerKind kind;

  LayerGroup(LayerKind kind, Color color) {
    this.kind = kind;
    this.color = color;
    label = kind.label();
  }

  /** The group of a layer. */
  public static LayerGroup of(Layer layer) {
    LayerKind kind = LayerKind.of(layer);
    return Arrays.stream(values()).filter(g -> g.kind == kind).findFirst().orElseThrow();
  }
}
