package dance.report;

import dance.workload.Layer;
import java.util.Locale;

/** Layers of similar behaviour on an accelerator. */
public enum LayerKind {
  CONVOLUTION,
  POINTWISE,
  DEPTHWISE,
  FULLY_CONNECTED,
  MATRIX_PRODUCT,
  POOLING,
  ADDITION,
  EINSUM;

  /** The kind of a layer. */
  public static LayerKind of(Layer layer) {
    return switch (layer.kind()) {
      case CONVOLUTION -> convolution(layer.shape());
      case FULLY_CONNECTED -> FULLY_CONNECTED;
      case MATRIX_MULTIPLICATION -> MATRIX_PRODUCT;
      case POOLING -> POOLING;
      case ADDITION -> ADDITION;
      case EINSUM -> EINSUM;
    };
  }

  private static LayerKind convolution(Layer.Shape shape) {
    if (shape.groups() > 1 && shape.groups() == shape.c()) {
      return DEPTHWISE;
    }
    return shape.r() == 1 && shape.s() == 1 ? POINTWISE : CONVOLUTION;
  }

  /** Name for display. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
