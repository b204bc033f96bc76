package dance.simulate.mapper;

import java.util.Arrays;

/**
 * The best mapping found so far for every array of a grid, and what could still improve on one.
 *
 * <p>What enters is a mapping, or a lower bound of many, as the smallest array that has room for
 * it, its energy and its cycles. On an array it takes in addition {@code floor} pJ for each cycle
 * and instance: so it can be the best on an array of n instances only if its energy is below the
 * <em>allowance</em>
 *
 * <pre>
 *   A(cycles) = value / cycles − floor · n · cycles     for EDP
 *   A(cycles) = value − floor · n · cycles              for energy
 * </pre>
 *
 * and it matters if it is below the greatest allowance of all arrays that have room. Both fall with
 * the cycles and are convex, and so is their maximum: a table at fixed numbers of cycles, read
 * along its chords, is never below it. It is refreshed now and then only: values fall, so that an
 * old one is greater.
 */
final class ArrayBests {
  /** Differences below this are rounding: of mappings that are as good, the first stays. */
  static final double ROUNDING = 1e-12;

  /** Bits of a double's fraction that number the entries of the table: 2^5 for a factor of 2. */
  private static final int BITS = 5;

  private static final int SHIFT = 52 - BITS;
  private static final int FACTORS_OF_2 = 12;

  private final ArrayGrid grid;
  private final Criterion objective;
  private final int rows;
  private final int firstEntry;
  private final double leastEnergyPj;
  private final double[] floorPjPerCycle;
  private final double[] value;
  private final CompleteMapping[] winner;

  /** [place][entry] */
  private final double[][] allowance;

  private boolean stale = true;

  /**
   * Nothing is found yet.
   *
   * @param leastCycles cycles of every mapping are at least these
   * @param leastEnergyPj energy, without that of clock and control, of every mapping is at least
   *     this
   */
  ArrayBests(MapProblem problem, ArrayGrid grid, double leastCycles, double leastEnergyPj) {
    this.grid = grid;
    this.leastEnergyPj = leastEnergyPj;
    objective = problem.objective;
    rows = grid.rows.length;
    firstEntry = entry(Math.max(Double.MIN_NORMAL, leastCycles));
    value = new double[grid.places()];
    floorPjPerCycle = new double[grid.places()];
    winner = new CompleteMapping[grid.places()];
    allowance = new double[grid.places()][(FACTORS_OF_2 << BITS) + 1];
    double each = problem.accelerator.overheads().floorPjPerCyclePerPe();
    for (int place = 0; place < value.length; place++) {
      value[place] = grid.exists(place) ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      floorPjPerCycle[place] = each * grid.instances(place);
    }
  }

  /** The best mapping on an array; null if none was found. */
  CompleteMapping winner(int place) {
    return winner[place];
  }

  /** What a mapping is worth on one array, over the best there: below 1 if it is better. */
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
   * Whether what has this bound could be the best on an array; a quick test, which may say yes
   * where {@link #couldWin} says no.
   *
   * @param home the smallest array with room
   */
  boolean admits(int home, double energyPj, double cycles) {
    if (objective == Criterion.LATENCY) {
      return couldWin(home, energyPj, cycles);
    }
    double[] table = allowance[home];
    int at = entry(cycles) - firstEntry;
    if (at < 0) {
      return energyPj < table[0];
    }
    if (at >= table.length - 1) {
      return energyPj < table[table.length - 1];
    }
    double before = table[at];
    double after = table[at + 1];
    if (before - after == Double.POSITIVE_INFINITY || before == Double.POSITIVE_INFINITY) {
      return energyPj < before;
    }
    double from = cycles(firstEntry + at);
    double part = (cycles - from) / (cycles(firstEntry + at + 1) - from);
    return energyPj < before + (after - before) * part;
  }

  /** Whether what has this bound could be the best on an array, with the same energy on all. */
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
   * Likewise with more energy on arrays of more rows.
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

  /** Notes a mapping wherever it is the best so far; as {@link #couldWin}, but exact. */
  void offer(
      int home, double energyPj, double[] moreEnergyPj, double cycles, CompleteMapping mapping) {
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

  /** Brings the quick test up to date. */
  void refresh() {
    if (!stale || objective == Criterion.LATENCY) {
      return;
    }
    stale = false;
    for (int place = value.length - 1; place >= 0; place--) {
      boolean moreRows = place % rows < rows - 1;
      boolean moreColumns = place + rows < value.length;
      refresh(
          place,
          moreColumns ? allowance[place + rows] : null,
          moreRows ? allowance[place + 1] : null);
    }
  }

  private void refresh(int place, double[] wider, double[] higher) {
    double[] table = allowance[place];
    double limit = value[place] * (1 - ROUNDING);
    boolean open = true;
    int at = 0;
    for (; at < table.length && open; at++) {
      double cycles = cycles(firstEntry + at);
      double own = objective == Criterion.EDP ? limit / cycles : limit;
      own -= floorPjPerCycle[place] * cycles;
      own = wider == null ? own : Math.max(own, wider[at]);
      own = higher == null ? own : Math.max(own, higher[at]);
      table[at] = own;
      // With more cycles the allowance is less still: no mapping has so little energy.
      open = own >= leastEnergyPj;
    }
    if (at < table.length && table[at] != Double.NEGATIVE_INFINITY) {
      Arrays.fill(table, at, table.length, Double.NEGATIVE_INFINITY);
    }
  }
}
