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

  private static final int PAUSE_MS = 3;

  private static <T> void sameBesideACollector(Supplier<T> task) {
    T quiet = task.get();
    AtomicBoolean ended = new AtomicBoolean();
    Thread collector = new Thread(() -> litter(ended), "garbage");
    collector.start();
    try {
      for (int i = 0; i < RUNS; i++) {
        assertThat(task.get()).as("beside a collector of garbage").isEqualTo(quiet);
      }
    } finally {
      ended.set(true);
      while (collector.isAlive()) {
        Thread.onSpinWait();
      }
    }
  }

  /** Collects, and writes into the memory that was free. */
  private static void litter(AtomicBoolean ended) {
    do {
      System.gc();
      List<ByteBuffer> wrong = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        wrong.add(ByteBuffer.allocateDirect(4).putInt(0, i));
      }
      assertThat(wrong).isNotEmpty();
      await(PAUSE_MS);
    } while (!ended.get());
  }

  /** The reason: a factor without a reference is garbage-collected. */
  @Test
  void aFactorOfDjlsIsLost() {
    int lost = 0;
    for (int i = 0; i < 10; i++) {
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
            litter(new AtomicBoolean(true));
            litter(new AtomicBoolean(true));
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
    ImageData data = SyntheticImages.data(240, 90);
    TrainingOptions options = TrainingOptions.defaults().epochs(6).batch(24, 0.1).device("cpu");
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
    Images images = SyntheticImages.images(120, 1);
    SupernetOptions options = SupernetOptions.defaults().sampled(sampled).batch(24, 0.1);
    sameBesideACollector(
        () -> {
          SplittableRandom random = new SplittableRandom(2);
          List<String> seen = new ArrayList<>();
          try (Supernet net = new Supernet(SyntheticImages.SPACE, images, images, options, 5)) {
            for (int i = 0; i < 24; i++) {
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
            .steps(40, 40);
    double[] probabilities = new double[6];
    Arrays.fill(probabilities, 1.0 / 3);
    sameBesideACollector(
        () -> {
          List<String> seen = new ArrayList<>();
          try (NeuralEvaluator made =
              NeuralEvaluator.train(table, Objective.EDAP, options, Progress.SILENT)) {
            double[] metrics = new double[3];
            double[] gradient = new double[6];
            for (int i = 0; i < 20; i++) {
              made.expected(probabilities, Objective.EDAP, metrics, gradient);
              seen.add(Arrays.toString(metrics) + Arrays.toString(gradient));
            }
          }
          return seen;
        });
  }
}
