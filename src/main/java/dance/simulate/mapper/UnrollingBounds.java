package dance.simulate.mapper;

/**
 * What holds for one unrolling, or several over the same columns and rows, on the arrays of a grid
 * with room, whatever the tile.
 */
sealed interface UnrollingBounds permits ArrayRegion, ArrayUnrolling {
  /** The smallest array with room. */
  int home();

  /** Lower bound of the cycles. */
  double fewestCycles();

  /** Upper bounds of sharing, a lower bound of instances that work. */
  JoinShape.Spread spread();

  /**
   * Lower bound of the energy of a word of each tensor on the smallest array; null if it depends on
   * the tile, or hops cost nothing.
   */
  double[] pjPerWord();

  /**
   * Lower bound of the same on arrays of more rows in addition to the smallest: [tensor][rows],
   * zero for fewer rows; null as above.
   */
  double[][] morePjPerWord();
}
