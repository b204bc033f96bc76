package dance.simulate.mapping;

/** How accesses are counted. */
public enum Accounting {
  /** Every word that a level does not hold yet, and no other. */
  EXACT,
  /**
   * As the Timeloop tool counts: tiles with gaps are charged as bounding boxes, and overlap with
   * the previous tile is credited only where the tile moves by the same vector as in the step
   * before.
   */
  TIMELOOP
}
