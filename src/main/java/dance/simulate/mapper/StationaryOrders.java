package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.Arrays;

/**
 * The orders of the loops of a level that could be better than others: among the dimensions with
 * the same stationary tensors, the order is irrelevant to those tensors.
 */
final class StationaryOrders {
  /** Takes each order. */
  interface Receiver {
    /**
     * An order.
     *
     * @param order dimensions, innermost first
     * @param open the tensors that none of the loops moves
     * @param stationary iterations that leave the tile of each tensor: [tensor], changed later
     */
    void accept(int[] order, TensorSet open, double[] stationary);
  }

  private final MappingCosts problem;
  private final TensorSet[] stationaryAlong;
  private final PartialMapping partial;
  private final int[] factor;
  private final Receiver receiver;

  /**
   * Finds the orders, and hands over each.
   *
   * @param factor iterations of each loop of the level: [dimension]
   */
  StationaryOrders(
      TensorPlacement kept, PartialMapping partial, int level, int[] factor, Receiver receiver) {
    problem = kept.problem;
    stationaryAlong = kept.stationaryAlong;
    this.partial = partial;
    this.factor = factor;
    this.receiver = receiver;
    DimensionSet loops = DimensionSet.NONE;
    int moving = 0;
    for (int d = 0; d < problem.dims; d++) {
      if (factor[d] > 1) {
        loops = loops.with(d);
        moving++;
      }
    }
    TensorSet open = kept.open(partial, level);
    int[] order = new int[moving];
    double[] stationary = new double[problem.tensors];
    Arrays.fill(stationary, 1);
    int at = 0;
    DimensionSet left = loops;
    for (int d : problem.space.levels[level].innermost) {
      if (left.contains(d)) {
        leave(open.minus(stationaryAlong[d]), d, factor[d], stationary);
        open = open.and(stationaryAlong[d]);
        for (int t = 0; t < problem.tensors; t++) {
          if (open.contains(t)) {
            stationary[t] *= factor[d];
          }
        }
        order[at++] = d;
        left = left.without(d);
      }
    }
    nextLoops(order, at, left, open, stationary);
  }

  /** Puts the dimensions with the most stationary tensors innermost; branches where they differ. */
  private void nextLoops(
      int[] order, int at, DimensionSet left, TensorSet open, double[] stationary) {
    if (open.isEmpty() || left.isEmpty()) {
      for (int d = 0; d < problem.dims; d++) {
        if (left.contains(d)) {
          order[at++] = d;
        }
      }
      receiver.accept(order, open, stationary);
      return;
    }
    for (int d = 0; d < problem.dims; d++) {
      if (!left.contains(d)) {
        continue;
      }
      TensorSet remains = open.and(stationaryAlong[d]);
      boolean covered = false;
      for (int e = 0; e < problem.dims && !covered; e++) {
        if (left.contains(e) && e != d) {
          TensorSet other = open.and(stationaryAlong[e]);
          covered = other.contains(remains) && (!other.equals(remains) || e < d);
        }
      }
      if (covered) {
        continue;
      }
      double[] longer = stationary.clone();
      int[] begun = order.clone();
      int placed = at;
      DimensionSet rest = left;
      for (int e = 0; e < problem.dims; e++) {
        if (left.contains(e) && stationaryAlong[e].contains(remains)) {
          if (remains.isEmpty() && e != d) {
            continue;
          }
          begun[placed++] = e;
          rest = rest.without(e);
          leave(open.minus(remains).minus(stationaryAlong[e]), e, factor[e], longer);
          for (int t = 0; t < problem.tensors; t++) {
            if (remains.contains(t)) {
              longer[t] *= factor[e];
            }
          }
        }
      }
      nextLoops(begun, placed, rest, remains, longer);
    }
  }

  /** The tiles of idle instances may stay although a loop moves their tensors. */
  private void leave(TensorSet closed, int d, int iterations, double[] stationary) {
    double moved = partial.moved(d, iterations);
    if (moved < 1) {
      for (int t = 0; t < problem.tensors; t++) {
        if (closed.contains(t) && !partial.outside.contains(t)) {
          stationary[t] /= Math.max(moved, 1e-9);
        }
      }
    }
  }
}
