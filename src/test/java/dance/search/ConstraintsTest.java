package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Metric;
import dance.cost.Metrics;
import dance.evaluate.CostTable;
import dance.space.NetworkSpace;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hard limits: kept where they can be kept, refused where not. */
class ConstraintsTest {
  private static final SearchProblem FREE = SearchExamples.problem(0.001);
  private static final ExhaustiveOptimum OPTIMUM = ExhaustiveOptimum.of(FREE, 1);
  private static final Metric[] METRICS = {Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDP};

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /** Limits that some design keeps and the optimum without limits does not. */
  private static SearchProblem limited(Random random) {
    NetworkSpace space = FREE.task().space();
    CostTable table = FREE.table();
    while (true) {
      Metrics witness =
          table.metrics(
              space.network(space.sample(random)),
              table.accelerator(table.acceleratorSpace().sample(random)));
      SearchProblem problem = FREE;
      boolean binding = false;
      for (Metric metric : METRICS) {
        if (random.nextBoolean()) {
          problem = problem.atMost(metric, metric.of(witness) * 1.001);
          binding |= metric.of(witness) * 1.001 < metric.of(OPTIMUM.best().metrics());
        }
      }
      if (binding) {
        return problem;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aConstrainedSearchKeepsThem(long seed) {
    SearchProblem problem = limited(new Random(seed));
    CoExplorerOptions options = CoExplorerOptions.defaults();
    SearchResult kept = CoExplorer.exact(options).search(problem, seed, Budget.unlimited());
    assertThat(kept.feasible()).isTrue();
    assertThat(problem.objective().feasible(kept.metrics())).isTrue();
    assertThat(ExhaustiveOptimum.of(problem, 1).regret(kept.value(), true)).isLessThan(0.05);
    SearchResult plain =
        CoExplorer.exact(options.limits(CoExplorerOptions.Limits.IGNORED))
            .search(problem, seed, Budget.unlimited());
    assertThat(plain.feasible()).isEqualTo(problem.objective().feasible(plain.metrics()));
    assertThat(plain.feasible()).isFalse(); // it finds the optimum without limits
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void limitsAreRefusedExactlyWhereNoDesignKeepsThem(long seed) {
    Random random = new Random(seed);
    SearchProblem problem = FREE;
    for (Metric metric : METRICS) {
      if (random.nextBoolean()) {
        double of = metric.of(OPTIMUM.best().metrics());
        problem = problem.atMost(metric, of * Math.exp(-3 * random.nextDouble()));
      }
    }
    SearchProblem asked = problem;
    if (ExhaustiveOptimum.of(asked, 1).feasible()) {
      Feasibility.check(asked);
      assertThat(Feasibility.witness(asked, 1).feasible()).isTrue();
    } else {
      assertThatThrownBy(() -> Feasibility.check(asked))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be kept");
    }
  }

  @Test
  void theLeastThatCanBeReachedIsNamed() {
    double least =
        FREE.table().acceleratorSpace().list().stream()
            .mapToDouble(
                a ->
                    FREE.task()
                        .space()
                        .genotypes()
                        .mapToDouble(
                            g ->
                                FREE.table().metrics(FREE.task().space().network(g), a).latencyMs())
                        .min()
                        .orElseThrow())
            .min()
            .orElseThrow();
    assertThatThrownBy(() -> Feasibility.check(FREE.atMost(Metric.LATENCY, least * 0.999)))
        .hasMessageContaining(
            "the least that any network reaches is "
                + dance.cost.SignificantDigits.measure(least)
                + " ms, on template:");
    Feasibility.check(FREE.atMost(Metric.LATENCY, least * 1.001));
  }
}
