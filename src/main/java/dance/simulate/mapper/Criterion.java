package dance.simulate.mapper;

import dance.cost.Objective;

/**
 * The quantity minimised for one mapping, from an {@link Objective}, in the units of the search:
 * the area of an accelerator is the same for all of its mappings.
 */
enum Criterion {
  /** Energy in pJ. */
  ENERGY,
  /** Latency in cycles. */
  LATENCY,
  /** Energy times latency, in pJ·cycles. */
  EDP;

  /**
   * The criterion of an objective.
   *
   * @throws IllegalArgumentException if mappings cannot be searched by it
   */
  static Criterion of(Objective objective) {
    if (!objective.constraints().isEmpty()) {
      throw new IllegalArgumentException(
          "objective "
              + objective
              + " has limits, which a search of designs keeps: a mapping has only "
              + objective.name()
              + " to minimise");
    }
    return switch (objective.name()) {
      case "energy" -> ENERGY;
      case "latency" -> LATENCY;
      case "edp", "edap" -> EDP;
      default ->
          throw new IllegalArgumentException(
              "mappings are searched by energy, latency, edp or edap (the area of an accelerator is"
                  + " the same for all mappings), not by "
                  + objective.name());
    };
  }

  /** The value of a mapping with this energy (pJ) and latency (cycles). */
  double of(double energyPj, double cycles) {
    return switch (this) {
      case ENERGY -> energyPj;
      case LATENCY -> cycles;
      case EDP -> energyPj * cycles;
    };
  }
}
