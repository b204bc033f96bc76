package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.workload.Einsum;

/** Refuses to minimise an energy that nobody knows: as 0 it would look like a result. */
final class KnownEnergies {
  private KnownEnergies() {}

  /**
   * Checks that every component has the energies that the objective needs.
   *
   * @throws IllegalArgumentException naming the components without energies and why they have none
   */
  static void check(Einsum einsum, Accelerator accelerator, Criterion objective) {
    if (objective != Criterion.LATENCY && !accelerator.unpriced().isEmpty()) {
      String what = (objective == Criterion.EDP ? "EDP of " : "energy of ") + einsum.name();
      throw new IllegalArgumentException(
          accelerator.unknown(what) + ". Maybe minimise latency, which needs none.");
    }
  }
}
