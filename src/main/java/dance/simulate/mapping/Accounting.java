package dance.simulate.mapping;

/** How accesses are counted. */
public enum Accounting {
  /** Counts every word that a level does not hold yet, and no other. */
  EXACT,
  /**
   * As the Timeloop tool counts (NVlabs, commit 4cf6d4c). It differs from {@link #EXACT} in four
   * ways:
   *
   * <ul>
   *   <li>tiles with gaps are charged as bounding boxes;
   *   <li>overlap with the previous tile is credited only where the tile moves by the same vector
   *       as in the step before;
   *   <li>instances share an access only with those below the same level: diagonals over the
   *       fan-outs of two levels, such as filter rows in one and output columns in the other, are
   *       sent once for each combination;
   *   <li>where the innermost level is a dummy, which cannot keep anything and is only unrolled
   *       over the MACs, the words it passes to them are charged when they change, not in every
   *       cycle, as if they were held.
   * </ul>
   *
   * <p>Not reproduced, since there the tool contradicts its own rules: its extrapolation from the
   * first two iterations of a loop, and factors that do not divide, which are counted exactly and
   * share their diagonals. A search in this accounting proves nothing on an accelerator with such a
   * dummy: its bounds have the MACs read in every cycle.
   */
  TIMELOOP
}
