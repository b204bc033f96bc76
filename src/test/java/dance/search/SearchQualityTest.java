package dance.search;

import static org.assertj.core.api.Assertions.assertThat;

import dance.SharedData;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** NAS-Bench-201's networks with their accuracies on all of DANCE's designs with made-up costs. */
class SearchQualityTest {
  private static final Path ACCURACIES = Path.of("../shared/reference/nas-bench-201/accuracy.csv");
  private static final long[] SEEDS = LongStream.rangeClosed(1, 20).toArray();
  private static TabularTask task;
  private static CostTable table;

  @BeforeAll
  static void read() {
    SharedData.require(ACCURACIES);
    task = TabularTask.nasBench201(ACCURACIES, "cifar10");
    table = SearchExamples.table(NetworkSpace.nasBench201(), AcceleratorSpace.dance());
  }

  private static double median(Comparison comparison, String method, double regret) {
    return comparison.medianTo(regret, method, Trace.Epoch::evaluations);
  }

  @Test
  void evaluatedGradientsFindTheOptimumWithAThirdOfTheEvaluationsOfRandomSearch() {
    SearchProblem problem = SearchProblem.of(task, table, Objective.EDAP, 0.1);
    CoExplorer dance = CoExplorer.exact(CoExplorerOptions.defaults());
    StraightThrough evaluated = StraightThrough.defaults();
    SearchMethod random = new RandomSearch(50_000);
    Comparison comparison =
        Comparison.run(
            problem, List.of(dance, evaluated, random), SEEDS, Budget.evaluations(2000), 2);
    assertThat(comparison.truth().orElseThrow().pairs()).isEqualTo(15_625L * 4335);
    assertThat(comparison.near(dance.name())).isGreaterThanOrEqualTo(18);
    assertThat(comparison.near(evaluated.name())).isGreaterThanOrEqualTo(18);
    assertThat(3 * median(comparison, evaluated.name(), Comparison.NEAR))
        .isLessThan(median(comparison, "random", Comparison.NEAR));
  }

  @Test
  void anExactEvaluatorBeatsThePapersBaselines() {
    SearchProblem problem = SearchProblem.of(task, table, Objective.linear(1, 1, 1), 0.1);
    CoExplorerOptions options = CoExplorerOptions.defaults();
    CoExplorer dance = CoExplorer.exact(options);
    Comparison comparison =
        Comparison.run(
            problem,
            List.of(
                dance,
                GradientBaseline.accuracyOnly(options),
                GradientBaseline.flopsPenalty(options)),
            SEEDS,
            Budget.unlimited(),
            2);
    assertThat(comparison.near(dance.name())).isGreaterThanOrEqualTo(18);
    double found = comparison.interval(dance.name(), comparison::regret).mean();
    assertThat(found)
        .isLessThan(comparison.interval("accuracy only", comparison::regret).mean())
        .isLessThan(comparison.interval("FLOPs penalty", comparison::regret).mean());
  }
}
