package dance.report;

import dance.workload.Layer;
import java.util.Locale;

/** Layers of similar behaviour on an accelerator. */
public enum LayerKind {
  /** A window of more than one pixel over all input channels. */
  CONVOLUTION,
  /** A window of one pixel. */
  POINTWISE,
  /** A group for each channel. */
  DEPTHWISE,
  /** One pixel: a matrix times a vector. */
  FULLY_CONNECTED,
  /** Both factors are activations, as in attention. */
  MATRIX_PRODUCT,
  /** One read per window position, no weights. */
  POOLING,
  /** Element-wise sum of two tensors. */
  ADDITION,
  /** Given by its einsum. */
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
