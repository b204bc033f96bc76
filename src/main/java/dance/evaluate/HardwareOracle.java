package dance.evaluate;

import dance.cost.Constraint;
import dance.cost.Design;
import dance.cost.Objective;
import dance.space.Genotype;
import dance.workload.Network;
import java.util.List;

/**
 * Finds the best design of a network by exhaustive evaluation.
 *
 * <p>The best design has the lowest cost among the feasible ones; if none is feasible, the smallest
 * sum of relative constraint violations. Of equal designs the first. Not thread-safe; with
 * primitive arguments it does not allocate.
 */
public final class HardwareOracle {
  private final CostTable table;
  private final double[] latencyMs;
  private final double[] energyMj;

  /** Null for a table on all of whose designs every network is evaluated. */
  private final DesignRuns runs;

  private HardwareOracle(CostTable table, int run, TableRows minima) {
    this.table = table;
    latencyMs = new double[table.designs()];
    energyMj = new double[table.designs()];
    runs = minima == null ? null : new DesignRuns(table, run, minima, latencyMs, energyMj);
  }

  /**
   * The oracle of this table. On a large one it evaluates only designs that a lower bound does not
   * exclude, with the same result ({@link DesignRuns}).
   */
  public static HardwareOracle of(CostTable table) {
    return new HardwareOracle(table, DesignRuns.RUN, table.minima().orElse(null));
  }

  /** An oracle that bounds runs of this length, however small the table is. */
  static HardwareOracle bounding(CostTable table, int run) {
    return new HardwareOracle(table, run, table.rows().minima(run));
  }

  /** The best design for a network given by the indices of its operations, {@code [blocks]}. */
  public int best(int[] choice, Objective objective) {
    if (runs != null && DesignRuns.suits(objective, null)) {
      runs.begin(choice);
      return runs.best(objective);
    }
    table.sum(choice, latencyMs, energyMj);
    return best(objective);
  }

  /**
   * The best design for a relaxed architecture by its expected latency and energy.
   *
   * @param probabilities {@code [blocks · operations]}
   */
  public int best(double[] probabilities, Objective objective) {
    if (runs != null && DesignRuns.suits(objective, probabilities)) {
      runs.begin(probabilities);
      return runs.best(objective);
    }
    table.expect(probabilities, latencyMs, energyMj);
    return best(objective);
  }

  /** The best design for a network of the space. */
  public Design best(Genotype genotype, Objective objective) {
    return costs(genotype).top(1, objective).get(0);
  }

  /** The best design for any network whose layers are in the table. */
  public Design best(Network network, Objective objective) {
    return costs(network).top(1, objective).get(0);
  }

  /** Costs of a network of the space on all designs. */
  public DesignCosts costs(Genotype genotype) {
    Network network = table.networkSpace().network(genotype);
    table.sum(table.networkSpace().choice(genotype), latencyMs, energyMj);
    return new DesignCosts(table, genotype.toString(), network, latencyMs, energyMj);
  }

  /**
   * Costs of any network on all designs.
   *
   * @throws IllegalArgumentException naming each layer that is not in the table
   */
  public DesignCosts costs(Network network) {
    table.sum(network, latencyMs, energyMj);
    return new DesignCosts(table, network.name(), network, latencyMs, energyMj);
  }

  /** Every design for a network of the space, by index. */
  public List<Design> all(Genotype genotype) {
    return costs(genotype).all();
  }

  /** Expected latency on the design found last. */
  double latencyMs(int designIndex) {
    return latencyMs[designIndex];
  }

  double energyMj(int designIndex) {
    return energyMj[designIndex];
  }

  @Override
  public String toString() {
    return "oracle of " + table;
  }

  private int best(Objective objective) {
    return objective.constraints().isEmpty() ? cheapest(objective) : cheapestWithin(objective);
  }

  private int cheapest(Objective objective) {
    Objective.Function function = objective.function();
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < latencyMs.length; d++) {
      double cost = function.of(latencyMs[d], energyMj[d], table.areaMm2(d));
      if (cost < least) {
        least = cost;
        best = d;
      }
    }
    return best;
  }

  private int cheapestWithin(Objective objective) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double smallest = Double.POSITIVE_INFINITY;
    for (int d = 0; d < latencyMs.length; d++) {
      double excess = excess(objective, latencyMs[d], energyMj[d], table.areaMm2(d));
      if (excess > smallest) {
        continue;
      }
      double cost = objective.cost(latencyMs[d], energyMj[d], table.areaMm2(d));
      if (excess < smallest || cost < least) {
        smallest = excess;
        least = cost;
        best = d;
      }
    }
    return best;
  }

  /** Sum of the relative constraint violations of a design; 0 if it is feasible. */
  public static double excess(
      Objective objective, double latencyMs, double energyMj, double areaMm2) {
    List<Constraint> limits = objective.constraints();
    double sum = 0;
    for (int i = 0; i < limits.size(); i++) {
      sum += Math.max(0, limits.get(i).excess(latencyMs, energyMj, areaMm2));
    }
    return sum;
  }
}
