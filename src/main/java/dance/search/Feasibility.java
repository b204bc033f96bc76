package dance.search;

import dance.cost.Constraint;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.evaluate.CostTable;
import java.util.ArrayList;
import java.util.List;

/** Decides exactly, from the table and before any search, whether constraints are feasible. */
final class Feasibility {
  private final CostTable table;
  private final MonotoneMinimum least;

  private Feasibility(CostTable table) {
    this.table = table;
    least = new MonotoneMinimum(table);
  }

  /**
   * Checks that some network on some accelerator is feasible.
   *
   * @throws IllegalArgumentException naming the smallest values that can be reached
   */
  static void check(SearchProblem problem) {
    if (!problem.objective().constraints().isEmpty()) {
      new Feasibility(problem.table()).check(problem.objective());
    }
  }

  /** A feasible network and accelerator; if there is none, one of the smallest violation. */
  static Candidate witness(SearchProblem problem, long seed) {
    MonotoneMinimum.Found found = new Feasibility(problem.table()).nearest(problem.objective());
    double accuracy = problem.task().accuracy(found.choice(), seed);
    return Candidate.of(problem, found.choice(), found.designIndex(), accuracy);
  }

  private MonotoneMinimum.Found nearest(Objective objective) {
    return least.find((l, e, a) -> Candidate.excess(objective, new double[] {l, e, a}), 0);
  }

  private void check(Objective objective) {
    MonotoneMinimum.Found nearest = nearest(objective);
    if (nearest.value() <= 0) {
      return;
    }
    List<String> messages = new ArrayList<>();
    List<Constraint> limits = objective.constraints();
    for (Constraint limit : limits) {
      MonotoneMinimum.Found best = least.find(limit::excess, Double.NEGATIVE_INFINITY);
      if (best.value() > 0) {
        messages.add(
            limit
                + " cannot be kept: the least that any network reaches is "
                + value(limit, best)
                + ", on "
                + table.acceleratorSpace().label(best.designIndex()));
      }
    }
    if (messages.isEmpty()) {
      messages.add(
          String.join(" and ", limits.stream().map(Object::toString).toList())
              + " cannot be kept together: "
              + table.networkSpace().genotype(nearest.choice())
              + " on "
              + table.acceleratorSpace().label(nearest.designIndex())
              + " comes nearest with "
              + String.join(" and ", limits.stream().map(l -> value(l, nearest)).toList()));
    }
    throw new IllegalArgumentException(String.join(System.lineSeparator(), messages));
  }

  private String value(Constraint limit, MonotoneMinimum.Found found) {
    double[] m = new double[3];
    table.metricsOn(found.choice(), found.designIndex(), m);
    return SignificantDigits.measure(limit.value(m[0], m[1], m[2])) + " " + limit.metric().unit();
  }
}
