package dance.simulate.mapper;

/**
 * What no completion of a partial mapping undercuts.
 *
 * @param value of the objective
 * @param cycles latency
 * @param energyPj energy
 * @param ownPj the same, without the bounds of what is inside
 * @param insidePj part of it, without boundaries that are undecided, clock and leakage
 */
record PartialBound(double value, double cycles, double energyPj, double ownPj, double insidePj) {
  /** Of a partial mapping without completions. */
  static final PartialBound NONE = all(Double.POSITIVE_INFINITY);

  /** The same number for all. */
  static PartialBound all(double value) {
    return new PartialBound(value, value, value, value, value);
  }

  /** As a bound of energy and cycles. */
  Bound ofOrders() {
    return new Bound(energyPj, cycles);
  }
}
