package dance.search;

import dance.cost.Constraint;
import dance.cost.Objective;
import java.util.List;

/**
 * A network on an accelerator as a search judges it: one that keeps all limits is better than one
 * that does not; of those that do the one of larger value; of others the one that exceeds them
 * less.
 *
 * @param choice {@code [blocks]}: numbers of the operations; never changed
 * @param design index of the accelerator
 * @param accuracy part of one
 * @param cost by the objective
 * @param value accuracy less the weighted cost
 * @param excess by which parts of the limits they are exceeded, added up; 0 if all are kept
 */
record Candidate(
    int[] choice, int design, double accuracy, double cost, double value, double excess) {

  /** What the exact costs say; the accuracy may be an estimate. */
  static Candidate of(SearchProblem problem, int[] choice, int design, double accuracy) {
    double[] metrics = new double[3];
    problem.table().metricsOn(choice, design, metrics);
    Objective objective = problem.objective();
    double cost = objective.cost(metrics[0], metrics[1], metrics[2]);
    return new Candidate(
        choice.clone(),
        design,
        accuracy,
        cost,
        problem.value(accuracy, cost),
        excess(objective, metrics));
  }

  /** The parts of its limits by which metrics exceed them, added up. */
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

  /** Whether this one is better; of equals the earlier one stays. */
  boolean better(Candidate other) {
    if (other == null) {
      return true;
    }
    return excess == other.excess ? value > other.value : excess < other.excess;
  }

  /**
   * The value, made worse than that of any that keeps the limits if this one does not: for methods
   * that need one number.
   */
  double reward() {
    return feasible() ? value : Math.min(value, 0) - 1 - excess;
  }
}
