package dance.simulate.mapping;

import java.util.List;

/**
 * Access counts of every level and tensor.
 *
 * @param computes operations in total
 * @param computeCycles cycles that the MAC units need
 * @param utilizedMacs MAC units that work at some time
 * @param levels outermost first
 */
public record AccessCounts(
    long computes, long computeCycles, long utilizedMacs, List<Level> levels) {

  /**
   * A level.
   *
   * @param name memory level
   * @param utilizedInstances instances that hold at least one tile at some time
   * @param tensors one per tensor that the level keeps, in the order of the einsum
   */
  public record Level(String name, long utilizedInstances, List<Tensor> tensors) {}

  /**
   * Accesses of one tensor at one level, in words, summed over all instances.
   *
   * @param name tensor
   * @param tileWords words of the (largest) tile of one instance
   * @param reads words read
   * @param fills words written from the next-outer level that keeps the tensor
   * @param updates words of partial sums written from inside
   */
  public record Tensor(String name, long tileWords, long reads, long fills, long updates) {}

  /** Copies the list: the record is immutable. */
  public AccessCounts {
    levels = List.copyOf(levels);
  }
}
