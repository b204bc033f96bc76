package dance.search;

import dance.check.Copy;
import dance.check.Rules;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The problem of a search: the network and the accelerator that maximise
 *
 * <pre>  value = accuracy − λ · cost / reference</pre>
 *
 * subject to the constraints of the objective. The reference is the median cost of {@value
 * #NETWORKS} seeded random networks of the space, each on its own best accelerator, ignoring
 * constraints. So λ is the weight of the normalised cost: the accuracy traded for one reference
 * cost, independent of space and objective.
 *
 * @param task networks and their accuracy
 * @param table exact costs of the same networks on all accelerators
 * @param objective cost, with the constraints that a result must satisfy
 * @param lambda λ, our reading of the paper's λ₂; 0 for accuracy alone
 * @param reference cost, in the unit of the objective
 */
public record SearchProblem(
    Task task, CostTable table, Objective objective, double lambda, double reference) {
  /** Number of random networks for the reference; our choice, as is their seed. */
  public static final int NETWORKS = 255;

  private static final long SEED = 1;

  /**
   * @throws IllegalArgumentException if table and task are of different networks, or λ or the
   *     reference is out of range
   */
  public SearchProblem {
    new Rules()
        .require(
            table.networkSpace().fingerprint().equals(task.space().fingerprint()),
            "the table is of networks %s, but the task is of networks %s",
            table.networkSpace(),
            task.space())
        .require(
            lambda >= 0 && Double.isFinite(lambda),
            "lambda (%s) must be finite and not negative",
            lambda)
        .require(
            reference > 0 && Double.isFinite(reference),
            "reference of the cost (%s) must be positive and finite",
            reference)
        .check();
  }

  /** With the reference of the table and the objective. */
  public static SearchProblem of(Task task, CostTable table, Objective objective, double lambda) {
    return new SearchProblem(task, table, objective, lambda, reference(table, objective));
  }

  private static double reference(CostTable table, Objective objective) {
    Objective free = unlimited(objective);
    HardwareOracle oracle = HardwareOracle.of(table);
    NetworkSpace space = table.networkSpace();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] costs = new double[NETWORKS];
    double[] metrics = new double[3];
    for (int i = 0; i < NETWORKS; i++) {
      int[] choice = space.choice(space.sample(random));
      table.metricsOn(choice, oracle.best(choice, free), metrics);
      costs[i] = free.cost(metrics[0], metrics[1], metrics[2]);
    }
    Arrays.sort(costs);
    return costs[NETWORKS / 2];
  }

  private static Objective unlimited(Objective objective) {
    return new Objective(objective.name(), objective.function(), objective.derivative(), List.of());
  }

  /**
   * Checks that some network on some accelerator is feasible.
   *
   * @throws IllegalArgumentException naming the smallest values that can be reached
   */
  public void checkLimits() {
    Feasibility.check(this);
  }

  /** With another weight of the cost. */
  public SearchProblem lambda(double weight) {
    return Copy.with(this, "lambda", weight);
  }

  /** With an upper limit; replaces an earlier limit on the same metric. */
  public SearchProblem atMost(Metric metric, double limit) {
    return Copy.with(this, "objective", objective.atMost(metric, limit));
  }

  /** Without constraints; the reference is kept. */
  public SearchProblem unlimited() {
    return Copy.with(this, "objective", unlimited(objective));
  }

  /** Value of a design, ignoring constraints. */
  public double value(double accuracy, double cost) {
    return accuracy - lambda * cost / reference;
  }

  /** Whose energies and areas the accelerators of the table have. */
  public String costs() {
    return table.acceleratorSpace().accelerator(0).costs();
  }

  /** Name in messages and files. */
  public String name() {
    return task.name() + " × " + table.acceleratorSpace().name() + ", " + objective.label();
  }

  /** One line that identifies everything that the result depends on. */
  String fingerprint() {
    return task.fingerprint()
        + "; "
        + table.acceleratorSpace().fingerprint()
        + "; "
        + table.fingerprint()
        + "; "
        + objective
        + "; "
        + lambda
        + "; "
        + reference;
  }

  @Override
  public String toString() {
    return name() + ", λ = " + lambda;
  }
}
