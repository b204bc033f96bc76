package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * All ways to split the bound of one dimension over the loops of a map space.
 *
 * <p>Loops are walked from the innermost outwards: at each level X, then Y, then the temporal loop.
 * A temporal loop divides what remains exactly. So does a spatial loop, unless remainders are
 * allowed: then it may be any useful number, that is, one that no smaller number replaces in
 * leaving the same remainder. After the outermost loop nothing remains.
 */
final class DimensionSplits {
  private final String dimension;
  private final MapConstraints constraints;
  private final Accelerator accelerator;
  private final boolean remainders;
  private final List<int[]> splits = new ArrayList<>();

  private DimensionSplits(
      String dimension, MapConstraints constraints, Accelerator accelerator, boolean remainders) {
    this.dimension = dimension;
    this.constraints = constraints;
    this.accelerator = accelerator;
    this.remainders = remainders;
  }

  /** The splits of a dimension: [level · 3 + kind of loop]. */
  static List<int[]> of(
      String dimension,
      int bound,
      MapConstraints constraints,
      Accelerator accelerator,
      boolean remainders) {
    DimensionSplits search = new DimensionSplits(dimension, constraints, accelerator, remainders);
    int levels = accelerator.levels().size();
    search.level(levels - 1, bound, new int[levels * 3]);
    return search.splits;
  }

  private void level(int level, int remaining, int[] split) {
    if (level < 0) {
      if (remaining == 1) {
        splits.add(split.clone());
      }
      return;
    }
    MapConstraints.Level rules = constraints.levels().get(level);
    MemoryLevel memory = accelerator.levels().get(level);
    for (int x = 1; x <= Math.min(remaining, memory.fanoutX()); x++) {
      if (!spreads(x, remaining)) {
        continue;
      }
      int beyondX = ceil(remaining, x);
      for (int y = 1; y <= Math.min(beyondX, memory.fanoutY()); y++) {
        if (!spreads(y, beyondX) || !allows(rules.spatial(), x * y)) {
          continue;
        }
        int beyondY = ceil(beyondX, y);
        for (int t = 1; t <= beyondY; t++) {
          if (beyondY % t == 0 && allows(rules.temporal(), t)) {
            split[level * 3 + CompiledMapping.SPATIAL_X] = x;
            split[level * 3 + CompiledMapping.SPATIAL_Y] = y;
            split[level * 3 + CompiledMapping.TEMPORAL] = t;
            level(level - 1, beyondY / t, split);
          }
        }
      }
    }
  }

  private boolean spreads(int spatial, int remaining) {
    return remainders
        ? spatial == ceil(remaining, ceil(remaining, spatial))
        : remaining % spatial == 0;
  }

  private boolean allows(MapConstraints.Loops loops, int bound) {
    return loops.factors().getOrDefault(dimension, bound) == bound
        && loops.atMost().getOrDefault(dimension, bound) >= bound;
  }

  private static int ceil(int number, int divisor) {
    return (number + divisor - 1) / divisor;
  }
}
