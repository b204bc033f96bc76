package dance.notebook.drawing;

import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The MAC units of an array that work at some time under a mapping.
 *
 * <p>The spatial loops give a unit its iterations. It works if these, with all temporal loops in
 * their first iteration, are an index within the bound of every dimension: that is the smallest
 * index of the unit.
 */
final class BusyUnits {
  /** A spatial loop; an iteration of it advances its dimension by {@code weight}. */
  private record Loop(String dimension, int bound, long weight) {}

  private final Einsum einsum;
  private final List<MemoryLevel> levels;
  private final List<List<Loop>> alongX = new ArrayList<>();
  private final List<List<Loop>> alongY = new ArrayList<>();

  private BusyUnits(Evaluation evaluation) {
    einsum = evaluation.einsum();
    levels = evaluation.accelerator().levels();
    Map<String, Long> weights = new HashMap<>();
    for (int l = levels.size() - 1; l >= 0; l--) {
      Mapping.Level level = evaluation.mapping().levels().get(l);
      alongX.add(0, weighted(level.spatialX(), weights));
      alongY.add(0, weighted(level.spatialY(), weights));
      weighted(level.temporal(), weights);
    }
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

  /** The units, {@code [columns, rows]}. */
  static boolean[][] of(Evaluation evaluation) {
    BusyUnits units = new BusyUnits(evaluation);
    int columns = side(units.levels, true);
    int rows = side(units.levels, false);
    boolean[][] busy = new boolean[columns][rows];
    for (int x = 0; x < columns; x++) {
      for (int y = 0; y < rows; y++) {
        Map<String, Long> index = new HashMap<>();
        busy[x][y] =
            units.walk(x, true, units.alongX, index)
                && units.walk(y, false, units.alongY, index)
                && units.within(index);
      }
    }
    return busy;
  }

  /** Units along a side of the whole array. */
  static int side(List<MemoryLevel> levels, boolean x) {
    return levels.stream().mapToInt(l -> x ? l.fanoutX() : l.fanoutY()).reduce(1, (a, b) -> a * b);
  }

  /** Adds the iterations of a position; false if it is beyond those of a level. */
  private boolean walk(int position, boolean x, List<List<Loop>> loops, Map<String, Long> index) {
    int rest = position;
    for (int l = levels.size() - 1; l >= 0; l--) {
      int fanout = x ? levels.get(l).fanoutX() : levels.get(l).fanoutY();
      int here = rest % fanout;
      rest /= fanout;
      for (Loop loop : loops.get(l)) {
        index.merge(loop.dimension, here % loop.bound * loop.weight, Long::sum);
        here /= loop.bound;
      }
      if (here > 0) {
        return false;
      }
    }
    return true;
  }

  private boolean within(Map<String, Long> index) {
    return index.entrySet().stream().allMatch(e -> e.getValue() < einsum.bound(e.getKey()));
  }
}
