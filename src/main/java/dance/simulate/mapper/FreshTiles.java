package dance.simulate.mapper;

/**
 * What tiles that may overlap fetch at least when loops move them, in the steps of the general
 * search: known better with every step, until a loop has moved them.
 */
final class FreshTiles {
  private final MappingCosts problem;
  private final LowerBound lowerBound;
  private final MovedFraction fraction;

  FreshTiles(MappingCosts problem, LowerBound lowerBound) {
    this.problem = problem;
    this.lowerBound = lowerBound;
    fraction = new MovedFraction(problem);
  }

  /** Opens the boundary around the tiles of a level; returns the fraction that is new. */
  double open(PartialMapping child, int level, int t) {
    boolean others = child.isOpen(t);
    // A partial tile after a full one may fetch less than its part; idle rounds make up for that.
    boolean full = MovedFraction.isFull(problem, t, child.extent);
    boolean isOutside = problem.instancesAtMost[level] == 1 && !others && full;
    child.outside = isOutside ? child.outside.with(t) : child.outside.without(t);
    double fresh = least(child, t, child.extent, level);
    boolean tracked = fresh < 1 && t != problem.output && !problem.boundingBoxes && !others;
    child.tile[t] = tracked && full ? child.extent.clone() : null;
    child.fresh[t] = fresh;
    return fresh;
  }

  /** Once a level is unrolled, fewer tiles are left for loops to move, and in longer steps. */
  void unroll(PartialMapping child, int level) {
    for (int t = 0; t < problem.tensors; t++) {
      if (child.tile[t] != null) {
        child.refresh(t, least(child, t, child.tile[t], level));
      }
    }
  }

  /** Closes the boundary around tiles that loops of a level have moved. */
  void close(PartialMapping partial, PartialMapping child, int level, int t) {
    int[] tile = child.tile[t];
    if (tile != null) {
      int fixed = 0;
      for (int d : problem.space.levels[level].innermost) {
        fixed += child.temporal[d] > 1 ? 1 : 0;
      }
      double any = problem.tiles.leastNew(t, tile, partial.extent, partial.count);
      DimensionSet unrolled = lowerBound.unrolledBefore(level);
      int[] factor = child.temporal;
      child.refresh(t, fraction.least(partial, t, tile, child.order, fixed, factor, unrolled, any));
    }
    child.tile[t] = null;
    child.fresh[t] = 1;
  }

  /** Lower bound of the fraction of a tile that loops outside of a level move. */
  private double least(PartialMapping child, int t, int[] tile, int level) {
    OuterArray array = lowerBound.isOutside(level) ? lowerBound.around(level) : null;
    int[] moving = array == null ? child.count : array.moving(child.count);
    double any = problem.tiles.leastNew(t, tile, child.extent, moving);
    if (any == 1 || problem.boundingBoxes || !MovedFraction.isFull(problem, t, tile)) {
      return any;
    }
    DimensionSet unrolled = lowerBound.unrolledBefore(level);
    DimensionSet unknown = problem.space.spatialRemainders ? unrolled : DimensionSet.NONE;
    double[] idle = child.outside.contains(t) ? null : child.idle;
    return fraction.least(t, tile, child.extent, moving, idle, unrolled, unknown, any);
  }
}
