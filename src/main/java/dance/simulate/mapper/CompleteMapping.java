package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;

/**
 * All loops of a mapping, by level from the outermost.
 *
 * @param keeps bit t: the level keeps tensor t: [level]
 * @param temporal factors: [level][dimension]
 * @param order dimensions of the temporal loops, innermost first: [level][loop]
 * @param unrolled unrolling over the array below the second level
 */
record CompleteMapping(int[] keeps, int[][] temporal, int[][] order, Spatial.Unrolling unrolled) {

  /** With other orders. */
  CompleteMapping order(int[][] other) {
    return new CompleteMapping(keeps, temporal, other, unrolled);
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
      if (l == ArrayGrid.BUFFER) {
        for (int d = 0; d < unrolled.y().length; d++) {
          nest.add(d, unrolled.y()[d], CompiledMapping.SPATIAL_Y);
        }
        for (int d = 0; d < unrolled.x().length; d++) {
          nest.add(d, unrolled.x()[d], CompiledMapping.SPATIAL_X);
        }
      }
    }
    nest.finish();
  }
}
