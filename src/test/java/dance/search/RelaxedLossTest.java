package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.ExactEvaluator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of the whole loss by α is that of finite differences. */
class RelaxedLossTest {
  private static final int SIZE = 12;
  private static final double H = 1e-5;

  @ParameterizedTest
  @CsvSource({"1,false,0.9", "2,true,0.9", "3,false,0.05", "4,true,0.5", "5,false,0"})
  void ofExactCosts(long seed, boolean gumbel, double progress) throws IOException {
    SearchProblem problem = SearchExamples.problem(0.2);
    CostTerm term =
        new EvaluatorTerm(
            problem, ExactEvaluator.of(problem.table(), problem.objective()).temperature(0.1));
    check(problem, term, seed, gumbel, progress);
  }

  @ParameterizedTest
  @CsvSource({"1,false,0.9", "2,true,0.3"})
  void ofOperations(long seed, boolean gumbel, double progress) throws IOException {
    SearchProblem problem = SearchExamples.problem(0.2);
    check(problem, new OperationsTerm(problem, OperationCounts.ALL, 1), seed, gumbel, progress);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void ofTheExcess(long seed) throws IOException {
    SearchProblem free = SearchExamples.problem(0.2);
    Objective limited = Objective.EDAP.atMost(Metric.LATENCY, 1e-3).atMost(Metric.EDP, 1e-6);
    SearchProblem problem =
        new SearchProblem(free.task(), free.table(), limited, 0.2, free.reference());
    CostTerm term =
        new EvaluatorTerm(
            problem, ExactEvaluator.of(problem.table(), Objective.EDAP).temperature(0.1));
    RelaxedLoss loss = new RelaxedLoss(problem, options(false), term, SIZE);
    ArchitectureParameters alpha = parameters(problem, seed);
    double[] gradient = new double[SIZE];
    AccuracyModel model = problem.task().accuracyModel(1);
    loss.at(alpha, model, 0.5, null, new double[SIZE]);
    assertThat(loss.excess(alpha, gradient)).isPositive();
    for (int i = 0; i < SIZE; i++) {
      double numeric =
          (excess(loss, moved(problem, alpha, i, H), model)
                  - excess(loss, moved(problem, alpha, i, -H), model))
              / (2 * H);
      assertThat(gradient[i]).isCloseTo(numeric, within(1e-5 * (1 + Math.abs(numeric))));
    }
  }

  private static double excess(
      RelaxedLoss loss, ArchitectureParameters alpha, AccuracyModel model) {
    loss.at(alpha, model, 0.5, null, new double[SIZE]);
    return loss.excess(alpha, new double[SIZE]);
  }

  private static CoExplorerOptions options(boolean gumbel) {
    return CoExplorerOptions.defaults().gumbel(gumbel).entropy(-0.1, 0.3).temperatures(2, 0.5);
  }

  private static void check(
      SearchProblem problem, CostTerm term, long seed, boolean gumbel, double progress)
      throws IOException {
    RelaxedLoss loss = new RelaxedLoss(problem, options(gumbel), term, SIZE);
    ArchitectureParameters alpha = parameters(problem, seed);
    AccuracyModel model = problem.task().accuracyModel(1);
    double[] gradient = new double[SIZE];
    double[] unused = new double[SIZE];
    RelaxedLoss.Terms at = loss.at(alpha, model, progress, new Random(seed), gradient);
    assertThat(at.total()).isFinite();
    for (int i = 0; i < SIZE; i++) {
      double above =
          loss.at(moved(problem, alpha, i, H), model, progress, new Random(seed), unused).total();
      double below =
          loss.at(moved(problem, alpha, i, -H), model, progress, new Random(seed), unused).total();
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * H), within(1e-7));
    }
  }

  private static ArchitectureParameters parameters(SearchProblem problem, long seed) {
    return new ArchitectureParameters(problem.task().space(), 1, new SplittableRandom(seed));
  }

  /** The same parameters but for one. */
  private static ArchitectureParameters moved(
      SearchProblem problem, ArchitectureParameters alpha, int index, double by)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    alpha.write(new DataOutputStream(bytes));
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
    int place = Integer.BYTES + index * Double.BYTES;
    buffer.putDouble(place, buffer.getDouble(place) + by);
    ArchitectureParameters moved = parameters(problem, 0);
    moved.read(new DataInputStream(new ByteArrayInputStream(buffer.array())));
    return moved;
  }
}
