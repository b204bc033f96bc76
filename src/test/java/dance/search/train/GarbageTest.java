package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.evaluate.neural.Torch;
import dance.search.SearchExamples;
import dance.space.Genotype;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a gradient needs is still there in the backward pass, whatever Java's collector of garbage
 * has taken meanwhile. DJL's own products with numbers and ReLU6 do not hold what they need.
 */
class GarbageTest {
  /** With DJL's products in place of ours, two in three runs of the shortest task differ. */
  private static final int RUNS = 2;

  private static final int PAUSE_MS = 1;

  /** Methods that compute a loss and its gradient. */
  private static final Set<String> GRADIENTS = Set.of("backward", "step", "expected");

  private static <T> void sameBesideACollector(Supplier<T> work) {
    T quiet = work.get();
    AtomicBoolean ended = new AtomicBoolean();
    Thread task = Thread.currentThread();
    Thread collector = new Thread(() -> litterBeside(task, ended), "garbage");
    collector.start();
    try {
      for (int i = 0; i < RUNS; i++) {
        assertThat(work.get()).as("beside a collector of garbage").isEqualTo(quiet);
      }
    } finally {
      ended.set(true);
      while (collector.isAlive()) {
        Thread.onSpinWait();
      }
    }
  }

  /** Litters again and again, but only during gradients: elsewhere nothing could be lost. */
  private static void litterBeside(Thread task, AtomicBoolean ended) {
    while (!ended.get()) {
      if (Arrays.stream(task.getStackTrace()).anyMatch(GarbageTest::isGradient)) {
        litter();
      }
      await(PAUSE_MS);
    }
  }

  private static boolean isGradient(StackTraceElement frame) {
    return GRADIENTS.contains(frame.getMethodName());
  }

  /** Collects, and writes into the memory that was free. */
  private static void litter() {
    System.gc();
    List<ByteBuffer> wrong = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      wrong.add(ByteBuffer.allocateDirect(4).putInt(0, i));
    }
    assertThat(wrong).isNotEmpty();
  }

  /** The reason: a factor without a reference is garbage-collected. */
  @Test
  void aFactorOfDjlsIsLost() {
    int lost = 0;
    for (int i = 0; i < 4; i++) {
      lost += slope(false) == 7 ? 0 : 1;
      assertThat(slope(true)).isEqualTo(7);
    }
    assertThat(lost).as("if 0, DJL holds factors now and Torch.number can go").isPositive();
  }

  private static float slope(boolean held) {
    try (NDManager owner = Torch.manager("cpu")) {
      NDArray x = owner.zeros(new Shape());
      x.setRequiresGradient(true);
      Training.backward(
          () -> {
            NDArray y = held ? x.mul(Torch.number(x, 7)) : x.mul(7f);
            litter();
            litter();
            return y;
          });
      return x.getGradient().getFloat();
    }
  }

  private static void await(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void training() {
    ImageData data = SyntheticImages.data(96, 24);
    TrainingOptions options = TrainingOptions.defaults().epochs(3).batch(24, 0.1).device("cpu");
    Genotype genotype = Genotype.parse("mb3e2,mb3e1");
    sameBesideACollector(
        () ->
            Training.fromScratch(
                SyntheticImages.SPACE,
                genotype,
                data.train(),
                data.test(),
                options,
                Progress.SILENT));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sharedWeights(boolean sampled) {
    Images images = SyntheticImages.images(48, 1);
    SupernetOptions options = SupernetOptions.defaults().sampled(sampled).batch(24, 0.1);
    sameBesideACollector(
        () -> {
          SplittableRandom random = new SplittableRandom(2);
          List<String> seen = new ArrayList<>();
          try (Supernet net = new Supernet(SyntheticImages.SPACE, images, images, options, 5)) {
            for (int i = 0; i < 8; i++) {
              double[] gates =
                  sampled
                      ? SyntheticImages.SPACE.encode(SyntheticImages.SPACE.sample(random))
                      : new double[6];
              if (!sampled) {
                Arrays.setAll(gates, k -> random.nextDouble());
              }
              double[] gradient = new double[gates.length];
              seen.add(net.train(gates, 0.1) + " " + net.loss(gates, gradient));
              seen.add(Arrays.toString(gradient));
            }
          }
          return seen;
        });
  }

  @ParameterizedTest
  @EnumSource
  void evaluator(EvaluatorOptions.Form form) {
    CostTable table = SearchExamples.table(SyntheticImages.SPACE, SearchExamples.few());
    EvaluatorOptions options =
        (form == EvaluatorOptions.Form.PAPER
                ? EvaluatorOptions.paper()
                : EvaluatorOptions.defaults())
            .width(16)
            .batch(32, 0.005)
            .steps(12, 12);
    double[] probabilities = new double[6];
    Arrays.fill(probabilities, 1.0 / 3);
    sameBesideACollector(
        () -> {
          List<String> seen = new ArrayList<>();
          try (NeuralEvaluator made =
              NeuralEvaluator.train(table, Objective.EDAP, options, Progress.SILENT)) {
            double[] metrics = new double[3];
            double[] gradient = new double[6];
            for (int i = 0; i < 6; i++) {
              made.expected(probabilities, Objective.EDAP, metrics, gradient);
              seen.add(Arrays.toString(metrics) + Arrays.toString(gradient));
            }
          }
          return seen;
        });
  }
}
