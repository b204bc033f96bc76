package dance.space;

import dance.workload.Layer;
import java.util.List;
import java.util.Locale;

/**
 * The operations on an edge of a cell of NAS-Bench-201, in the order of its digits (Dong and Yang,
 * ICLR 2020, Sec. 2.1). Within a cell the shape is kept.
 */
public enum CellOperation implements Operation {
  /** No connection. */
  NONE,
  /** Identity: nothing is computed. */
  SKIP_CONNECT,
  /** ReLU, convolution 1×1, batch normalisation. */
  NOR_CONV_1X1,
  /** ReLU, convolution 3×3, batch normalisation. */
  NOR_CONV_3X3,
  /** Average over 3×3 pixels. */
  AVG_POOL_3X3;

  /** Name in the benchmark's strings: {@code nor_conv_3x3}. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    return switch (this) {
      case NONE, SKIP_CONNECT -> List.of();
      case NOR_CONV_1X1 -> new Convolution(1).layers(x);
      case NOR_CONV_3X3 -> new Convolution(3).layers(x);
      case AVG_POOL_3X3 ->
          List.of(Layer.pool("pool", x.inputs()).kernel(3).output(x.rows(), x.columns()));
    };
  }

  @Override
  public boolean fits(BlockShape shape) {
    return shape.kept();
  }

  @Override
  public String toString() {
    return label();
  }
}
