package dance.search;

import dance.cost.Objective;
import dance.cost.Parallel;
import dance.evaluate.CostTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the one design for many networks: of the lowest mean cost relative to that of each
 * network's own best design. Runs of designs are left out whose lower bound, the mean of the costs
 * of their minima, is above the best mean; for an objective that is not known to be monotone all
 * are evaluated. The result does not depend on either, nor on the number of threads.
 */
final class MeanExcess {
  private static final int RUN = 16;
  private static final int COLUMNS = 32;

  private final SearchProblem problem;
  private final int[][] choices;
  private final double[] cheapest;
  private final boolean[] allowed;
  private final int threads;

  private MeanExcess(SearchProblem problem, int[][] choices, double[] cheapest, int threads) {
    this.problem = problem;
    this.choices = choices;
    this.cheapest = cheapest;
    this.threads = threads;
    allowed = FixedChip.allowed(problem);
  }

  /**
   * The index of that design, the first of equal ones; among those that keep a limit on area, if
   * any does.
   *
   * @param choices {@code [networks][blocks]}
   * @param cheapest {@code [networks]}: cost of each on its own best design, whatever the limits
   */
  static int least(SearchProblem problem, int[][] choices, double[] cheapest, int threads) {
    return new MeanExcess(problem, choices, cheapest, threads).least();
  }

  private int least() {
    int designs = problem.table().designs();
    int run = problem.objective().isMonotone() ? RUN : 1;
    double[] bounds = bounds(run);
    int promising = first(bounds);
    double[] sums = new double[designs];
    Arrays.fill(sums, Double.POSITIVE_INFINITY);
    evaluate(promising, run, sums);
    double most = sums[first(sums)];
    List<Integer> others =
        IntStream.range(0, bounds.length)
            .filter(r -> r != promising && bounds[r] <= most)
            .boxed()
            .toList();
    parallel()
        .map(
            others,
            r -> {
              evaluate(r, run, sums);
              return r;
            });
    return first(sums);
  }

  private Parallel parallel() {
    return Parallel.of("the search for one design for all networks", threads);
  }

  /** A lower bound of the sum of each run; infinite if none of its designs is allowed. */
  private double[] bounds(int run) {
    int designs = problem.table().designs();
    int runs = (designs + run - 1) / run;
    List<Integer> blocks =
        IntStream.range(0, (runs + COLUMNS - 1) / COLUMNS).mapToObj(i -> i * COLUMNS).toList();
    double[] bounds = new double[runs];
    parallel()
        .map(
            blocks,
            first -> {
              DesignBlock block = new DesignBlock(problem.table(), first * run, run, COLUMNS);
              System.arraycopy(sums(block), 0, bounds, first, block.columns);
              return first;
            });
    for (int r = 0; r < runs; r++) {
      boolean any =
          IntStream.range(r * run, Math.min(designs, (r + 1) * run)).anyMatch(d -> allowed[d]);
      bounds[r] = any ? bounds[r] : Double.POSITIVE_INFINITY;
    }
    return bounds;
  }

  private void evaluate(int at, int run, double[] sums) {
    CostTable table = problem.table();
    DesignBlock block = new DesignBlock(table, at * run, 1, run);
    double[] exact = sums(block);
    for (int c = 0; c < exact.length; c++) {
      sums[block.from + c] = allowed[block.from + c] ? exact[c] : Double.POSITIVE_INFINITY;
    }
  }

  /** In the order of the networks, so that bounds are rounded as what they bound. */
  private double[] sums(DesignBlock block) {
    Objective.Function function = problem.objective().function();
    double[] sums = new double[block.columns];
    double[] costs = new double[block.columns];
    for (int n = 0; n < choices.length; n++) {
      block.sum(choices[n]);
      block.costs(function, costs);
      double own = cheapest[n];
      for (int c = 0; c < costs.length; c++) {
        sums[c] += costs[c] / own;
      }
    }
    return sums;
  }

  /** The first of the smallest. */
  private static int first(double[] values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      least = values[i] < values[least] ? i : least;
    }
    return least;
  }
}
