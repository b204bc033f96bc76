package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluator;
import dance.evaluate.ExactEvaluatorTest;
import dance.evaluate.Fidelity;
import dance.evaluate.SyntheticModel;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of both networks in series, on spaces that they learn in seconds. */
class NeuralEvaluatorTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = SyntheticModel.few();
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);
  private static final EvaluatorOptions SHORT =
      EvaluatorOptions.defaults().width(48).batch(96, 0.005).steps(400, 1000);
  private static final NeuralEvaluator TRAINED =
      NeuralEvaluator.train(TABLE, Objective.EDAP, SHORT, Progress.SILENT);

  @AfterAll
  static void close() {
    TRAINED.close();
  }

  @Test
  void trainingFromNothingReachesTheFloor() {
    Fidelity.Sample all = TRAINED.fidelity().all();
    assertThat(all.heads().values())
        .allSatisfy(accuracy -> assertThat(accuracy).isGreaterThan(0.95));
    assertThat(all.errors().values())
        .allSatisfy(error -> assertThat(error.mean()).isLessThan(0.03));
    assertThat(all.regret().mean()).isLessThan(0.005);
    assertThat(all.regret().p99()).isLessThan(0.05);
    assertThat(all.spearman().get(Metric.LATENCY)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @CsvSource({"PAPER,true,0.15", "PAPER,false,1", "CONTRIBUTIONS,false,1"})
  void everyFormLearns(EvaluatorOptions.Form form, boolean forwarded, double floor) {
    EvaluatorOptions base =
        form == EvaluatorOptions.Form.PAPER
            ? EvaluatorOptions.paper()
            : EvaluatorOptions.defaults();
    EvaluatorOptions options =
        base.featureForwarding(forwarded).width(48).batch(96, 0.005).steps(300, 600);
    try (NeuralEvaluator made =
        NeuralEvaluator.train(TABLE, Objective.EDAP, options, Progress.SILENT)) {
      Fidelity.Sample all = made.fidelity().all();
      assertThat(all.errors().get(Metric.AREA).mean()).isLessThan(0.15);
      assertThat(all.errors().get(Metric.ENERGY).mean()).isLessThan(floor);
      assertThat(all.regret().mean()).isLessThan(0.05);
    }
  }

  @Test
  void oneSeedGivesOneResult() {
    EvaluatorOptions few = SHORT.steps(30, 30).seed(7);
    List<byte[]> weights = new ArrayList<>();
    for (EvaluatorOptions options : List.of(few, few, few.seed(8))) {
      try (NeuralEvaluator made =
          NeuralEvaluator.train(TABLE, Objective.EDP, options, Progress.SILENT)) {
        weights.add(EvaluatorFile.weights(made));
      }
    }
    assertThat(weights.get(1)).isEqualTo(weights.get(0));
    assertThat(weights.get(2)).isNotEqualTo(weights.get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void trainingKeepsItsWeightsAlone(int steps) {
    try (NeuralEvaluator made =
        NeuralEvaluator.train(TABLE, Objective.EDAP, SHORT.steps(steps, steps), Progress.SILENT)) {
      // of each network five matrices, five vectors, scale and shift; and the sums of their input
      assertThat(made.manager().getManagedArrays()).hasSize(2 * (2 * 5 + 2) + 1);
    }
  }

  @Test
  void anyThreadMayTrain() throws Exception {
    Torch.engine();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Callable<Long> train =
          () -> {
            try (NeuralEvaluator made =
                NeuralEvaluator.train(TABLE, Objective.EDAP, SHORT.steps(2, 2), Progress.SILENT)) {
              return made.examples().get("cost estimation network");
            }
          };
      assertThat(other.submit(train).get()).isEqualTo(2L * SHORT.batch());
    } finally {
      other.shutdown();
    }
  }

  @Test
  void trainingEndsEarlyWithoutProgress() {
    List<Progress.State> states = new ArrayList<>();
    EvaluatorOptions hopeless = SHORT.batch(4, 1e-9).steps(5000, 1500).patience(1);
    try (NeuralEvaluator made =
        NeuralEvaluator.train(TABLE, Objective.EDAP, hopeless, states::add)) {
      assertThat(made.examples().get("hardware generation network")).isLessThan(4 * 5000L);
      Progress.State last = states.get(states.size() - 1);
      assertThat(last.done()).isEqualTo(last.total());
      assertThat(last.note()).matches("loss .*, validation error .* %");
    }
  }

  @Test
  void interruptingCancelsTraining() {
    Progress interrupter = state -> Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                NeuralEvaluator.train(
                    TABLE, Objective.EDAP, SHORT.steps(100_000, 100_000), interrupter))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("cancelled after");
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameQuestionGetsTheSameAnswer(long seed) {
    Random random = new Random(seed);
    double[] p = ExactEvaluatorTest.relaxed(NETWORKS, random);
    double[][] metrics = new double[2][3];
    double[][] gradient = new double[2][p.length];
    for (int i = 0; i < 2; i++) {
      TRAINED.expected(p, Objective.EDAP, metrics[i], gradient[i]);
      TRAINED.expected(
          ExactEvaluatorTest.relaxed(NETWORKS, random), Objective.EDP, new double[3], null);
    }
    assertThat(metrics[1]).isEqualTo(metrics[0]);
    assertThat(gradient[1]).isEqualTo(gradient[0]);
    double[] on = new double[3];
    TRAINED.on(TRAINED.designIndex(p), p, on);
    for (int k = 0; k < 3; k++) {
      assertThat(on[k]).isCloseTo(metrics[0][k], within(1e-5 * on[k]));
    }
  }

  @Test
  void gradientPointsWhereTheExactOnePoints() {
    ExactEvaluator exact = ExactEvaluator.of(TABLE, Objective.EDAP);
    Random random = new Random(4);
    double sum = 0;
    for (int n = 0; n < 50; n++) {
      double[] p = ExactEvaluatorTest.relaxed(NETWORKS, random);
      double[] mine = new double[p.length];
      double[] truth = new double[p.length];
      TRAINED.expected(p, Objective.EDAP, new double[3], mine);
      exact.expected(p, Objective.EDAP, new double[3], truth);
      for (int i = 0; i < p.length; i++) {
        mine[i] = p[i] == 0 ? 0 : mine[i];
      }
      sum += dot(mine, truth) / Math.sqrt(dot(mine, mine) * dot(truth, truth));
    }
    assertThat(sum / 50).isGreaterThan(0.7);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void heldOutNetworksAreNeverLearnedFrom() {
    Random random = new Random(1);
    Set<IntBuffer> held = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      held.add(IntBuffer.wrap(NETWORKS.choice(NETWORKS.sample(random))));
    }
    RelaxedArchitectures others = new RelaxedArchitectures(NETWORKS, held);
    SplittableRandom source = new SplittableRandom(2);
    double[] p = new double[others.size()];
    for (int i = 0; i < 2000; i++) {
      others.network(source, p);
      assertThat(held).doesNotContain(IntBuffer.wrap(NETWORKS.choice(NETWORKS.decode(p))));
      assertThat(NETWORKS.encode(NETWORKS.decode(p))).isEqualTo(p);
    }
  }

  /** Closed form and autograd are two ways to one number. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1})
  void exactGradientEqualsAutograd(double temperature) {
    ExactEvaluator exact = ExactEvaluator.of(TABLE, Objective.EDAP).temperature(temperature);
    int designs = TABLE.designs();
    int size = TABLE.encodingSize();
    double[] latency = new double[size * designs];
    double[] energy = new double[size * designs];
    double[] fixed = new double[3 * designs];
    int operations = NETWORKS.operations().size();
    for (int d = 0; d < designs; d++) {
      for (int i = 0; i < size; i++) {
        latency[i * designs + d] = TABLE.latencyMs(i / operations, i % operations, d);
        energy[i * designs + d] = TABLE.energyMj(i / operations, i % operations, d);
      }
      fixed[d] = TABLE.fixedLatencyMs(d);
      fixed[designs + d] = TABLE.fixedEnergyMj(d);
      fixed[2 * designs + d] = TABLE.areaMm2(d);
    }
    double[] p = ExactEvaluatorTest.relaxed(NETWORKS, new Random(3));
    double[] closed = new double[size];
    double[] metrics = new double[3];
    exact.expected(p, Objective.EDAP, metrics, closed);
    try (NDManager owner = Torch.manager()) {
      NDArray x = owner.create(p, new Shape(1, size));
      NDArray constants = owner.create(fixed, new Shape(3, 1, designs));
      NDArray tableL = owner.create(latency, new Shape(size, designs));
      NDArray tableE = owner.create(energy, new Shape(size, designs));
      // held by its owner: DJL would put a Number into memory that nobody holds
      NDArray scale = owner.create(new double[] {-1 / temperature}, new Shape(1, 1));
      x.setRequiresGradient(true);
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        NDArray l = x.matMul(tableL).add(constants.get(0));
        NDArray e = x.matMul(tableE).add(constants.get(1));
        NDArray a = constants.get(2);
        NDArray weights = l.mul(e).mul(a).log().mul(scale).softmax(1);
        NDArray cost = l.mul(weights).sum().mul(e.mul(weights).sum()).mul(a.mul(weights).sum());
        collector.backward(cost);
        assertThat(cost.getDouble())
            .isCloseTo(
                Objective.EDAP.cost(metrics[0], metrics[1], metrics[2]),
                within(1e-9 * cost.getDouble()));
      }
      double[] autograd = x.getGradient().toDoubleArray();
      double largest = Arrays.stream(autograd).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < size; i++) {
        // the closed form leaves out operations that are not allowed at a block: so does the table
        assertThat(closed[i]).isCloseTo(autograd[i], within(1e-6 * largest));
      }
    }
  }

  @Test
  void sumsAreThoseOfOneThread() {
    int[] threads = {0};
    Objective asking =
        Objective.of(
            "asking",
            (l, e, a) -> l,
            (l, e, a, into) -> {
              threads[0] = JniUtils.getNumThreads();
              into[0] = 1;
            });
    double[] p = NETWORKS.uniform();
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(2);
    try {
      TRAINED.expected(p, asking, new double[3], new double[p.length]);
      assertThat(threads[0]).isEqualTo(1);
      assertThat(JniUtils.getNumThreads()).isEqualTo(2);
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  @Test
  @Tag("memory")
  void nothingNativeIsLeftBehind() throws IOException {
    double[] p = NETWORKS.uniform();
    double[] gradient = new double[p.length];
    double[] metrics = new double[3];
    long before = 0;
    int arrays = TRAINED.manager().getManagedArrays().size();
    for (int i = 0; i < 6000; i++) {
      if (i == 1000) {
        before = nativeKb();
      }
      TRAINED.expected(p, Objective.EDAP, metrics, gradient);
      TRAINED.on(3, p, metrics);
    }
    assertThat(TRAINED.manager().getManagedArrays()).hasSize(arrays);
    Assumptions.assumeTrue(before != 0, "this system does not say how much memory is in use");
    // 5,000 evaluations make over 200,000 arrays: leaked, they would take far more
    assertThat(nativeKb() - before).isLessThan(64 * 1024);
  }

  /** Memory in use but for Java's heap, which grows as its collector likes. */
  private static long nativeKb() throws IOException {
    long resident = residentKb();
    return resident == 0 ? 0 : resident - Runtime.getRuntime().totalMemory() / 1024;
  }

  private static long residentKb() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  @Test
  void optionsSayAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                new EvaluatorOptions(
                    new EvaluatorOptions.Networks(EvaluatorOptions.Form.PAPER, true, 0),
                    new EvaluatorOptions.Steps(1, 0, 1, 2),
                    new EvaluatorOptions.Temperatures(-1, 0),
                    0,
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "width (0)",
            "batch (1)",
            "steps (0 and 1)",
            "rate (2.0)",
            "label temperature (-1.0)",
            "Gumbel temperature (0.0)",
            "patience (0)");
  }

  @Test
  void probabilitiesOfAnotherSpaceAreRefused() {
    assertThatThrownBy(() -> TRAINED.designIndex(new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 probabilities do not fit space tiny");
  }
}
