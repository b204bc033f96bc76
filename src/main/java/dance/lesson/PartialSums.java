package dance.lesson;

import dance.simulate.count.CompiledEinsum;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the output that are in the tiles of a level at a step, and that the level outside
 * has not got back yet.
 *
 * <p>An instance that has nothing to do, because its iteration of a loop is beyond the bound, keeps
 * the tile of its last iteration. Instances are distinguished by the outermost such loop.
 */
final class PartialSums {
  private final List<TileLoops> dimensions = new ArrayList<>();
  private final List<long[]> instances = new ArrayList<>();
  private final List<Boolean> moves = new ArrayList<>();
  private final List<Integer> loops = new ArrayList<>();

  /** Parameters as those of {@link Arrivals}. */
  PartialSums(NestTime time, CompiledEinsum shape, int tensor, int inner, int givers, int from) {
    for (int d = 0; d < shape.dimensions; d++) {
      if (shape.bounds[d] > 1) {
        TileLoops along = new TileLoops(time, d, inner);
        boolean relevant = shape.axisOf[tensor][d] >= 0;
        dimensions.add(along);
        moves.add(relevant);
        instances.add(along.offsets(from, Math.max(from, relevant ? inner : givers)));
      }
    }
    for (int r = 0; r < time.loops.length; r++) {
      if (time.level(r) < inner) {
        loops.add(r);
      }
    }
    loops.add(Range.ANY);
  }

  /** Words in the tiles when the temporal loops stand at these indices: [rank]. */
  long words(int[] indices) {
    long total = 0;
    for (int idle : loops) {
      long product = 1;
      for (int i = 0; i < dimensions.size() && product > 0; i++) {
        long sum = 0;
        for (long offset : instances.get(i)) {
          long extent = extent(dimensions.get(i), indices, idle, offset);
          sum += moves.get(i) ? extent : Math.min(extent, 1);
        }
        product = Math.multiplyExact(product, sum);
      }
      total = Math.addExact(total, product);
    }
    return total;
  }

  /**
   * Indices of an instance's tile along a dimension; 0 if the instance is another case.
   *
   * @param idle the outermost loop whose iteration the instance does not have
   */
  private static long extent(TileLoops along, int[] indices, int idle, long offset) {
    long rest = along.bound() - offset;
    int k = 0;
    while (k < along.ranks.length && along.ranks[k] < idle && rest > 0) {
      rest -= indices[along.ranks[k]] * along.stride(k);
      k++;
    }
    if (rest <= 0) {
      return 0;
    }
    boolean own = k < along.ranks.length && along.ranks[k] == idle;
    if (own && indices[idle] * along.stride(k) < rest) {
      return 0;
    }
    return Math.min(along.extent, rest - along.last(k, rest));
  }
}
