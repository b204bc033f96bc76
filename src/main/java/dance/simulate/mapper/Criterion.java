package dance.simulate.mapper;

import dance.cost.Objective;

/**
 * What an {@link Objective} means for one mapping, in the units of the search: the area of an
 * accelerator is the same for all of its mappings.
 */
enum Criterion {
  /** Energy in pJ. */
  ENERGY,
  /** Time in cycles. */
  LATENCY,
  /** Energy times time, in pJ·cycles. */
  EDP;

  /**
   * The criterion of an objective.
   *
   * @throws IllegalArgumentException if mappings are not searched by it
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

  /** The value of a mapping with this energy (pJ) and time (cycles). */
  double of(double energyPj, double cycles) {
    return switch (this) {
      case ENERGY -> energyPj;
      case LATENCY -> cycles;
      case EDP -> energyPj * cycles;
    };
  }
}
