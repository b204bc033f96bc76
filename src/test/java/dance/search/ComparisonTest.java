package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final SearchProblem PROBLEM = SearchExamples.problem(0.1);
  private static final List<SearchMethod> METHODS =
      List.of(
          CoExplorer.exact(CoExplorerOptions.defaults()),
          GradientBaseline.accuracyOnly(CoExplorerOptions.defaults()),
          RandomSearch.defaults(),
          Evolutionary.defaults());
  private static final long[] SEEDS = {1, 2, 3, 4};

  @Test
  void threadsChangeNothing() {
    Comparison one = Comparison.run(PROBLEM, METHODS, SEEDS, Budget.evaluations(150), 1);
    Comparison three = Comparison.run(PROBLEM, METHODS, SEEDS, Budget.evaluations(150), 3);
    assertThat(three.results().keySet()).isEqualTo(one.results().keySet());
    for (String method : one.results().keySet()) {
      for (int s = 0; s < SEEDS.length; s++) {
        assertThat(SearchMethodsTest.timeless(three.results().get(method).get(s)))
            .isEqualTo(SearchMethodsTest.timeless(one.results().get(method).get(s)));
      }
    }
  }

  @Test
  void regretFallsAndIsThatOfTheResultInTheEnd() {
    Comparison comparison = Comparison.run(PROBLEM, METHODS, SEEDS, Budget.evaluations(600), 2);
    double[] grid = {1, 10, 50, 100, 200, 400, 700};
    for (List<SearchResult> results : comparison.results().values()) {
      for (SearchResult result : results) {
        double[] regrets = comparison.regrets(result, Trace.Epoch::evaluations, grid);
        for (int i = 1; i < grid.length; i++) {
          assertThat(regrets[i]).isLessThanOrEqualTo(regrets[i - 1]);
        }
        // (a) does not end with the best that it has met
        assertThat(regrets[grid.length - 1]).isLessThanOrEqualTo(comparison.regret(result) + 1e-15);
        double cost = comparison.costTo(regrets[3], result, Trace.Epoch::evaluations);
        assertThat(cost).isLessThanOrEqualTo(100);
      }
    }
    assertThat(comparison.near("DANCE exact")).isEqualTo(4);
    assertThat(comparison.near("accuracy only")).isZero();
    assertThat(comparison.hypervolume("DANCE exact")).isBetween(0.1, 1.0);
    assertThat(comparison.front().points()).isNotEmpty();
    assertThat(comparison.interval("random", SearchResult::accuracy).mean()).isBetween(0.0, 1.0);
    assertThat(comparison.feasible("random")).isEqualTo(4);
  }

  @Test
  void intervalsAreStudents() {
    // t of 0.975 with 4 degrees of freedom: 2.776 (any table)
    ConfidenceInterval interval = ConfidenceInterval.of(1, 2, 3, 4, 5);
    assertThat(interval.mean()).isEqualTo(3);
    assertThat(interval.margin()).isCloseTo(2.776 * Math.sqrt(2.5 / 5), within(1e-3));
    assertThat(ConfidenceInterval.of(7).margin()).isNaN();
    assertThat(ConfidenceInterval.of(0.1, 0.1, 0.1).margin()).isZero();
    assertThat(ConfidenceInterval.of(1, 2, 3, 4, 5)).hasToString("3.000 ± 1.963");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    SearchMethod random = RandomSearch.defaults();
    assertThatThrownBy(
            () -> Comparison.run(PROBLEM, List.of(random, random), SEEDS, Budget.unlimited(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have different names", "threads (0)");
    assertThatThrownBy(
            () ->
                Comparison.run(
                    PROBLEM.atMost(Metric.AREA, 1), METHODS, SEEDS, Budget.unlimited(), 2))
        .hasMessageContaining("area ≤ 1.0 mm² cannot be kept");
    assertThatThrownBy(() -> Budget.parse("ten")).hasMessageContaining("budget ten must be");
    assertThatThrownBy(() -> Budget.parse("0 steps")).hasMessageContaining("must be positive");
    assertThat(Budget.parse("2.5 seconds")).isEqualTo(Budget.seconds(2.5));
    assertThat(Budget.parse("70")).isEqualTo(Budget.evaluations(70));
  }
}
