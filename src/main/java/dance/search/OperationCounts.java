package dance.search;

import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A count of operations of every network of a space: a sum over its blocks.
 *
 * @param space the networks
 * @param perOperation {@code [blocks, operations]}, flattened; 0 where an operation is not offered
 * @param fixed count of the fixed layers
 */
record OperationCounts(NetworkSpace space, double[] perOperation, double fixed) {

  /** Multiply-accumulate operations, as FLOPs are commonly counted: of convolutions alone. */
  static final ToDoubleFunction<Network.Entry> MACS = entry -> entry.layer().macs();

  /** All operations, those of pooling and sums too. */
  static final ToDoubleFunction<Network.Entry> ALL = entry -> entry.layer().einsum().points();

  /** Counts of layers, which may repeat. */
  static OperationCounts of(NetworkSpace space, ToDoubleFunction<Network.Entry> ofLayer) {
    int operations = space.operations().size();
    double[] counts = new double[space.blocks() * operations];
    for (int b = 0; b < space.blocks(); b++) {
      for (int o = 0; o < operations; o++) {
        counts[b * operations + o] = space.allows(b, o) ? sum(space.layers(b, o), ofLayer) : 0;
      }
    }
    return new OperationCounts(space, counts, sum(space.fixedLayers(), ofLayer));
  }

  private static double sum(List<Network.Entry> layers, ToDoubleFunction<Network.Entry> ofLayer) {
    return layers.stream().mapToDouble(e -> e.repeats() * ofLayer.applyAsDouble(e)).sum();
  }

  /** The count of a network. */
  double of(int[] choice) {
    int operations = perOperation.length / choice.length;
    double sum = fixed;
    for (int b = 0; b < choice.length; b++) {
      sum += perOperation[b * operations + choice[b]];
    }
    return sum;
  }
}
