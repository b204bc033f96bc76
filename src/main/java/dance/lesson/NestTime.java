package dance.lesson;

import dance.simulate.count.CompiledMapping;
import java.util.stream.IntStream;

/**
 * The steps of a nest: the combinations of indices of its temporal loops at which a MAC unit works,
 * in order. Step and indices follow from each other without listing the steps.
 *
 * <p>With all spatial indices 0 a combination is within the bounds whenever it is for any MAC unit,
 * so that these indices alone decide. Only the last iteration of a loop can be partial: all others
 * have as many steps as the loops inside have in full.
 */
final class NestTime {
  final CompiledMapping nest;

  /** Bounds of the dimensions. */
  final int[] bounds;

  /** The temporal loops, outermost first, by their index in the nest: [rank]. */
  final int[] loops;

  /** Number of steps. */
  final long steps;

  NestTime(CompiledMapping nest, int[] bounds) {
    this.nest = nest;
    this.bounds = bounds;
    loops =
        IntStream.range(0, nest.size)
            .filter(i -> nest.kind[i] == CompiledMapping.TEMPORAL)
            .toArray();
    long all = 1;
    for (int d = 0; d < bounds.length; d++) {
      all = Math.multiplyExact(all, iterations(d, 0, bounds[d]));
    }
    steps = all;
  }

  int dimension(int rank) {
    return nest.dimension[loops[rank]];
  }

  long stride(int rank) {
    return nest.stride[loops[rank]];
  }

  /** Memory level of a temporal loop. */
  int level(int rank) {
    int level = 0;
    while (loops[rank] >= nest.start[level + 1]) {
      level++;
    }
    return level;
  }

  /** Iterations of a loop for this number of remaining indices of its dimension. */
  long valid(int rank, long rest) {
    return Math.min(nest.bound[loops[rank]], -Math.floorDiv(-rest, stride(rank)));
  }

  /**
   * Combinations of the loops over a dimension from a rank on, for this number of remaining
   * indices.
   */
  private long iterations(int d, int from, long rest) {
    for (int r = from; r < loops.length; r++) {
      if (dimension(r) == d) {
        long valid = valid(r, rest);
        long whole = iterations(d, r + 1, Math.min(rest, stride(r)));
        return (valid - 1) * whole + iterations(d, r + 1, rest - (valid - 1) * stride(r));
      }
    }
    return 1;
  }

  /** Steps of one iteration of a loop that is not its last. */
  private long whole(int rank, long[] rest) {
    long product = 1;
    for (int d = 0; d < bounds.length; d++) {
      long left = d == dimension(rank) ? Math.min(rest[d], stride(rank)) : rest[d];
      product *= iterations(d, rank + 1, left);
    }
    return product;
  }

  private long[] rest() {
    return IntStream.of(bounds).asLongStream().toArray();
  }

  /** Indices of the temporal loops at a step: [rank]. */
  int[] indices(long step) {
    long[] rest = rest();
    int[] indices = new int[loops.length];
    long left = step;
    for (int r = 0; r < loops.length; r++) {
      int d = dimension(r);
      long whole = whole(r, rest);
      long index = Math.min(left / whole, valid(r, rest[d]) - 1);
      left -= index * whole;
      rest[d] -= index * stride(r);
      indices[r] = (int) index;
    }
    return indices;
  }

  /** The step at which the temporal loops have these indices: [rank]. */
  long step(int[] indices) {
    long[] rest = rest();
    long step = 0;
    for (int r = 0; r < loops.length; r++) {
      step += indices[r] * whole(r, rest);
      rest[dimension(r)] -= indices[r] * stride(r);
    }
    return step;
  }

  /** The indices of the operation that the first MAC unit does: [dimension]. */
  long[] point(int[] indices) {
    long[] point = new long[bounds.length];
    for (int r = 0; r < loops.length; r++) {
      point[dimension(r)] += indices[r] * stride(r);
    }
    return point;
  }

  /** The step at which some MAC unit does the operation of these indices: [dimension]. */
  long stepOf(long[] point) {
    long[] rest = point.clone();
    int[] indices = new int[loops.length];
    int rank = 0;
    for (int i = 0; i < nest.size; i++) {
      int d = nest.dimension[i];
      long index = rest[d] / nest.stride[i];
      rest[d] -= index * nest.stride[i];
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        indices[rank++] = (int) index;
      }
    }
    return step(indices);
  }
}
