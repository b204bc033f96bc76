package dance.simulate.mapper;

/** What the best mapping has least of. */
public enum MapObjective {
  /** Energy in pJ. */
  ENERGY,
  /** Time in cycles. */
  LATENCY,
  /** Energy times time, in pJ·cycles. */
  EDP;

  /** The value of a mapping with this energy (pJ) and time (cycles). */
  double of(double energyPj, double cycles) {
    return switch (this) {
      case ENERGY -> energyPj;
      case LATENCY -> cycles;
      case EDP -> energyPj * cycles;
    };
  }
}
