package dance.simulate.mapper;

/**
 * Allowances of all arrays of a grid for the same cycles: how much energy a mapping with these
 * cycles may have to be the best somewhere. They fall as better mappings are found, so that old
 * ones are still upper bounds; they are computed again once they have been asked for often enough
 * since.
 */
final class AllowanceColumn {
  private final int places;
  private final int rows;
  private final boolean wantsSameRows;
  private long version = -1;
  private int asked;

  /** Greatest allowance of arrays with at least as many columns and rows: [place]. */
  double[] any;

  /**
   * Greatest allowance of arrays with at least as many columns and the same rows: [place]; null if
   * not wanted.
   */
  double[] sameRows;

  /** Allowance of an array by itself. */
  interface Own {
    /** For a place of the grid, and cycles. */
    double at(int place, double cycles);
  }

  /**
   * Not computed yet.
   *
   * @param places of the grid
   * @param rows different numbers of rows in the grid
   * @param wantsSameRows whether to keep {@link #sameRows}
   */
  AllowanceColumn(int places, int rows, boolean wantsSameRows) {
    this.places = places;
    this.rows = rows;
    this.wantsSameRows = wantsSameRows;
  }

  /** Whether there are allowances, be it old ones. */
  boolean exists() {
    return version >= 0;
  }

  /** Forgets the allowances, for those of other cycles. */
  void clear() {
    version = -1;
    asked = 0;
  }

  /**
   * Asks for the allowances.
   *
   * @param now version of the best mappings; 0 or more
   * @param seldom number of questions for old allowances before they are computed again
   */
  void ask(long now, int seldom, Own own, double cycles) {
    if (version != now && ++asked >= seldom) {
      asked = 0;
      version = now;
      fill(own, cycles);
    }
  }

  private void fill(Own own, double cycles) {
    if (any == null) {
      any = new double[places];
      sameRows = wantsSameRows ? new double[places] : null;
    }
    double[] wider = wantsSameRows ? sameRows : any;
    for (int place = places - 1; place >= 0; place--) {
      double most = own.at(place, cycles);
      most = place + rows < places ? Math.max(most, wider[place + rows]) : most;
      wider[place] = most;
      any[place] = place % rows < rows - 1 ? Math.max(most, any[place + 1]) : most;
    }
  }
}
