package dance.simulate.mapper;

import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.TensorSet;

/** Loops whose order matters and is free, and loops that belong outside of all others. */
final class FreeLoops {
  /**
   * Dimensions whose loops belong outside of all others: each tensor has an axis of these alone.
   *
   * <p>Their iterations share no word. Iteration by iteration, a level holds a word for a step if
   * it held it in the step before; with such a loop outside of all others the steps of an iteration
   * follow one another, and a word held before is still held then. So no order fetches less, no
   * smaller tile has to be fetched again, and as rounds over the array are not rounded up twice,
   * nothing takes fewer cycles. ({@link FittingTiles} names the exception: tiles that leave
   * instances of the array unused.)
   */
  final boolean[] outermost;

  private final MapSpace.Level[] rules;

  FreeLoops(CompiledEinsum shape, MapSpace space, boolean boundingBoxes) {
    rules = space.levels;
    outermost = new boolean[shape.dimensions];
    for (int d = 0; d < outermost.length; d++) {
      outermost[d] = shape.bounds[d] > 1 && isOutermost(shape, boundingBoxes, d);
    }
  }

  private boolean isOutermost(CompiledEinsum shape, boolean boundingBoxes, int d) {
    boolean may = !boundingBoxes;
    for (int t = 0; t < shape.tensors; t++) {
      int axis = shape.axisOf[t][d];
      may &= axis >= 0 && shape.axisDimensions[t][axis].length == 1;
    }
    for (int l = 0; l < rules.length; l++) {
      MapSpace.Level rule = rules[l];
      may &= l == 0 ? rule.isFree(d) : rule.allowsTemporal(d, 1);
    }
    return may;
  }

  /**
   * Number of loops of a level whose order is free and relevant; they are the outer ones of its
   * order.
   *
   * @param keeps tensors kept: [level]
   * @param temporal factors: [level][dimension]
   * @param order of the loops: [level][loop], innermost first
   */
  int of(TensorSet[] keeps, int[][] temporal, int[][] order, int level) {
    boolean matters = false;
    for (int l = level + 1; l < rules.length; l++) {
      matters |= !keeps[l].isEmpty();
    }
    if (!matters) {
      return 0;
    }
    int fixed = 0;
    for (int d : rules[level].innermost) {
      fixed += temporal[level][d] > 1 ? 1 : 0;
    }
    return Math.max(0, order[level].length - fixed);
  }

  /** Number of {@link #of}, without those of {@link #outermost} dimensions. */
  int movable(TensorSet[] keeps, int[][] temporal, int[][] order, int level) {
    int fixed = 0;
    int[] loops = order[level];
    while (level == 0 && fixed < loops.length && outermost[loops[loops.length - 1 - fixed]]) {
      fixed++;
    }
    return Math.max(0, of(keeps, temporal, order, level) - fixed);
  }
}
