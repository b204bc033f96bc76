package dance.simulate;

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
  static void check(Einsum einsum, Accelerator accelerator, MapObjective objective) {
    if (objective != MapObjective.LATENCY && !accelerator.unpriced().isEmpty()) {
      String what = (objective == MapObjective.EDP ? "EDP of " : "energy of ") + einsum.name();
      throw new IllegalArgumentException(
          why(what, accelerator) + ". Maybe minimise latency, which needs none.");
    }
  }

  /** Says which energies are unknown, and why. */
  static String why(String what, Accelerator accelerator) {
    return "%s on %s is unknown, because the energies of %s are: %s"
        .formatted(
            what,
            accelerator.name(),
            String.join(", ", accelerator.unpriced()),
            accelerator.technology());
  }
}
