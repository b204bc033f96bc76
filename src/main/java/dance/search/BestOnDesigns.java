package dance.search;

import dance.cost.Objective;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the best network on each design of a block, and then of the next one, whose winners are
 * mostly the same: they are looked at first, so that bounds exclude most others. Writes into a
 * {@link PairSurvey}. Not thread-safe.
 */
final class BestOnDesigns {
  /** Designs of a block: with more, bounds are looser; with fewer, there are more of them. */
  static final int DESIGNS = 32;

  private final PairSurvey survey;
  private final int[][] choices;
  private final int[] rivals;
  private final Objective objective;
  private final Objective.Function function;
  private final boolean limited;
  private final boolean bounding;
  private final double[] costs = new double[DESIGNS];

  /** Whether some network may be feasible on a design of the block. */
  private final boolean[] possible = new boolean[DESIGNS];

  /** {@code [lambdas]}: the least of the best values on the designs of the block. */
  private final double[] floor;

  private final double[] m = new double[3];
  private Set<Integer> winners = new TreeSet<>();

  BestOnDesigns(PairSurvey survey, OwnDesigns own) {
    this.survey = survey;
    choices = own.choices;
    rivals = own.rivals;
    objective = survey.problem.objective();
    function = objective.function();
    limited = !objective.constraints().isEmpty();
    bounding = objective.isMonotone();
    floor = new double[survey.lambdas.length];
  }

  /** The block of designs that begins here. */
  void survey(int from) {
    DesignBlock block = new DesignBlock(survey.problem.table(), from, 1, DESIGNS);
    boolean any = false;
    for (int c = 0; c < block.columns; c++) {
      block.everyNetwork(c, m);
      possible[c] = !limited || objective.feasible(m[0], m[1], m[2]);
      any |= possible[c];
    }
    if (!any) {
      return;
    }
    Arrays.fill(floor, Double.NEGATIVE_INFINITY);
    winners.forEach(n -> compare(block, n));
    for (int n : rivals) {
      if (!bounding || promising(block, n)) {
        compare(block, n);
      }
    }
    winners = new TreeSet<>();
    for (int[] best : survey.networkOn) {
      for (int d = from; d < from + block.columns; d++) {
        if (best[d] != PairSurvey.NONE) {
          winners.add(best[d]);
        }
      }
    }
  }

  /** Whether a network may be as good as the best known one on some design of the block. */
  private boolean promising(DesignBlock block, int network) {
    block.atLeast(choices[network], m);
    if (limited && !objective.feasible(m[0], m[1], m[2])) {
      return false;
    }
    double cost = function.of(m[0], m[1], m[2]);
    for (int l = 0; l < floor.length; l++) {
      if (value(network, l, cost) >= floor[l]) {
        return true;
      }
    }
    return false;
  }

  /** As {@link SearchProblem#value} rounds it. */
  private double value(int network, int l, double cost) {
    return survey.accuracies.get(network) - survey.lambdas[l] * cost / survey.problem.reference();
  }

  private void compare(DesignBlock block, int network) {
    block.sum(choices[network]);
    block.costs(function, costs);
    for (int l = 0; l < floor.length; l++) {
      double[] values = survey.valueOn[l];
      int[] networks = survey.networkOn[l];
      boolean better = false;
      for (int c = 0; c < block.columns; c++) {
        int d = block.from + c;
        double value = value(network, l, costs[c]);
        // of equal ones the first, in whatever order they are looked at
        if ((value > values[d] || value == values[d] && network < networks[d])
            && keepsLimits(block, c)) {
          values[d] = value;
          networks[d] = network;
          better = true;
        }
      }
      if (better) {
        floor[l] = least(values, block);
      }
    }
  }

  private boolean keepsLimits(DesignBlock block, int c) {
    return !limited
        || objective.feasible(block.latencyMs()[c], block.energyMj()[c], block.areaMm2[c]);
  }

  private double least(double[] values, DesignBlock block) {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < block.columns; c++) {
      least = possible[c] ? Math.min(least, values[block.from + c]) : least;
    }
    return least;
  }
}
