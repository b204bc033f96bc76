package dance.space;

import dance.check.Rules;
import dance.workload.Layer;
import java.util.List;

/**
 * A convolution with batch normalisation and activation, for stems and heads.
 *
 * @param kernel rows and columns of the kernel, odd
 */
public record Convolution(int kernel) implements Operation {
  /**
   * @throws IllegalArgumentException if the kernel is not odd
   */
  public Convolution {
    new Rules()
        .require(
            kernel >= 1 && kernel % 2 == 1,
            "kernel of a convolution (%d) must be odd: padding keeps the size",
            kernel)
        .check();
  }

  /** {@code conv3x3}. */
  @Override
  public String label() {
    return "conv" + kernel + "x" + kernel;
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    return List.of(
        Layer.conv("conv", x.inputs(), x.outputs())
            .kernel(kernel)
            .stride(x.stride())
            .output(x.outputRows(), x.outputColumns())
            .batchNorm());
  }

  @Override
  public String toString() {
    return label();
  }
}
