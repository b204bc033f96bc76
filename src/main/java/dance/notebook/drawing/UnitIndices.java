package dance.notebook.drawing;

import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indices of the dimensions that each MAC unit of an array computes under a mapping.
 *
 * <p>The spatial loops along a side give each position of it an index of every dimension that they
 * unroll; of a dimension that is unrolled along both sides a unit's index is the sum of the two. A
 * unit works at some time if these, with all temporal loops in their first iteration, are within
 * the bound of every dimension: they are the smallest indices of the unit.
 */
final class UnitIndices {
  private static final long NONE = -1;

  /** A spatial loop; an iteration of it advances its dimension by {@code weight}. */
  private record Loop(String dimension, int bound, long weight) {}

  /**
   * The index of a dimension that its loops along a side give to each position.
   *
   * @param dimension unrolled along the side
   * @param first {@code [positions]}: the index at the first step, −1 beyond the loops
   */
  record Side(String dimension, long[] first) {
    long at(int position) {
      return first[position];
    }
  }

  private final Einsum einsum;
  private final List<MemoryLevel> levels;
  private final List<Side> alongX;
  private final List<Side> alongY;
  private final int columns;
  private final int rows;

  private UnitIndices(Evaluation evaluation) {
    einsum = evaluation.einsum();
    levels = evaluation.accelerator().levels();
    columns = side(levels, true);
    rows = side(levels, false);
    List<List<Loop>> x = new ArrayList<>();
    List<List<Loop>> y = new ArrayList<>();
    Map<String, Long> weights = new HashMap<>();
    for (int l = levels.size() - 1; l >= 0; l--) {
      Mapping.Level level = evaluation.mapping().levels().get(l);
      x.add(0, weighted(level.spatialX(), weights));
      y.add(0, weighted(level.spatialY(), weights));
      weighted(level.temporal(), weights);
    }
    alongX = sides(x, true);
    alongY = sides(y, false);
  }

  static UnitIndices of(Evaluation evaluation) {
    return new UnitIndices(evaluation);
  }

  /** Units along a side of the whole array. */
  static int side(List<MemoryLevel> levels, boolean x) {
    return levels.stream().mapToInt(l -> x ? l.fanoutX() : l.fanoutY()).reduce(1, (a, b) -> a * b);
  }

  /** The loops, innermost first. */
  private static List<Loop> weighted(List<Einsum.Loop> loops, Map<String, Long> weights) {
    List<Loop> result = new ArrayList<>();
    for (int i = loops.size() - 1; i >= 0; i--) {
      Einsum.Loop loop = loops.get(i);
      long weight = weights.getOrDefault(loop.dimension(), 1L);
      result.add(new Loop(loop.dimension(), loop.bound(), weight));
      weights.put(loop.dimension(), weight * loop.bound());
    }
    return result;
  }

  /** One entry for each dimension that is unrolled, in the order of the einsum. */
  private List<Side> sides(List<List<Loop>> loops, boolean x) {
    List<Side> sides = new ArrayList<>();
    for (Einsum.Loop dimension : einsum.dimensions()) {
      boolean unrolled =
          loops.stream()
              .flatMap(List::stream)
              .anyMatch(o -> o.bound > 1 && o.dimension.equals(dimension.dimension()));
      if (unrolled) {
        long[] first = new long[x ? columns : rows];
        Arrays.setAll(first, p -> walk(p, x, loops, dimension.dimension()));
        sides.add(new Side(dimension.dimension(), first));
      }
    }
    // where one dimension ends, nothing is at the position
    for (int p = 0; p < (x ? columns : rows); p++) {
      int position = p;
      if (sides.stream().anyMatch(side -> side.at(position) == NONE)) {
        sides.forEach(side -> side.first[position] = NONE);
      }
    }
    return sides;
  }

  /** The index of a dimension at a position; −1 if it is beyond the loops. */
  private long walk(int position, boolean x, List<List<Loop>> loops, String dimension) {
    int rest = position;
    long index = 0;
    for (int l = levels.size() - 1; l >= 0; l--) {
      int fanout = x ? levels.get(l).fanoutX() : levels.get(l).fanoutY();
      int here = rest % fanout;
      rest /= fanout;
      for (Loop loop : loops.get(l)) {
        index += loop.dimension.equals(dimension) ? here % loop.bound * loop.weight : 0;
        here /= loop.bound;
      }
      if (here > 0) {
        return NONE;
      }
    }
    return index < einsum.bound(dimension) ? index : NONE;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** The dimensions unrolled along X, with the index at each column. */
  List<Side> alongX() {
    return alongX;
  }

  /** The dimensions unrolled along Y, with the index at each row. */
  List<Side> alongY() {
    return alongY;
  }

  /** Whether the unit works at some time. */
  boolean busy(int x, int y) {
    if (alongX.isEmpty() && x > 0 || alongY.isEmpty() && y > 0) {
      return false;
    }
    for (Side side : alongX) {
      if (side.at(x) == NONE) {
        return false;
      }
    }
    for (Side side : alongY) {
      if (side.at(y) == NONE) {
        return false;
      }
      for (Side other : alongX) {
        boolean both = other.dimension.equals(side.dimension);
        if (both && side.at(y) + other.at(x) >= einsum.bound(side.dimension)) {
          return false;
        }
      }
    }
    return true;
  }
}
