package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluator;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches with trained evaluators: they resume bit for bit, and only with the same evaluator. */
class NeuralSearchTest {
  private static final CoExplorerOptions OPTIONS =
      CoExplorerOptions.defaults().epochs(4, 3).restarts(3, 1);
  private static final SearchProblem PROBLEM = SearchExamples.problem(0.1);
  private static NeuralEvaluator one;
  private static NeuralEvaluator other;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    one = evaluator(1);
    other = evaluator(2);
  }

  @AfterAll
  static void close() {
    one.close();
    other.close();
  }

  private static NeuralEvaluator evaluator(long seed) {
    CostTable table = PROBLEM.table();
    EvaluatorOptions options =
        EvaluatorOptions.defaults().width(16).batch(32, 0.005).steps(60, 60).seed(seed);
    return NeuralEvaluator.train(table, Objective.EDAP, options, Progress.SILENT);
  }

  private static SearchResult search(SearchMethod method) {
    return method.search(PROBLEM, 3, Budget.unlimited());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void anInterruptedSearchResumesBitForBit(int epoch) {
    CoExplorerOptions kept = OPTIONS.checkpoints(folder);
    int[] seen = {0};
    SearchListener stopping =
        (e, done, total) -> {
          if (++seen[0] == epoch) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(
            () -> CoExplorer.neural(one, kept).search(PROBLEM, 3, Budget.unlimited(), stopping))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("it resumes from " + folder.resolve("search.checkpoint"));
    assertThat(Thread.interrupted()).isTrue();
    Path saved = folder.resolve("evaluator.json");
    one.save(saved);
    // as another process would: the evaluator from its file
    try (NeuralEvaluator again = NeuralEvaluator.load(saved, PROBLEM.table(), Objective.EDAP)) {
      SearchResult resumed = search(CoExplorer.neural(again, kept));
      SearchResult whole = search(CoExplorer.neural(one, OPTIONS));
      assertThat(SearchMethodsTest.timeless(resumed)).isEqualTo(SearchMethodsTest.timeless(whole));
    }
  }

  @Test
  void aCheckpointKnowsItsEvaluator() {
    CoExplorerOptions kept = OPTIONS.checkpoints(folder);
    search(CoExplorer.neural(one, kept));
    assertThatThrownBy(() -> search(CoExplorer.neural(other, kept)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is of another search")
        .hasMessageContaining("neural evaluator of ");
  }

  @Test
  void aCheckpointKnowsTheTemperatureOfExactCosts() {
    search(exact(0.01));
    search(exact(0.01));
    assertThatThrownBy(() -> search(exact(0.02)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is of another search")
        .hasMessageContaining("temperature 0.02");
  }

  private CoExplorer exact(double temperature) {
    return new CoExplorer(
        "exact",
        p -> ExactEvaluator.of(p.table(), p.objective()).temperature(temperature),
        0,
        OPTIONS.checkpoints(folder));
  }

  @Test
  void aKeptResultKnowsItsEvaluator() {
    List<SearchMethod> kept = new ArrayList<>();
    for (NeuralEvaluator evaluator : List.of(one, other)) {
      kept.add(new CachedMethod(CoExplorer.neural(evaluator, OPTIONS), folder, result -> {}));
    }
    SearchResult first = search(kept.get(0));
    SearchResult second = search(kept.get(1));
    assertThat(second.believed()).isNotEqualTo(first.believed());
    assertThat(search(kept.get(0))).isEqualTo(first);
    assertThat(search(kept.get(1))).isEqualTo(second);
    assertThat(folder.toFile().list()).hasSize(2);
  }
}
