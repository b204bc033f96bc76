package dance.space;

import dance.check.Rules;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Inverted residual block: expand 1×1, depthwise, project 1×1, each with batch normalisation; where
 * the shape is kept, the input is added to the output, as an element-wise layer of its own (Sandler
 * et al., CVPR 2018, Fig. 4).
 *
 * @param kernel rows and columns of the depthwise kernel, odd
 * @param expansion expansion ratio; 1 omits the expansion
 */
public record MbConv(int kernel, int expansion) implements Operation {
  /**
   * @throws IllegalArgumentException if the kernel is not odd, or the expansion is below 1
   */
  public MbConv {
    new Rules()
        .require(
            kernel >= 1 && kernel % 2 == 1,
            "kernel of an inverted residual block (%d) must be odd: padding keeps the size",
            kernel)
        .require(
            expansion >= 1,
            "expansion of an inverted residual block (%d) must be at least 1",
            expansion)
        .check();
  }

  /** {@code mb3e6}: kernel 3, expansion 6. */
  @Override
  public String label() {
    return "mb" + kernel + "e" + expansion;
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    int hidden = Math.multiplyExact(x.inputs(), expansion);
    List<Layer> layers = new ArrayList<>();
    if (expansion > 1) {
      layers.add(
          Layer.conv("expand", x.inputs(), hidden).output(x.rows(), x.columns()).batchNorm());
    }
    layers.add(
        Layer.depthwise("depthwise", hidden)
            .kernel(kernel)
            .stride(x.stride())
            .output(x.outputRows(), x.outputColumns())
            .batchNorm());
    layers.add(
        Layer.conv("project", hidden, x.outputs())
            .output(x.outputRows(), x.outputColumns())
            .batchNorm());
    if (x.kept()) {
      layers.add(Layer.add("add", x.outputs()).output(x.outputRows(), x.outputColumns()));
    }
    return layers;
  }

  @Override
  public String toString() {
    return label();
  }
}
