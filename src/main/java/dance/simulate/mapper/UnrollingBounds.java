package dance.simulate.mapper;

/**
 * What holds for one unrolling, or several over the same columns and rows, on the arrays of a grid
 * with room, whatever the tile.
 */
abstract sealed class UnrollingBounds permits ArrayRegion, ArrayUnrolling {
  private final int home;
  private final double fewestCycles;
  private final JoinShape.Spread spread;

  UnrollingBounds(int home, double fewestCycles, JoinShape.Spread spread) {
    this.home = home;
    this.fewestCycles = fewestCycles;
    this.spread = spread;
  }

  /** The smallest array with room. */
  final int home() {
    return home;
  }

  /** Lower bound of the cycles. */
  final double fewestCycles() {
    return fewestCycles;
  }

  /** Upper bounds of sharing, a lower bound of instances that work. */
  final JoinShape.Spread spread() {
    return spread;
  }

  /**
   * Lower bound of the energy of a word of each tensor on the smallest array; null if it depends on
   * the tile, or hops cost nothing.
   */
  abstract double[] pjPerWord();

  /**
   * Lower bound of the same on arrays of more rows in addition to the smallest: [tensor][rows],
   * zero for fewer rows; null as above.
   */
  abstract double[][] morePjPerWord();
}
