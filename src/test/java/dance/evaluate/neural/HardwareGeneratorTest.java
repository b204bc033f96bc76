package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluatorTest;
import dance.evaluate.HardwareOracle;
import dance.evaluate.SyntheticModel;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices that are one-hot and have a gradient, estimates whose gradients are their slopes. */
class HardwareGeneratorTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = SyntheticModel.few();
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);

  /** Steps of half a hundredth: floats leave five digits of a difference of two sums. */
  private static final float STEP = 5e-3f;

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource
  void aChoiceIsTheLargestLogitsOneHot(EvaluatorOptions.Form form) {
    NeuralEvaluator made = TrainedEvaluators.tiny(form);
    try (NDManager owner = Torch.manager()) {
      Random random = new Random(1);
      for (int n = 0; n < 20; n++) {
        double[] p = ExactEvaluatorTest.relaxed(NETWORKS, random);
        NDArray x = owner.create(floats(p), new Shape(1, p.length));
        float[] chosen = made.generator.choose(x, 0.7, null).toFloatArray();
        double[] expected = DESIGNS.encode(made.designIndex(p));
        for (int i = 0; i < chosen.length; i++) {
          assertThat(chosen[i]).isCloseTo((float) expected[i], within(1e-6f));
        }
      }
    }
  }

  /** Hard forward, soft backward: the gradient is that of the softmax, which the forward is not. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 3})
  void aChoiceHasTheGradientOfTheSoftmax(double temperature) {
    NeuralEvaluator made = TrainedEvaluators.tiny(EvaluatorOptions.Form.CONTRIBUTIONS);
    try (NDManager owner = Torch.manager()) {
      int size = DESIGNS.encodingSize();
      SplittableRandom random = new SplittableRandom(2);
      float[] logits = new float[size];
      float[] slopes = new float[size];
      for (int i = 0; i < size; i++) {
        logits[i] = (float) random.nextGaussian();
        slopes[i] = (float) random.nextGaussian();
      }
      NDArray x = owner.create(logits, new Shape(1, size));
      NDArray c = owner.create(slopes, new Shape(1, size));
      x.setRequiresGradient(true);
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        collector.backward(made.generator.straightThrough(x, temperature).mul(c).sum());
      }
      float[] found = x.getGradient().toFloatArray();
      for (int i = 0; i < size; i++) {
        double up = softSum(logits, slopes, i, 1e-4, temperature);
        double down = softSum(logits, slopes, i, -1e-4, temperature);
        assertThat(found[i]).isCloseTo((float) ((up - down) / 2e-4), within(1e-4f));
      }
    }
  }

  private static double softSum(
      float[] logits, float[] slopes, int moved, double by, double temperature) {
    double sum = 0;
    for (int a = 0; a < DESIGNS.axes().size(); a++) {
      double whole = 0;
      double part = 0;
      for (int i = DESIGNS.offset(a); i < DESIGNS.offset(a) + DESIGNS.axes().get(a).size(); i++) {
        double weight = Math.exp((logits[i] + (i == moved ? by : 0)) / temperature);
        whole += weight;
        part += weight * slopes[i];
      }
      sum += part / whole;
    }
    return sum;
  }

  /**
   * Gumbel-max: the largest of logits plus noise is drawn with the probabilities of the softmax.
   */
  @Test
  void noiseDrawsDesignsByTheirProbability() {
    NeuralEvaluator made = TrainedEvaluators.tiny(EvaluatorOptions.Form.CONTRIBUTIONS);
    try (NDManager owner = Torch.manager()) {
      int draws = 20_000;
      double[] uniform = NETWORKS.uniform();
      NDArray one = owner.create(floats(uniform), new Shape(1, uniform.length));
      NDArray logits = made.generator.logits(one, false);
      NDArray many = one.repeat(0, draws);
      float[] shares =
          made.generator
              .choose(many, 1, new SplittableRandom(3))
              .mean(new int[] {0})
              .toFloatArray();
      for (int a = 0; a < DESIGNS.axes().size(); a++) {
        float[] expected = made.generator.head(logits, a).softmax(1).toFloatArray();
        for (int v = 0; v < expected.length; v++) {
          double deviation = Math.sqrt(expected[v] * (1 - expected[v]) / draws);
          assertThat((double) shares[DESIGNS.offset(a) + v])
              .isCloseTo(expected[v], within(4.5 * deviation + 1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfEstimatesAreCentralDifferences(EvaluatorOptions.Form form) {
    NeuralEvaluator made = TrainedEvaluators.tiny(form);
    try (NDManager owner = Torch.manager()) {
      float[] p = floats(ExactEvaluatorTest.relaxed(NETWORKS, new Random(5)));
      float[] d = floats(DESIGNS.encode(17));
      for (int i = 0; i < d.length; i++) {
        d[i] = 0.8f * d[i] + 0.2f * i / d.length; // soft
      }
      float[] scale = metrics(made, owner, d, p);
      NDArray weights = owner.create(new float[] {1 / scale[0], 1 / scale[1], 1 / scale[2]});
      NDArray x = owner.create(d, new Shape(1, d.length));
      NDArray y = owner.create(p, new Shape(1, p.length));
      x.setRequiresGradient(true);
      y.setRequiresGradient(true);
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        collector.backward(made.estimator.estimate(x, y).mul(weights).sum());
      }
      compare(x.getGradient().toFloatArray(), i -> slope(made, owner, d, p, d, i, scale));
      compare(y.getGradient().toFloatArray(), i -> slope(made, owner, d, p, p, i, scale));
    }
  }

  private static void compare(float[] gradient, java.util.function.IntToDoubleFunction slope) {
    double largest = 1e-3;
    for (float g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    int kinks = 0;
    for (int i = 0; i < gradient.length; i++) {
      double error = Math.abs(gradient[i] - slope.applyAsDouble(i));
      kinks += error > 0.02 * largest ? 1 : 0;
    }
    // max(0, x) of the paper's form may bend within a step
    assertThat(kinks).isLessThanOrEqualTo(gradient.length / 8);
  }

  private static double slope(
      NeuralEvaluator made,
      NDManager owner,
      float[] designs,
      float[] probabilities,
      float[] moved,
      int i,
      float[] scale) {
    float was = moved[i];
    moved[i] = was + STEP;
    float[] up = metrics(made, owner, designs, probabilities);
    moved[i] = was - STEP;
    float[] down = metrics(made, owner, designs, probabilities);
    moved[i] = was;
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += (up[k] - down[k]) / scale[k] / (2 * STEP);
    }
    return sum;
  }

  private static float[] metrics(NeuralEvaluator made, NDManager owner, float[] d, float[] p) {
    try (NDManager scratch = owner.newSubManager()) {
      NDArray x = scratch.create(d, new Shape(1, d.length));
      return made.estimator.estimate(x, scratch.create(p, new Shape(1, p.length))).toFloatArray();
    }
  }

  /** In evaluation, batch normalisation must not make an answer depend on its neighbours. */
  @ParameterizedTest
  @EnumSource
  void anAnswerDoesNotDependOnItsBatch(EvaluatorOptions.Form form) {
    NeuralEvaluator made = TrainedEvaluators.tiny(form);
    try (NDManager owner = Torch.manager()) {
      Random random = new Random(6);
      NDArray[] rows = new NDArray[8];
      for (int n = 0; n < rows.length; n++) {
        double[] p = ExactEvaluatorTest.relaxed(NETWORKS, random);
        rows[n] = owner.create(floats(p), new Shape(1, p.length));
      }
      ai.djl.ndarray.NDList list = new ai.djl.ndarray.NDList(rows);
      NDArray all = made.metrics(ai.djl.ndarray.NDArrays.concat(list, 0), 1, null);
      for (int n = 0; n < rows.length; n++) {
        float[] alone = made.metrics(rows[n], 1, null).toFloatArray();
        float[] among = all.get(n).toFloatArray();
        for (int k = 0; k < 3; k++) {
          assertThat(among[k]).isCloseTo(alone[k], within(1e-5f * Math.abs(alone[k])));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void labelsAreTheOraclesBest(double temperature) {
    EvaluatorOptions options = EvaluatorOptions.defaults().temperatures(temperature, 1);
    RelaxedArchitectures any = new RelaxedArchitectures(NETWORKS, Set.of());
    GeneratorExamples examples = new GeneratorExamples(TABLE, Objective.EDAP, options, any, 7);
    GeneratorExamples.Batch batch = examples.batch(50);
    HardwareOracle oracle = HardwareOracle.of(TABLE);
    int size = DESIGNS.encodingSize();
    for (int n = 0; n < 50; n++) {
      double[] p = new double[any.size()];
      double[] label = new double[size];
      for (int i = 0; i < p.length; i++) {
        p[i] = batch.probabilities()[n * p.length + i];
      }
      double sum = 0;
      for (int i = 0; i < size; i++) {
        label[i] = batch.labels()[n * size + i];
        sum += label[i];
      }
      assertThat(sum).isCloseTo(DESIGNS.axes().size(), within(1e-5));
      if (temperature == 0) {
        assertThat(DESIGNS.decode(label)).isEqualTo(oracle.best(p, Objective.EDAP));
      }
    }
  }
}
