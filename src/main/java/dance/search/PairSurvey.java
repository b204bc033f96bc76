package dance.search;

import dance.cost.Objective;
import dance.cost.Parallel;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Both directions of all pairs of a network and a design: the best design of every network, and the
 * best network on every design, for several λ at once. The arrays do not depend on the number of
 * threads; of equal pairs the first is kept.
 *
 * <p>Of N networks and D designs not all N · D pairs need be evaluated: for a network a lower bound
 * excludes runs of designs ({@link HardwareOracle}), for a block of designs one excludes networks
 * ({@link BestOnDesigns}), and those to which another is superior everywhere are excluded
 * beforehand ({@link Rivals}). All of it is exact. Memory is proportional to N + D · λ.
 */
final class PairSurvey {
  /** Blocks of designs of one task. */
  private static final int CHUNK = 64;

  /** No network is feasible on a design, or no design for a network. */
  static final int NONE = -1;

  final SearchProblem problem;
  final AccuracyTable accuracies;
  final double[] lambdas;

  /** {@code [networks]}: the feasible design of the lowest cost, or {@link #NONE}. */
  final int[] designOf;

  /** {@code [networks]}: its cost by the objective. */
  final double[] costOf;

  /** {@code [lambdas][designs]}: the feasible network of the largest value, or {@link #NONE}. */
  final int[][] networkOn;

  /** {@code [lambdas][designs]}: its value; −∞ for none. */
  final double[][] valueOn;

  /** The design of the lowest mean cost relative to that of each network's own best design. */
  final int single;

  private PairSurvey(SearchProblem problem, OwnDesigns own, double[] lambdas) {
    this.problem = problem;
    this.lambdas = lambdas;
    accuracies = own.accuracies;
    int designs = problem.table().designs();
    designOf = own.designOf.clone();
    costOf = own.costOf.clone();
    networkOn = new int[lambdas.length][designs];
    valueOn = new double[lambdas.length][designs];
    for (int l = 0; l < lambdas.length; l++) {
      Arrays.fill(networkOn[l], NONE);
      Arrays.fill(valueOn[l], Double.NEGATIVE_INFINITY);
    }
    single = own.single(problem);
  }

  /** Surveys all pairs of a table's networks and its designs. */
  static PairSurvey of(
      SearchProblem problem, AccuracyTable accuracies, double[] lambdas, int threads) {
    return of(problem, new OwnDesigns(problem, accuracies, threads), lambdas, threads);
  }

  /**
   * Surveys all pairs.
   *
   * @param own of a problem that differs in λ and limits only
   */
  static PairSurvey of(SearchProblem problem, OwnDesigns own, double[] lambdas, int threads) {
    PairSurvey survey = new PairSurvey(problem, own, lambdas);
    if (!problem.objective().constraints().isEmpty()) {
      own.chunks(from -> survey.keepLimits(own, from));
    }
    int designs = problem.table().designs();
    int together = CHUNK * BestOnDesigns.DESIGNS;
    List<Integer> starts =
        IntStream.range(0, (designs + together - 1) / together)
            .mapToObj(i -> i * together)
            .toList();
    Parallel.of("the survey of all pairs", threads)
        .map(
            starts,
            from -> {
              BestOnDesigns best = new BestOnDesigns(survey, own);
              int end = Math.min(from + together, designs);
              for (int d = from; d < end; d += BestOnDesigns.DESIGNS) {
                best.survey(d);
              }
              return end;
            });
    return survey;
  }

  /** Replaces designs that violate the limits. */
  private void keepLimits(OwnDesigns own, int from) {
    CostTable table = problem.table();
    Objective objective = problem.objective();
    HardwareOracle oracle = HardwareOracle.of(table);
    double[] m = new double[3];
    for (int n = from; n < own.end(from); n++) {
      table.metricsOn(own.choices[n], designOf[n], m);
      if (objective.feasible(m[0], m[1], m[2])) {
        continue;
      }
      int within = oracle.best(own.choices[n], objective);
      table.metricsOn(own.choices[n], within, m);
      boolean feasible = objective.feasible(m[0], m[1], m[2]);
      designOf[n] = feasible ? within : NONE;
      costOf[n] = feasible ? objective.cost(m[0], m[1], m[2]) : Double.NaN;
    }
  }

  /** Value of a network on its own best design; −∞ if none is feasible. */
  double value(int network, double lambda) {
    return designOf[network] == NONE
        ? Double.NEGATIVE_INFINITY
        : accuracies.get(network) - lambda * costOf[network] / problem.reference();
  }
}
