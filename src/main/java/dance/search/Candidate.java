package dance.search;

import dance.cost.Constraint;
import dance.cost.Objective;
import java.util.List;

/**
 * A network on an accelerator, ordered as a search compares them: feasible before infeasible;
 * feasible ones by value; infeasible ones by constraint violation.
 *
 * @param choice {@code [blocks]}: indices of the operations; never changed
 * @param designIndex index of the accelerator
 * @param accuracy 0…1
 * @param cost by the objective
 * @param value accuracy minus weighted cost
 * @param excess sum of the relative constraint violations; 0 if feasible
 */
record Candidate(
    int[] choice, int designIndex, double accuracy, double cost, double value, double excess) {

  /** With exact costs; the accuracy may be an estimate. */
  static Candidate of(SearchProblem problem, int[] choice, int designIndex, double accuracy) {
    double[] metrics = new double[3];
    problem.table().metricsOn(choice, designIndex, metrics);
    Objective objective = problem.objective();
    double cost = objective.cost(metrics[0], metrics[1], metrics[2]);
    return new Candidate(
        choice.clone(),
        designIndex,
        accuracy,
        cost,
        problem.value(accuracy, cost),
        excess(objective, metrics));
  }

  /** Sum of the relative constraint violations of metrics. */
  static double excess(Objective objective, double[] metrics) {
    List<Constraint> limits = objective.constraints();
    double sum = 0;
    for (int i = 0; i < limits.size(); i++) {
      sum += Math.max(0, limits.get(i).excess(metrics[0], metrics[1], metrics[2]));
    }
    return sum;
  }

  boolean feasible() {
    return excess == 0;
  }

  /** Whether this one is better; of equal ones the earlier is kept. */
  boolean better(Candidate other) {
    if (other == null) {
      return true;
    }
    return excess == other.excess ? value > other.value : excess < other.excess;
  }

  /**
   * The value, with a penalty that puts infeasible candidates below all feasible ones: for methods
   * that need a single number.
   */
  double reward() {
    return feasible() ? value : Math.min(value, 0) - 1 - excess;
  }
}
