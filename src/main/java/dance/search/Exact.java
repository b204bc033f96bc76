package dance.search;

import dance.evaluate.CostTable;

/** Sums costs of one network on one accelerator, in the order in which the table sums them. */
final class Exact {
  private Exact() {}

  /**
   * Latency, energy and area, the same to the last bit as {@link CostTable#sum} finds them for all
   * accelerators.
   *
   * @param metrics {@code [3]}, written
   */
  static void metrics(CostTable table, int[] choice, int design, double[] metrics) {
    double latency = table.fixedLatencyMs(design);
    double energy = table.fixedEnergyMj(design);
    for (int b = 0; b < choice.length; b++) {
      latency += table.latencyMs(b, choice[b], design);
      energy += table.energyMj(b, choice[b], design);
    }
    metrics[0] = latency;
    metrics[1] = energy;
    metrics[2] = table.areaMm2(design);
  }
}
