package dance.simulate.mapper;

import dance.simulate.count.TensorSet;

/** The tensors that each level keeps, and what follows from that for all mappings. */
final class TensorPlacement {
  private static final int[] NONE = {};

  final MappingCosts problem;

  /** The tensors that each level keeps: [level]. */
  final TensorSet[] levels;

  /** The tensors that a loop over a dimension leaves stationary: [dimension]. */
  final TensorSet[] stationaryAlong;

  /**
   * Level that holds the stationary tensor of each systolic array, or the number of levels:
   * [array].
   */
  final int[] holder;

  private final boolean[] nothingInside;

  TensorPlacement(MappingCosts problem, TensorSet[] levels) {
    this.problem = problem;
    this.levels = levels;
    stationaryAlong = stationaryAlong();
    nothingInside = nothingInside();
    holder = new int[problem.passes.levels.length];
    for (int i = 0; i < holder.length; i++) {
      boolean has = problem.passes.stationary[i] >= 0;
      holder[i] = has ? problem.passes.holder(i, levels) : problem.levels;
    }
  }

  /** Whether a level keeps a tensor. */
  boolean keeps(int level, int t) {
    return levels[level].contains(t);
  }

  /** Whether no level inside an array keeps anything, and nothing else is unrolled there. */
  boolean keepsNothingInside(int level) {
    return nothingInside[level];
  }

  private TensorSet[] stationaryAlong() {
    TensorSet[] classes = TensorSet.none(problem.dims);
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d)) {
          classes[d] = classes[d].with(t);
        }
      }
    }
    return classes;
  }

  private boolean[] nothingInside() {
    boolean[] nothing = new boolean[problem.levels];
    boolean sofar = true;
    for (int l = problem.levels - 1; l >= 0; l--) {
      nothing[l] = sofar && problem.fanout[l] > 1;
      sofar &= levels[l].isEmpty() && problem.fanout[l] == 1;
    }
    return nothing;
  }

  /** Tensors of which no loop inside has moved some tile yet. */
  TensorSet open(PartialMapping partial, int level) {
    TensorSet open = partial.stationary.or(stationaryWithoutPass(partial, level));
    for (int t = 0; t < problem.tensors; t++) {
      for (int j = 0; j < problem.costs.counted; j++) {
        if (partial.open[j * problem.tensors + t] != 0) {
          open = open.with(t);
        }
      }
    }
    return open;
  }

  /** Stationary tensors of systolic arrays that no loop has moved yet. */
  private TensorSet stationaryWithoutPass(PartialMapping partial, int level) {
    TensorSet set = TensorSet.NONE;
    for (int i = 0; i < partial.passes.length; i++) {
      boolean stays = level < holder[i] && partial.passes[i] == 0 && holder[i] < problem.levels;
      set = stays ? set.with(problem.passes.stationary[i]) : set;
    }
    return set;
  }

  /** Counts the loops of this level around the stationary tiles of systolic arrays. */
  void countPasses(PartialMapping child, int level) {
    for (int i = 0; i < child.passes.length; i++) {
      for (int d : level < holder[i] && holder[i] < problem.levels ? child.order : NONE) {
        if (child.passes[i] > 0 || problem.isRelevant(problem.passes.stationary[i], d)) {
          child.passes[i] = Math.max(1, child.passes[i]) * child.temporal[d];
        }
      }
    }
  }
}
