package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.cost.Metrics;
import dance.space.AcceleratorSpace;
import dance.workload.Network;

/** Looks up accelerators in their space and completes their metrics. */
final class Designs {
  private Designs() {}

  /**
   * The index of an accelerator.
   *
   * @throws IllegalArgumentException if the space has none of its name, or a different one
   */
  static int index(AcceleratorSpace space, Accelerator accelerator) {
    int designIndex = space.indexOf(accelerator.name());
    if (!space.accelerator(designIndex).equals(accelerator)) {
      throw new IllegalArgumentException(
          "accelerator "
              + accelerator.name()
              + " differs from that of this name in space "
              + space.name()
              + ". Maybe one of its levels was changed.");
    }
    return designIndex;
  }

  /** Metrics with the utilization derived from latency and the network's operations. */
  static Metrics metrics(
      Network network, Accelerator accelerator, double latency, double energy, double area) {
    double operations = 0;
    for (Network.Entry entry : network.entries()) {
      operations += entry.repeats() * (double) entry.layer().einsum().points();
    }
    double cycles = latency * accelerator.clockMhz() * 1e3;
    return new Metrics(latency, energy, area, operations / (cycles * accelerator.macUnits()));
  }
}
