package dance.simulate.mapper;

import java.util.Arrays;

/**
 * A lower bound of what a set of mappings costs. The last three components say what it costs if the
 * off-chip port is slower.
 *
 * @param energyPj no mapping of the set takes less energy
 * @param cycles no mapping of the set takes fewer cycles
 * @param linkCycles no mapping of the set keeps the off-chip port busy for fewer cycles
 * @param timelessPj no mapping of the set takes less energy without leakage
 * @param pjPerCycle no mapping of the set leaks less
 */
record Bound(
    double energyPj, double cycles, double linkCycles, double timelessPj, double pjPerCycle) {
  /** Of anything. */
  static final Bound ZERO = new Bound(0, 0);

  /** Of no mapping. */
  static final Bound NONE = new Bound(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** If no other bandwidth is asked for. */
  Bound(double energyPj, double cycles) {
    this(energyPj, cycles, 0, 0, 0);
  }

  /** The same, if no mapping takes fewer cycles than these either. */
  Bound atLeast(double fewestCycles) {
    double most = Math.max(cycles, fewestCycles);
    return new Bound(energyPj, most, linkCycles, timelessPj, pjPerCycle);
  }

  /** Lower bound of the energy if no mapping takes fewer cycles than these. */
  double energyPj(double fewestCycles) {
    return Math.max(energyPj, timelessPj + pjPerCycle * fewestCycles);
  }

  /** Of no mapping, several times. */
  static Bound[] none(int count) {
    Bound[] none = new Bound[count];
    Arrays.fill(none, NONE);
    return none;
  }

  /** Whether there may be a mapping in one of several sets. */
  static boolean anyExists(Bound[] bounds) {
    for (Bound bound : bounds) {
      if (bound.exists()) {
        return true;
      }
    }
    return false;
  }

  /** Whether there may be a mapping. */
  boolean exists() {
    return energyPj < Double.POSITIVE_INFINITY;
  }

  /** What holds for a set if this and the other one do. */
  Bound and(Bound other) {
    return new Bound(
        Math.max(energyPj, other.energyPj),
        Math.max(cycles, other.cycles),
        Math.max(linkCycles, other.linkCycles),
        Math.max(timelessPj, other.timelessPj),
        Math.max(pjPerCycle, other.pjPerCycle));
  }
}
