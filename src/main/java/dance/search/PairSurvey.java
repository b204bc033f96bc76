package dance.search;

import dance.cost.Objective;
import dance.cost.Parallel;
import dance.evaluate.CostTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass over all pairs of a network and a design, after which both directions are known: the
 * best design of every network, and the best network on every design, for several λ at once. The
 * arrays do not depend on the number of threads; of equal pairs the first is kept.
 */
final class PairSurvey {
  private static final int CHUNK = 256;

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

  /** {@code [designs]}: mean over the networks of the cost relative to that of the best design. */
  final double[] meanExcess;

  private PairSurvey(SearchProblem problem, AccuracyTable accuracies, double[] lambdas) {
    this.problem = problem;
    this.accuracies = accuracies;
    this.lambdas = lambdas;
    int designs = problem.table().designs();
    designOf = new int[accuracies.size()];
    costOf = new double[accuracies.size()];
    networkOn = new int[lambdas.length][designs];
    valueOn = new double[lambdas.length][designs];
    meanExcess = new double[designs];
    for (int l = 0; l < lambdas.length; l++) {
      Arrays.fill(networkOn[l], NONE);
      Arrays.fill(valueOn[l], Double.NEGATIVE_INFINITY);
    }
  }

  /** Surveys all pairs of a table's networks and its designs. */
  static PairSurvey of(
      SearchProblem problem, AccuracyTable accuracies, double[] lambdas, int threads) {
    PairSurvey survey = new PairSurvey(problem, accuracies, lambdas);
    List<Integer> chunks = new ArrayList<>();
    for (int from = 0; from < survey.designOf.length; from += CHUNK) {
      chunks.add(from);
    }
    // in the order of the networks, so that sums and ties do not depend on the threads
    Parallel.of("the survey of all pairs", threads)
        .map(chunks, survey::chunk)
        .forEach(survey::merge);
    for (int d = 0; d < survey.meanExcess.length; d++) {
      survey.meanExcess[d] /= survey.designOf.length;
    }
    return survey;
  }

  /** What a chunk of networks adds to the arrays over designs. */
  private record Part(int[][] networkOn, double[][] valueOn, double[] excess) {}

  private Part chunk(int from) {
    CostTable table = problem.table();
    Objective objective = problem.objective();
    Objective.Function function = objective.function();
    boolean limited = !objective.constraints().isEmpty();
    int designs = table.designs();
    double[] latencyMs = new double[designs];
    double[] energyMj = new double[designs];
    double[] costs = new double[designs];
    boolean[] feasible = new boolean[designs];
    Arrays.fill(feasible, true);
    double[][] valueOnDesign = new double[lambdas.length][designs];
    int[][] networkOnDesign = new int[lambdas.length][designs];
    double[] excess = new double[designs];
    for (int l = 0; l < lambdas.length; l++) {
      Arrays.fill(valueOnDesign[l], Double.NEGATIVE_INFINITY);
      Arrays.fill(networkOnDesign[l], NONE);
    }
    int[] choice = new int[table.networkSpace().blocks()];
    int end = Math.min(from + CHUNK, designOf.length);
    for (int n = from; n < end; n++) {
      accuracies.choice(n, choice);
      table.sum(choice, latencyMs, energyMj);
      int best = NONE;
      double cheapest = Double.POSITIVE_INFINITY;
      for (int d = 0; d < designs; d++) {
        costs[d] = function.of(latencyMs[d], energyMj[d], table.areaMm2(d));
        cheapest = Math.min(cheapest, costs[d]);
        if (limited) {
          feasible[d] = objective.feasible(latencyMs[d], energyMj[d], table.areaMm2(d));
        }
        if (feasible[d] && (best == NONE || costs[d] < costs[best])) {
          best = d;
        }
      }
      designOf[n] = best;
      costOf[n] = best == NONE ? Double.NaN : costs[best];
      for (int d = 0; d < designs; d++) {
        excess[d] += costs[d] / cheapest;
      }
      double accuracy = accuracies.get(n);
      for (int l = 0; l < lambdas.length; l++) {
        double weight = lambdas[l];
        for (int d = 0; d < designs; d++) {
          // as SearchProblem.value rounds it
          double value = accuracy - weight * costs[d] / problem.reference();
          if (value > valueOnDesign[l][d] && feasible[d]) {
            valueOnDesign[l][d] = value;
            networkOnDesign[l][d] = n;
          }
        }
      }
    }
    return new Part(networkOnDesign, valueOnDesign, excess);
  }

  private void merge(Part part) {
    for (int d = 0; d < meanExcess.length; d++) {
      meanExcess[d] += part.excess[d];
      for (int l = 0; l < lambdas.length; l++) {
        if (part.valueOn[l][d] > valueOn[l][d]) {
          valueOn[l][d] = part.valueOn[l][d];
          networkOn[l][d] = part.networkOn[l][d];
        }
      }
    }
  }

  /** Value of a network on its own best design; −∞ if none is feasible. */
  double value(int network, double lambda) {
    return designOf[network] == NONE
        ? Double.NEGATIVE_INFINITY
        : accuracies.get(network) - lambda * costOf[network] / problem.reference();
  }
}
