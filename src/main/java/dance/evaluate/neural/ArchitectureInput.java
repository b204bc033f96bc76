package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * What a network sees of a relaxed architecture: its probabilities, or their sums over the pairs of
 * block and operation that cost the same.
 */
final class ArchitectureInput {
  /** Inputs of a network. */
  final int size;

  private final NDArray sums;

  private ArchitectureInput(int size, NDArray sums) {
    this.size = size;
    this.sums = sums;
  }

  /** As it is. */
  static ArchitectureInput plain(int encodingSize) {
    return new ArchitectureInput(encodingSize, null);
  }

  /** Summed; the constant belongs to the manager. */
  static ArchitectureInput summed(SharedRows rows, NDManager manager) {
    Shape shape = new Shape(rows.rowOf.length, rows.count());
    return new ArchitectureInput(rows.count(), Torch.array(manager, rows.matrix(), shape));
  }

  /** {@code [batch, blocks × operations] → [batch, size]}. */
  NDArray read(NDArray probabilities) {
    return sums == null ? probabilities : probabilities.matMul(sums);
  }
}
