package dance.evaluate;

import dance.cost.Objective;

/**
 * Finds the best design of a network by looking at all of them.
 *
 * <p>Best is the cheapest design that keeps all limits of the objective; if none does, the one that
 * exceeds its limits by the smallest part; of equal ones the first. For one thread at a time;
 * queries with primitive arguments allocate nothing.
 */
public final class HardwareOracle {
  private final CostTable table;
  private final double[] latencyMs;
  private final double[] energyMj;

  private HardwareOracle(CostTable table) {
    this.table = table;
    latencyMs = new double[table.designs()];
    energyMj = new double[table.designs()];
  }

  /** Looks in this table. */
  public static HardwareOracle of(CostTable table) {
    return new HardwareOracle(table);
  }

  /** The best design for a network given by the numbers of its operations. */
  public int best(int[] choice, Objective objective) {
    table.sum(choice, latencyMs, energyMj);
    return best(objective);
  }

  /** The best design for a relaxed architecture by its expected latency and energy. */
  public int best(double[] probabilities, Objective objective) {
    table.expect(probabilities, latencyMs, energyMj);
    return best(objective);
  }

  private int best(Objective objective) {
    boolean limited = !objective.constraints().isEmpty();
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double excess = limited ? Double.POSITIVE_INFINITY : 0;
    for (int d = 0; d < latencyMs.length; d++) {
      double l = latencyMs[d];
      double e = energyMj[d];
      double a = table.areaMm2(d);
      double cost = objective.cost(l, e, a);
      if (!limited) {
        if (cost < least) {
          least = cost;
          best = d;
        }
        continue;
      }
      double over = excess(objective, l, e, a);
      if (over < excess || (over == excess && cost < least)) {
        excess = over;
        least = cost;
        best = d;
      }
    }
    return best;
  }

  /** The largest part by which a limit is exceeded; 0 if all are kept. */
  static double excess(Objective objective, double l, double e, double a) {
    double largest = 0;
    for (int i = 0; i < objective.constraints().size(); i++) {
      largest = Math.max(largest, objective.constraints().get(i).excess(l, e, a));
    }
    return largest;
  }
}
