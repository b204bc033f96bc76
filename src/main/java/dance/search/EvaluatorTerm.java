package dance.search;

import dance.cost.Constraint;
import dance.cost.Objective;
import dance.evaluate.Evaluator;
import dance.evaluate.ExactEvaluator;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.List;

/** Cost and accelerator from an evaluator: DANCE. */
final class EvaluatorTerm implements CostTerm {
  private final SearchProblem problem;
  private final Evaluator evaluator;
  private final Objective excess;
  private final int callsPerStep;
  private long calls;

  EvaluatorTerm(SearchProblem problem, Evaluator evaluator) {
    this.problem = problem;
    this.evaluator = evaluator;
    excess = excess(problem.objective().constraints());
    callsPerStep = evaluator instanceof ExactEvaluator ? problem.table().designs() : 1;
  }

  private static Objective excess(List<Constraint> limits) {
    double[] slope = new double[3];
    return Objective.of(
        "excess",
        (l, e, a) -> {
          double sum = 0;
          for (Constraint limit : limits) {
            sum += Math.max(0, limit.excess(l, e, a));
          }
          return sum;
        },
        (l, e, a, into) -> {
          Arrays.fill(into, 0);
          for (Constraint limit : limits) {
            if (limit.excess(l, e, a) > 0) {
              limit.gradient(l, e, a, slope);
              for (int i = 0; i < 3; i++) {
                into[i] += slope[i];
              }
            }
          }
        });
  }

  @Override
  public String identity() {
    // an exact evaluator is identified by its table, objective and temperature
    return evaluator instanceof ExactEvaluator exact
        ? exact + ", " + exact.table().fingerprint()
        : evaluator.fingerprint();
  }

  @Override
  public double expected(double[] probabilities, double[] metrics, double[] gradient) {
    calls += callsPerStep;
    double cost = evaluator.expected(probabilities, problem.objective(), metrics, gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= problem.reference();
    }
    return cost / problem.reference();
  }

  @Override
  public double excess(double[] probabilities, double[] metrics, double[] gradient) {
    if (excess.cost(metrics[0], metrics[1], metrics[2]) <= 0) {
      Arrays.fill(gradient, 0);
      return 0;
    }
    calls += callsPerStep;
    return evaluator.expected(probabilities, excess, metrics, gradient);
  }

  @Override
  public int designIndex(int[] choice) {
    calls += callsPerStep;
    return evaluator.designIndex(encoded(choice));
  }

  @Override
  public double judged(int[] choice, double exact) {
    return exact;
  }

  @Override
  public double[] believed(int[] choice, int designIndex) {
    if (evaluator instanceof ExactEvaluator) {
      return null;
    }
    double[] metrics = new double[3];
    evaluator.on(designIndex, encoded(choice), metrics);
    return metrics;
  }

  private double[] encoded(int[] choice) {
    NetworkSpace space = problem.task().space();
    return space.encode(space.genotype(choice));
  }

  @Override
  public long calls() {
    return calls;
  }

  @Override
  public void calls(long count) {
    calls = count;
  }
}
