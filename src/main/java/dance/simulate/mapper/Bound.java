package dance.simulate.mapper;

/**
 * A lower bound of what a set of mappings costs.
 *
 * @param energyPj no mapping of the set takes less energy
 * @param cycles no mapping of the set takes fewer cycles
 * @param linkCycles no mapping of the set keeps the off-chip port busy for fewer cycles; what says
 *     how many cycles it takes if this port is slower
 */
record Bound(double energyPj, double cycles, double linkCycles) {
  /** Of anything. */
  static final Bound ZERO = new Bound(0, 0);

  /** Of no mapping. */
  static final Bound NONE = new Bound(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Of which the load of the off-chip port is unknown. */
  Bound(double energyPj, double cycles) {
    this(energyPj, cycles, 0);
  }

  /** The same, if no mapping takes fewer cycles than these either. */
  Bound atLeast(double fewestCycles) {
    return new Bound(energyPj, Math.max(cycles, fewestCycles), linkCycles);
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
        Math.max(linkCycles, other.linkCycles));
  }
}
