package dance.simulate.mapper;

/**
 * The best mapping so far for every array of a grid, and the criterion for what could improve on
 * one.
 *
 * <p>A candidate is a mapping, or a lower bound of several, given by the smallest array with room
 * for it, its energy and its cycles. On an array it costs in addition {@code floor} pJ for each
 * cycle, more on larger arrays: so it can be the best on an array only if its energy is below the
 * <em>allowance</em>
 *
 * <pre>
 *   A(cycles) = value / cycles − floor · cycles     for EDP
 *   A(cycles) = value − floor · cycles              for energy
 * </pre>
 *
 * and it is pruned unless it is below the greatest allowance of all arrays with room. Both fall
 * with the cycles and are convex, and so is their maximum: linear interpolation in a table over
 * cycles is an upper bound. Its entries are refreshed only now and then: values fall, so that old
 * ones are still upper bounds.
 */
final class ArrayBests {
  /** Relative differences below this are rounding: of equally good mappings, the first is kept. */
  static final double ROUNDING = 1e-12;

  /** Bits of a double's fraction that number the entries of the table: 2^5 for a factor of 2. */
  private static final int BITS = 5;

  private static final int SHIFT = 52 - BITS;
  private static final long FRACTION = (1L << SHIFT) - 1;
  private static final int FACTORS_OF_2 = 12;

  /** Questions for an entry that is out of date before it is refreshed. */
  private static final int SELDOM = 32;

  private static final int ENTRIES = (FACTORS_OF_2 << BITS) + 1;

  private final Criterion objective;
  private final int rows;
  private final int firstEntry;
  private final double[] floorPjPerCycle;
  private final double[] value;
  private final CompleteMapping[] winner;

  /** The table: [entry], null if not asked for yet. */
  private final AllowanceColumn[] table = new AllowanceColumn[ENTRIES];

  /** Of the values. */
  private long version;

  private boolean stale = true;

  private final AllowanceColumn.Own own;
  private final Allowances exact;

  /**
   * Without mappings.
   *
   * @param leastCycles lower bound of the cycles of every mapping
   */
  ArrayBests(MappingCosts problem, ArrayGrid grid, double leastCycles) {
    objective = problem.objective;
    rows = grid.rows.length;
    firstEntry = entry(Math.max(Double.MIN_NORMAL, leastCycles));
    own = this::allowance;
    exact = new Allowances(grid.places(), grid.rows.length, own);
    value = new double[grid.places()];
    floorPjPerCycle = new double[grid.places()];
    winner = new CompleteMapping[grid.places()];
    for (int place = 0; place < value.length; place++) {
      value[place] = grid.exists(place) ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      floorPjPerCycle[place] = problem.floorPjPerCycle(grid.instances(place));
    }
    refresh();
  }

  /** The best mapping on an array; null if none was found. */
  CompleteMapping winner(int place) {
    return winner[place];
  }

  /** Value of a mapping on one array relative to the best there: below 1 if it is better. */
  double rank(int place, double energyPj, double cycles) {
    double of = of(place, energyPj, cycles);
    return value[place] == Double.POSITIVE_INFINITY ? 0 : of / value[place];
  }

  /** The objective on one array. */
  double of(int place, double energyPj, double cycles) {
    return objective.of(energyPj + floorPjPerCycle[place] * cycles, cycles);
  }

  /** Whether this would be the best on one array. */
  boolean wins(int place, double energyPj, double cycles) {
    return of(place, energyPj, cycles) < value[place] * (1 - ROUNDING);
  }

  /**
   * Whether a bound could be the best on an array; a quick test, which is true whenever {@link
   * #couldWin} is.
   *
   * @param home the smallest array with room
   */
  boolean admits(int home, double energyPj, double cycles) {
    if (objective == Criterion.LATENCY) {
      return couldWin(home, energyPj, cycles);
    }
    return admitsRoughly(home, energyPj, cycles) && exact.admits(home, energyPj, cycles);
  }

  /**
   * As {@link #admits(int, double, double)}, with more energy on arrays of more rows.
   *
   * @param moreEnergyPj [position of the rows]
   */
  boolean admits(int home, double energyPj, double[] moreEnergyPj, double cycles) {
    if (objective == Criterion.LATENCY) {
      return couldWin(home, energyPj, moreEnergyPj, cycles);
    }
    return admitsRoughly(home, energyPj, cycles)
        && exact.admits(home, energyPj, moreEnergyPj, cycles);
  }

  /** Allowance of one array. */
  private double allowance(int place, double cycles) {
    double limit = value[place] * (1 - ROUNDING);
    return (objective == Criterion.EDP ? limit / cycles : limit) - floorPjPerCycle[place] * cycles;
  }

  private boolean admitsRoughly(int home, double energyPj, double cycles) {
    int at = entry(cycles) - firstEntry;
    if (at < 0) {
      return energyPj < table(0)[home];
    }
    if (at >= ENTRIES - 1) {
      return energyPj < table(ENTRIES - 1)[home];
    }
    double before = table(at)[home];
    if (!(energyPj < before)) {
      return false;
    }
    double after = table(at + 1)[home];
    if (Double.isInfinite(before) || Double.isInfinite(after)) {
      return true;
    }
    // Between two entries cycles are linear in the bits of the fraction that do not number them.
    double part = (Double.doubleToRawLongBits(cycles) & FRACTION) / (double) (FRACTION + 1);
    return energyPj < before + (after - before) * part;
  }

  /** Whether a bound could be the best on an array, with the same energy on all. */
  boolean couldWin(int home, double energyPj, double cycles) {
    int y = home % rows;
    for (int from = home - y; from < value.length; from += rows) {
      for (int place = from + y; place < from + rows; place++) {
        if (wins(place, energyPj, cycles)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * As {@link #couldWin(int, double, double)}, with more energy on arrays of more rows.
   *
   * @param moreEnergyPj [position of the rows]
   */
  boolean couldWin(int home, double energyPj, double[] moreEnergyPj, double cycles) {
    int y = home % rows;
    for (int from = home - y; from < value.length; from += rows) {
      for (int at = y; at < rows; at++) {
        if (wins(from + at, energyPj + moreEnergyPj[at], cycles)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Records a mapping wherever it is the best so far; as {@link #couldWin}, but exact. */
  void offer(
      int home, double energyPj, double[] moreEnergyPj, double cycles, CompleteMapping mapping) {
    if (objective != Criterion.LATENCY && !admitsRoughly(home, energyPj, cycles)) {
      return;
    }
    int y = home % rows;
    for (int from = home - y; from < value.length; from += rows) {
      for (int at = y; at < rows; at++) {
        double of = of(from + at, energyPj + moreEnergyPj[at], cycles);
        if (of < value[from + at]) {
          value[from + at] = of;
          winner[from + at] = mapping;
          stale = true;
        }
      }
    }
  }

  private static int entry(double cycles) {
    return (int) (Double.doubleToRawLongBits(cycles) >>> SHIFT);
  }

  private static double cycles(int entry) {
    return Double.longBitsToDouble((long) entry << SHIFT);
  }

  /** Updates the quick tests. */
  void refresh() {
    if (stale && objective != Criterion.LATENCY) {
      stale = false;
      version++;
      exact.change();
    }
  }

  /** An entry of the table: [place]. */
  private double[] table(int at) {
    AllowanceColumn column = table[at];
    boolean isNew = column == null;
    if (isNew) {
      column = new AllowanceColumn(value.length, rows, false);
      table[at] = column;
    }
    column.ask(version, isNew ? 1 : SELDOM, own, cycles(firstEntry + at));
    return column.any;
  }
}
