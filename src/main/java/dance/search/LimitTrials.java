package dance.search;

import dance.check.Rules;
import dance.cost.Metric;
import dance.evaluate.CostTable;
import dance.space.Genotype;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tests constraint handling: on random feasible limits, DANCE with λ alone and DANCE with hard
 * constraints, compared with the exhaustive optimum.
 *
 * <p>A network and an accelerator are drawn uniformly; a random nonempty subset of their latency,
 * energy and area, rounded up to three digits, are the limits.
 *
 * @param free the problem without limits
 * @param optimum of it, which violates many of the limits, but not all
 * @param each the two searches on the problem with one draw of limits, in the order of the draws
 */
public record LimitTrials(SearchProblem free, ExhaustiveOptimum optimum, List<Comparison> each) {
  private static final List<Metric> METRICS = List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA);
  private static final MathContext THREE_UP = new MathContext(3, RoundingMode.CEILING);

  /** Name of the search by λ alone. */
  public static final String PLAIN = "λ alone";

  /** Name of the search with hard constraints. */
  public static final String KEPT = "limits kept";

  /**
   * Draws limits and searches.
   *
   * @param problem whose limits, if any, are ignored
   * @param search options, except for the treatment of constraints
   * @param count number of draws
   * @param seed of the draws; those of the searches follow it
   * @throws IllegalArgumentException if the problem's task is not a table
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static LimitTrials run(
      SearchProblem problem, CoExplorer search, int count, long seed, Budget budget, int threads) {
    new Rules().require(count >= 1, "random limits (%d) must be at least 1", count).check();
    SearchProblem free = problem.unlimited();
    ExhaustiveOptimum optimum = ExhaustiveOptimum.of(free, threads);
    List<SearchMethod> methods =
        List.of(
            search.options(search.options().limits(CoExplorerOptions.Limits.IGNORED)).name(PLAIN),
            search.options(search.options().limits(CoExplorerOptions.Limits.HARD)).name(KEPT));
    SplittableRandom random = new SplittableRandom(seed);
    List<Comparison> each = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SearchProblem limited = limited(free, random);
      each.add(Comparison.run(limited, methods, new long[] {seed + i}, budget, threads));
    }
    return new LimitTrials(free, optimum, List.copyOf(each));
  }

  private static SearchProblem limited(SearchProblem free, SplittableRandom random) {
    CostTable table = free.table();
    Genotype genotype = free.task().space().sample(random);
    double[] metrics = new double[3];
    table.metricsOn(free.task().space().choice(genotype), random.nextInt(table.designs()), metrics);
    int which = 1 + random.nextInt((1 << METRICS.size()) - 1);
    SearchProblem limited = free;
    for (int i = 0; i < METRICS.size(); i++) {
      if ((which >> i & 1) == 1) {
        double limit = new BigDecimal(metrics[i]).round(THREE_UP).doubleValue();
        limited = limited.atMost(METRICS.get(i), limit);
      }
    }
    return limited;
  }

  /** Whether the unconstrained optimum violates the limits of a trial. */
  public boolean binding(Comparison trial) {
    return !trial.problem().objective().feasible(optimum.best().metrics());
  }

  /** Number of trials in which the unconstrained optimum violates the limits. */
  public long binding() {
    return each.stream().filter(this::binding).count();
  }

  /** Number of trials in which a method's result is feasible. */
  public long kept(String method) {
    return each.stream().mapToLong(trial -> trial.feasible(method)).sum();
  }

  /** Regret of the feasible results. */
  public ConfidenceInterval regret(String method) {
    return ConfidenceInterval.of(
        each.stream()
            .filter(trial -> trial.feasible(method) > 0)
            .mapToDouble(trial -> trial.regret(trial.results().get(method).get(0)))
            .toArray());
  }
}
