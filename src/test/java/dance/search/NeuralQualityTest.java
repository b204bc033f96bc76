package dance.search;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.space.AcceleratorSpace;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The paper's rows (c) and (d), DANCE without and with feature forwarding, compared with the
 * optimum of the bundled benchmark; the evaluators are trained in seconds.
 */
class NeuralQualityTest {
  private static final long[] SEEDS = LongStream.rangeClosed(1, 20).toArray();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nearlyAllSeedsComeWithinAPercentOfTheOptimum(boolean featureForwarding) {
    TabularTask task = TabularTask.mini();
    CostTable table = CostTable.bundled(task.space(), AcceleratorSpace.dance());
    SearchProblem problem = SearchProblem.of(task, table, Objective.EDAP, 0.1);
    EvaluatorOptions options =
        EvaluatorOptions.defaults()
            .featureForwarding(featureForwarding)
            .width(64)
            .batch(128, 0.005)
            .steps(250, 500);
    try (NeuralEvaluator evaluator =
        NeuralEvaluator.train(table, Objective.EDAP, options, Progress.SILENT)) {
      CoExplorer dance = CoExplorer.neural(evaluator, CoExplorerOptions.defaults());
      Comparison found =
          Comparison.run(problem, List.of(dance), SEEDS, Budget.evaluations(1000), 2);
      assertThat(found.near(dance.name())).isGreaterThanOrEqualTo(18);
    }
  }
}
