package dance.simulate.mapper;

/**
 * A lower bound of what a set of mappings costs.
 *
 * @param energyPj no mapping of the set takes less energy
 * @param cycles no mapping of the set takes fewer cycles
 */
record Bound(double energyPj, double cycles) {
  /** Of anything. */
  static final Bound ZERO = new Bound(0, 0);

  /** Of no mapping. */
  static final Bound NONE = new Bound(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Whether there may be a mapping. */
  boolean exists() {
    return energyPj < Double.POSITIVE_INFINITY;
  }

  /** What holds for a set if this and the other one do. */
  Bound and(Bound other) {
    return new Bound(Math.max(energyPj, other.energyPj), Math.max(cycles, other.cycles));
  }
}
