package dance.simulate.mapper;

/**
 * Allowances of all arrays of a grid for bounds with certain cycles, exactly: how much energy a
 * mapping with these cycles may have to be the best somewhere. Where off-chip bandwidth limits,
 * many bounds have the same cycles, and differ by less than {@link ArrayBests} tells by
 * interpolation. Cycles that are asked for seldom are not worth it.
 */
final class Allowances {
  /** Cycles are remembered by some bits of their hash. */
  private static final int BITS = 7;

  /** Questions for the same cycles before they are answered. */
  private static final int SELDOM = 16;

  private final AllowanceColumn[] columns = new AllowanceColumn[1 << BITS];

  /** Of each column. */
  private final double[] cyclesOf = new double[1 << BITS];

  private final int places;
  private final int rows;
  private final AllowanceColumn.Own own;

  /** Of the arrays' best values. */
  private long version;

  /**
   * @param places of the grid
   * @param rows different numbers of rows in the grid
   */
  Allowances(int places, int rows, AllowanceColumn.Own own) {
    this.places = places;
    this.rows = rows;
    this.own = own;
  }

  /** Allowances are no longer what they were: they have fallen. */
  void change() {
    version++;
  }

  /** The allowances for these cycles, or null if not worth it. */
  private AllowanceColumn column(double cycles) {
    long mixed = Double.doubleToRawLongBits(cycles) * 0x9E3779B97F4A7C15L;
    int at = (int) (mixed >>> (Long.SIZE - BITS));
    AllowanceColumn column = columns[at];
    if (column == null) {
      column = new AllowanceColumn(places, rows, true);
      columns[at] = column;
    }
    if (cyclesOf[at] != cycles) {
      cyclesOf[at] = cycles;
      column.clear();
    }
    column.ask(version, SELDOM, own, cycles);
    return column.exists() ? column : null;
  }

  /**
   * Whether a bound could be the best on an array with room; true if the answer is not worth it.
   */
  boolean admits(int home, double energyPj, double cycles) {
    AllowanceColumn column = column(cycles);
    return column == null || energyPj < column.any[home];
  }

  /**
   * The same, with more energy on arrays of more rows.
   *
   * @param moreEnergyPj [position of the rows]
   */
  boolean admits(int home, double energyPj, double[] moreEnergyPj, double cycles) {
    AllowanceColumn column = column(cycles);
    if (column == null) {
      return true;
    }
    int first = home % rows;
    for (int y = first; y < rows; y++) {
      if (energyPj + moreEnergyPj[y] < column.sameRows[home - first + y]) {
        return true;
      }
    }
    return false;
  }
}
