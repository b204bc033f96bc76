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

  private final Column[] columns = new Column[1 << BITS];
  private final int places;
  private final int rows;
  private final Own own;

  /** Of the arrays' best values. */
  private long version;

  /** Allowance of an array by itself. */
  interface Own {
    /** For a place of the grid, and cycles. */
    double at(int place, double cycles);
  }

  /** The arrays' allowances for the same cycles. */
  private static final class Column {
    double cycles = -1;
    long version = -1;
    int asked;

    /** Greatest allowance of arrays with at least as many columns and the same rows: [place]. */
    double[] sameRows;

    /** Greatest allowance of arrays with at least as many columns and rows: [place]. */
    double[] any;
  }

  /**
   * @param places of the grid
   * @param rows different numbers of rows in the grid
   */
  Allowances(int places, int rows, Own own) {
    this.places = places;
    this.rows = rows;
    this.own = own;
  }

  /** Allowances are no longer what they were; those not asked for again may have been greater. */
  void change() {
    version++;
  }

  /** The allowances for these cycles, or null if not worth it. */
  private Column column(double cycles) {
    long mixed = Double.doubleToRawLongBits(cycles) * 0x9E3779B97F4A7C15L;
    int at = (int) (mixed >>> (Long.SIZE - BITS));
    Column column = columns[at];
    if (column == null) {
      column = new Column();
      columns[at] = column;
    }
    if (column.cycles != cycles) {
      column.cycles = cycles;
      column.version = -1;
      column.asked = 0;
    }
    if (column.version != version && ++column.asked >= SELDOM) {
      column.asked = 0;
      column.version = version;
      fill(column);
    }
    // Allowances fall: old ones are still upper bounds.
    return column.version < 0 ? null : column;
  }

  private void fill(Column column) {
    if (column.any == null) {
      column.any = new double[places];
      column.sameRows = new double[places];
    }
    double[] any = column.any;
    double[] sameRows = column.sameRows;
    for (int place = places - 1; place >= 0; place--) {
      double most = own.at(place, column.cycles);
      most = place + rows < places ? Math.max(most, sameRows[place + rows]) : most;
      sameRows[place] = most;
      any[place] = place % rows < rows - 1 ? Math.max(most, any[place + 1]) : most;
    }
  }

  /**
   * Whether a bound could be the best on an array with room; true if the answer is not worth it.
   */
  boolean admits(int home, double energyPj, double cycles) {
    Column column = column(cycles);
    return column == null || energyPj < column.any[home];
  }

  /**
   * The same, with more energy on arrays of more rows.
   *
   * @param moreEnergyPj [position of the rows]
   */
  boolean admits(int home, double energyPj, double[] moreEnergyPj, double cycles) {
    Column column = column(cycles);
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
