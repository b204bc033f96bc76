package dance.search;

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
 * What a search is to find: the network and the accelerator that have most of
 *
 * <pre>  value = accuracy − λ · cost / reference</pre>
 *
 * within the limits of the objective. The reference is the median, over {@value #NETWORKS} seeded
 * random networks of the space, of what each costs on its own best accelerator, limits aside. So λ
 * is the accuracy, as a part of one, that the cost of an ordinary network is worth, whatever the
 * space and the objective.
 *
 * @param task networks and their accuracy
 * @param table exact costs of the same networks on all accelerators
 * @param objective cost, with the limits that a result must keep
 * @param lambda λ, our reading of the paper's λ₂; 0 for accuracy alone
 * @param reference cost, in the unit of the objective
 */
public record SearchProblem(
    Task task, CostTable table, Objective objective, double lambda, double reference) {
  /** Random networks of which the reference is the median; our choice, as is their seed. */
  public static final int NETWORKS = 255;

  private static final long SEED = 1;

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

  /** With the reference that belongs to the table and the objective. */
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
   * Refuses limits that no network keeps on any accelerator.
   *
   * @throws IllegalArgumentException naming the least that can be reached
   */
  public void checkLimits() {
    Feasibility.check(this);
  }

  /** With another weight of the cost. */
  public SearchProblem lambda(double weight) {
    return new SearchProblem(task, table, objective, weight, reference);
  }

  /** With a limit, or another one on the same metric. */
  public SearchProblem atMost(Metric metric, double limit) {
    return new SearchProblem(task, table, objective.atMost(metric, limit), lambda, reference);
  }

  /** Without limits; the reference stays. */
  public SearchProblem unlimited() {
    return new SearchProblem(task, table, unlimited(objective), lambda, reference);
  }

  /** What a design is worth, limits aside. */
  public double value(double accuracy, double cost) {
    return accuracy - lambda * cost / reference;
  }

  /** A name for messages and files. */
  public String name() {
    return task.name() + " × " + table.acceleratorSpace().name() + ", " + objective.label();
  }

  /** One line that differs between problems whose answers differ. */
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
