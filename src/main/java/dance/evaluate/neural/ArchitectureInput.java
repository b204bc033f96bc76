package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Network input for a relaxed architecture: its probabilities, or their sums over the pairs of
 * block and operation with equal costs.
 */
final class ArchitectureInput {
  /** Number of inputs. */
  final int size;

  private final NDArray sums;

  private ArchitectureInput(int size, NDArray sums) {
    this.size = size;
    this.sums = sums;
  }

  /** The probabilities themselves. */
  static ArchitectureInput plain(int encodingSize) {
    return new ArchitectureInput(encodingSize, null);
  }

  /** The sums; the constant matrix belongs to the manager. */
  static ArchitectureInput summed(DistinctCostRows rows, NDManager manager) {
    Shape shape = new Shape(rows.rowOf.length, rows.count());
    return new ArchitectureInput(rows.count(), Torch.array(manager, rows.matrix(), shape));
  }

  /** {@code [batch, blocks × operations] → [batch, size]}. */
  NDArray read(NDArray probabilities) {
    return sums == null ? probabilities : probabilities.matMul(sums);
  }
}
