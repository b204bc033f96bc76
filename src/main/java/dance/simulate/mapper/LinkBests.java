package dance.simulate.mapper;

import java.util.List;

/**
 * The best mappings so far for every array of a grid with each of several off-chip bandwidths, the
 * fastest first.
 *
 * <p>With less bandwidth a mapping makes the same accesses, so that it takes the same energy but
 * for leakage and clock, and as many cycles unless the off-chip port is busy for longer. So what is
 * bounded with the fastest one is bounded with all, by the cycles of this port.
 */
final class LinkBests {
  private final ArrayBests[] bests;
  private final double[] wordsPerCycle;

  /** Cycles beyond those of the slowest port, at least. */
  private final double latency;

  /**
   * Whether all arrays with a bandwidth are there with the next lower one, too: there nothing costs
   * less, so that what takes the same cycles with both and cannot be the best there is not the best
   * here: [bandwidth].
   */
  private final boolean[] contained;

  /** Position of the bandwidth of the last bound that could be the best. */
  private int recent;

  /**
   * Without mappings.
   *
   * @param problem with the greatest bandwidth, on the largest array
   * @param grids of the arrays with each bandwidth, at the same places
   * @param wordsPerCycle off-chip bandwidths, descending
   * @param leastCycles lower bound of the cycles of every mapping
   */
  LinkBests(
      MappingCosts problem, List<ArrayGrid> grids, double[] wordsPerCycle, double leastCycles) {
    this.wordsPerCycle = wordsPerCycle;
    latency = problem.latency;
    bests = new ArrayBests[wordsPerCycle.length];
    for (int link = 0; link < bests.length; link++) {
      bests[link] = new ArrayBests(problem, grids.get(link), leastCycles);
    }
    contained = new boolean[bests.length];
    for (int link = 0; link + 1 < bests.length; link++) {
      contained[link] = grids.get(link + 1).contains(grids.get(link));
    }
  }

  /** Number of bandwidths. */
  int links() {
    return bests.length;
  }

  /** The best mapping on an array with one of the bandwidths; null if none was found. */
  CompleteMapping winner(int link, int place) {
    return bests[link].winner(place);
  }

  /** Lower bound of the cycles with one of the bandwidths. */
  private double cycles(int link, Bound least) {
    if (link == 0) {
      return least.cycles();
    }
    double busy = least.linkCycles() * (wordsPerCycle[0] / wordsPerCycle[link]);
    // A product may exceed a whole number by a rounding error.
    return Math.max(least.cycles(), Math.ceil(busy * (1 - 1e-12)) + latency);
  }

  private static double energyPj(int link, Bound least, double cycles) {
    return link == 0 ? least.energyPj() : least.energyPj(cycles);
  }

  /** The objective on one array with one of the bandwidths. */
  double of(int link, int place, Bound least) {
    double cycles = cycles(link, least);
    return bests[link].of(place, energyPj(link, least, cycles), cycles);
  }

  /** Whether this would be the best on one array with one of the bandwidths. */
  boolean wins(int link, int place, Bound least) {
    double cycles = cycles(link, least);
    return bests[link].wins(place, energyPj(link, least, cycles), cycles);
  }

  /** Value on one array relative to the best there: below 1 if it is better with some bandwidth. */
  double rank(int place, Bound least) {
    double rank = Double.POSITIVE_INFINITY;
    for (int link = 0; link < bests.length; link++) {
      double cycles = cycles(link, least);
      rank = Math.min(rank, bests[link].rank(place, energyPj(link, least, cycles), cycles));
    }
    return rank;
  }

  /**
   * Whether a bound could be the best on an array with some bandwidth; a quick test, which is true
   * whenever {@link #couldWin} is.
   *
   * @param home the smallest array with room
   */
  boolean admits(int home, Bound least) {
    return admits(home, least, null);
  }

  /**
   * As {@link #admits(int, Bound)}, with more energy on arrays of more rows.
   *
   * @param moreEnergyPj [position of the rows], or null for none
   */
  boolean admits(int home, Bound least, double[] moreEnergyPj) {
    if (admits(recent, home, least, cycles(recent, least), moreEnergyPj)) {
      return true;
    }
    double slower = -1;
    for (int link = bests.length - 1; link >= 0; link--) {
      double cycles = cycles(link, least);
      boolean isAsSlow = contained[link] && cycles == slower;
      slower = cycles;
      if (!isAsSlow && link != recent && admits(link, home, least, cycles, moreEnergyPj)) {
        recent = link;
        return true;
      }
    }
    return false;
  }

  private boolean admits(int link, int home, Bound least, double cycles, double[] moreEnergyPj) {
    double energyPj = energyPj(link, least, cycles);
    return moreEnergyPj == null
        ? bests[link].admits(home, energyPj, cycles)
        : bests[link].admits(home, energyPj, moreEnergyPj, cycles);
  }

  /** As {@link #admits(int, Bound, double[])}, but exact. */
  boolean couldWin(int home, Bound least, double[] moreEnergyPj) {
    for (int link = 0; link < bests.length; link++) {
      double cycles = cycles(link, least);
      double energyPj = energyPj(link, least, cycles);
      if (bests[link].couldWin(home, energyPj, moreEnergyPj, cycles)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether what takes this energy and these cycles costs no more on an array than a bound, up to
   * rounding.
   *
   * @param energyPj [bandwidth]
   * @param cycles [bandwidth]
   */
  boolean reaches(int place, double[] energyPj, long[] cycles, Bound least) {
    for (int link = 0; link < bests.length; link++) {
      double bounded = of(link, place, least);
      if (bests[link].of(place, energyPj[link], cycles[link])
          > bounded * (1 + ArrayBests.ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Records a mapping wherever it is the best so far.
   *
   * @param energyPj with each bandwidth, on the smallest array
   * @param cycles with each bandwidth
   * @param moreEnergyPj on arrays of more rows: [position of the rows]
   */
  void offer(
      int home, double[] energyPj, long[] cycles, double[] moreEnergyPj, CompleteMapping mapping) {
    for (int link = 0; link < bests.length; link++) {
      bests[link].offer(home, energyPj[link], moreEnergyPj, cycles[link], mapping);
    }
  }

  /** Updates the quick tests. */
  void refresh() {
    for (ArrayBests best : bests) {
      best.refresh();
    }
  }
}
