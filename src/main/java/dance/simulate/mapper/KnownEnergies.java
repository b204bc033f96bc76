package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.workload.Einsum;

/** Checks that the energies to be minimised are known: unknown ones must not count as 0. */
final class KnownEnergies {
  private KnownEnergies() {}

  /**
   * Checks that every component has the energies that the objective needs.
   *
   * @throws IllegalArgumentException naming the components without energies and the reason
   */
  static void check(Einsum einsum, Accelerator accelerator, Criterion objective) {
    if (objective != Criterion.LATENCY && !accelerator.unpriced().isEmpty()) {
      String what = (objective == Criterion.EDP ? "EDP of " : "energy of ") + einsum.name();
      throw new IllegalArgumentException(
          accelerator.unknown(what) + ". Maybe minimise latency, which needs none.");
    }
  }
}
