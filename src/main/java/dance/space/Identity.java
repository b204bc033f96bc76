package dance.space;

import dance.workload.Layer;
import java.util.List;

/**
 * A block that does nothing: where the shape is kept its output is its input, at no cost; elsewhere
 * a convolution 1×1 with the stride and batch normalisation, without activation (Su et al., CVPR
 * 2021).
 */
public enum Identity implements Operation {
  /** The only instance. */
  IDENTITY;

  @Override
  public String label() {
    return "identity";
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    return x.kept()
        ? List.of()
        : List.of(
            Layer.conv("conv", x.inputs(), x.outputs())
                .stride(x.stride())
                .output(x.outputRows(), x.outputColumns())
                .batchNorm());
  }

  @Override
  public String toString() {
    return label();
  }
}
