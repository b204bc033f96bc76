package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;
import dance.simulate.count.TensorSet;

/**
 * All loops of a mapping, by level from the outermost.
 *
 * @param keeps bit t: the level keeps tensor t: [level]
 * @param temporal factors: [level][dimension]
 * @param order dimensions of the temporal loops, innermost first: [level][loop]
 * @param unrolled unrolling over the instances below each level; null for none: [level]
 */
record CompleteMapping(
    TensorSet[] keeps, int[][] temporal, int[][] order, Spatial.Unrolling[] unrolled) {

  /** Of three levels with an array below the second, without orders. */
  static CompleteMapping ofThree(TensorSet[] keeps, int[][] temporal, Spatial.Unrolling unrolled) {
    return new CompleteMapping(
        keeps, temporal, null, new Spatial.Unrolling[] {null, unrolled, null});
  }

  /** With other orders. */
  CompleteMapping order(int[][] other) {
    return new CompleteMapping(keeps, temporal, other, unrolled);
  }

  /** With another order of the loops of one level. */
  CompleteMapping order(int level, int[] loops) {
    int[][] orders = order.clone();
    orders[level] = loops;
    return order(orders);
  }

  /** Writes the loops into a nest. */
  void into(CompiledMapping nest) {
    nest.clear();
    for (int l = 0; l < keeps.length; l++) {
      nest.beginLevel(l);
      nest.keeps[l] = keeps[l];
      for (int i = order[l].length - 1; i >= 0; i--) {
        nest.add(order[l][i], temporal[l][order[l][i]], CompiledMapping.TEMPORAL);
      }
      if (unrolled[l] != null) {
        unroll(unrolled[l].y(), CompiledMapping.SPATIAL_Y, nest);
        unroll(unrolled[l].x(), CompiledMapping.SPATIAL_X, nest);
      }
    }
    nest.finish();
  }

  private static void unroll(int[] factors, byte side, CompiledMapping nest) {
    for (int d = 0; d < factors.length; d++) {
      nest.add(d, factors[d], side);
    }
  }
}
