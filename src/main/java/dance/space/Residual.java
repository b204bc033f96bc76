package dance.space;

import dance.workload.Layer;
import java.util.List;

/**
 * The fixed block between the stages of {@link NasBench201}: two convolutions 3×3, the first with
 * the stride, with average pooling over 2×2 and a convolution 1×1 in the shortcut.
 */
public enum Residual implements Operation {
  /** The only instance. */
  RESIDUAL;

  @Override
  public String label() {
    return "residual";
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    int rows = x.outputRows();
    int columns = x.outputColumns();
    Layer first = Layer.conv("conv1", x.inputs(), x.outputs()).kernel(3).stride(2);
    Layer second = Layer.conv("conv2", x.outputs(), x.outputs()).kernel(3);
    return List.of(
        first.output(rows, columns).batchNorm(),
        second.output(rows, columns).batchNorm(),
        Layer.pool("pool", x.inputs()).kernel(2).stride(2).output(rows, columns),
        Layer.conv("shortcut", x.inputs(), x.outputs()).output(rows, columns),
        Layer.add("add", x.outputs()).output(rows, columns));
  }

  @Override
  public boolean fits(BlockShape shape) {
    return shape.stride() == 2;
  }

  @Override
  public String toString() {
    return label();
  }
}
