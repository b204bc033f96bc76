package dance.simulate.mapper;

import dance.simulate.count.TensorSet;

/**
 * Loops of a level that may as well be the innermost loops of the next-outer one, where a mapping
 * of the same costs has them: the tiles that the inner level keeps are the same without them, and
 * what is kept further inside meets the same loops in the same order.
 *
 * <p>So that nothing is lost: of the mappings with the same loops outside of a level that cost no
 * more than a given one, take one with the smallest tiles at the level inside. It is not left out
 * here, as moving a loop outwards leaves smaller ones.
 *
 * <p>Loops cross an array that does not unroll them: distances of instances stay as they are. A
 * level has one loop of each dimension, so that a loop that is there already must be next to it.
 * Orders of loops stand for others of the same costs while no tile slides; where the orders of a
 * level stand for different costs, all its loops are moved, in whatever order, or none.
 */
final class OutwardLoops {
  private final TensorPlacement kept;
  private final MappingCosts problem;

  /** Whether the order of the loops of a level is decided up to equal costs: [level]. */
  private final boolean[] plainInside;

  OutwardLoops(TensorPlacement kept) {
    this.kept = kept;
    problem = kept.problem;
    plainInside = new boolean[problem.levels];
    boolean plain = true;
    for (int l = problem.levels - 1; l >= 0; l--) {
      plainInside[l] = plain;
      for (int t = 0; t < problem.tensors; t++) {
        plain &= !kept.keeps(l, t) || problem.shape.plain[t];
      }
    }
  }

  /**
   * Whether the loops of the level inside, all together, may as well be loops of a level, whatever
   * the orders.
   *
   * @param partial unrolled over the array of the level
   * @param factor iterations of its loops: [dimension]
   */
  boolean mayMoveAll(PartialMapping partial, int level, int[] factor) {
    int inner = level + 1;
    if (problem.boundingBoxes || inner == problem.levels || partial.inside.order.length == 0) {
      return false;
    }
    int loops = 0;
    boolean isElsewhere = false;
    for (int f : factor) {
      loops += f > 1 ? 1 : 0;
    }
    for (int d : partial.inside.order) {
      if (!mayMove(partial, level, d)) {
        return false;
      }
      isElsewhere |= factor[d] > 1;
    }
    for (int d : problem.space.levels[level].innermost) {
      if (factor[d] > 1 || partial.inside.temporal[d] > 1) {
        return false;
      }
    }
    return !isElsewhere || loops == 1;
  }

  /**
   * Whether a loop of the level inside may as well be the innermost of a level.
   *
   * @param partial unrolled over the array of the level
   * @param factor iterations of its loops: [dimension]
   * @param order of these loops, innermost first
   */
  boolean mayMoveOne(PartialMapping partial, int level, int[] factor, int[] order) {
    int inner = level + 1;
    if (problem.boundingBoxes
        || inner == problem.levels
        || !plainInside[inner]
        || partial.inside.idle != null) {
      return false;
    }
    PartialMapping inside = partial.inside;
    TensorSet open = kept.open(inside.inside, inner);
    for (int i = 0; i < inside.order.length; i++) {
      int d = inside.order[i];
      // Once every tile was moved, the order makes no difference.
      boolean mayBeOutermost = open.isEmpty() || i == inside.order.length - 1;
      if (mayBeOutermost
          && mayMove(partial, level, d)
          && mayBeInnermost(partial, level, d, factor, order)) {
        return true;
      }
      open = open.and(kept.stationaryAlong[d]);
    }
    return false;
  }

  /** Whether a loop inside may be moved as far as tiles, distances and factors are concerned. */
  private boolean mayMove(PartialMapping partial, int level, int d) {
    boolean may = partial.unrolled.factor()[d] == 1;
    may &= problem.space.levels[level].isFree(d) && problem.space.levels[level + 1].isFree(d);
    for (int t = 0; t < problem.tensors; t++) {
      may &= !kept.keeps(level + 1, t) || !problem.isRelevant(t, d);
    }
    return may;
  }

  /** Whether an order of a level may begin with one more loop. */
  private boolean mayBeInnermost(
      PartialMapping partial, int level, int d, int[] factor, int[] order) {
    boolean isExact = plainInside[level] && partial.idle == null;
    if (isExact && kept.open(partial, level).isEmpty()) {
      return true;
    }
    if (factor[d] > 1 && !(isExact && order[0] == d)) {
      return false;
    }
    for (int e : problem.space.levels[level].innermost) {
      if (e == d) {
        return true;
      }
      if (factor[e] > 1) {
        return false;
      }
    }
    return true;
  }
}
