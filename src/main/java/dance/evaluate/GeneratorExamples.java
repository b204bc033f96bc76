package dance.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What the hardware generation network is taught and tested by: relaxed architectures, and which
 * value of every axis is the right one. The label is the best design; with a temperature, every
 * design by the exponential of what it costs more, as a part, over the temperature.
 */
final class GeneratorExamples {
  private static final int VALIDATION = 256;

  /** Designs of a smaller weight than exp(−20) change nothing in a float. */
  private static final double NEGLIGIBLE = 20;

  /**
   * One step's examples: {@code [batch, blocks × operations]} and {@code [batch, encodingSize]}.
   */
  record Batch(float[] probabilities, float[] labels) {}

  private final CostTable table;
  private final Objective objective;
  private final double temperature;
  private final RelaxedArchitectures architectures;
  private final SplittableRandom random;
  private final int[][] positions;
  private final double[] latencyMs;
  private final double[] energyMj;
  private final double[] cost;
  private final double[] excess;

  GeneratorExamples(
      CostTable table,
      Objective objective,
      EvaluatorOptions options,
      RelaxedArchitectures architectures,
      long seed) {
    this.table = table;
    this.objective = objective;
    temperature = options.labelTemperature();
    this.architectures = architectures;
    random = new SplittableRandom(seed);
    AcceleratorSpace designs = table.acceleratorSpace();
    positions = new int[designs.size()][];
    for (int d = 0; d < positions.length; d++) {
      positions[d] = designs.positions(d);
      for (int a = 0; a < positions[d].length; a++) {
        positions[d][a] += designs.offset(a);
      }
    }
    latencyMs = new double[positions.length];
    energyMj = new double[positions.length];
    cost = new double[positions.length];
    excess = new double[positions.length];
  }

  Batch batch(int size) {
    int inputs = architectures.size();
    int outputs = table.acceleratorSpace().encodingSize();
    Batch batch = new Batch(new float[size * inputs], new float[size * outputs]);
    double[] probabilities = new double[inputs];
    for (int n = 0; n < size; n++) {
      architectures.any(random, probabilities);
      for (int i = 0; i < inputs; i++) {
        batch.probabilities[n * inputs + i] = (float) probabilities[i];
      }
      label(price(probabilities), batch.labels, n * outputs);
    }
    return batch;
  }

  /** Prices all designs; returns the best one. */
  private int price(double[] probabilities) {
    table.expect(probabilities, latencyMs, energyMj);
    boolean limited = !objective.constraints().isEmpty();
    int best = 0;
    for (int d = 0; d < cost.length; d++) {
      double area = table.areaMm2(d);
      cost[d] = objective.cost(latencyMs[d], energyMj[d], area);
      if (limited) {
        excess[d] = HardwareOracle.excess(objective, latencyMs[d], energyMj[d], area);
      }
      if (excess[d] < excess[best] || (excess[d] == excess[best] && cost[d] < cost[best])) {
        best = d;
      }
    }
    return best;
  }

  private void label(int best, float[] labels, int at) {
    if (temperature == 0) {
      for (int position : positions[best]) {
        labels[at + position] = 1;
      }
      return;
    }
    double reach = Math.abs(cost[best]) * temperature;
    double sum = 0;
    for (int d = 0; d < cost.length; d++) {
      double above = (cost[d] - cost[best]) / reach;
      if (excess[d] <= excess[best] && above < NEGLIGIBLE) {
        double weight = Math.exp(-above);
        sum += weight;
        for (int position : positions[d]) {
          labels[at + position] += (float) weight;
        }
      }
    }
    int end = at + table.acceleratorSpace().encodingSize();
    for (int i = at; i < end; i++) {
      labels[i] /= (float) sum;
    }
  }

  /** Cross-entropy of labels and heads, summed over the heads. */
  NDArray loss(HardwareGenerator generator, NDManager owner, Batch batch, int size) {
    NDArray p = owner.create(batch.probabilities, new Shape(size, architectures.size()));
    int outputs = table.acceleratorSpace().encodingSize();
    NDArray labels = owner.create(batch.labels, new Shape(size, outputs));
    NDArray logits = generator.logits(p, true);
    NDArray loss = owner.create(0f);
    for (int a = 0; a < table.acceleratorSpace().axes().size(); a++) {
      NDArray surprise = generator.head(logits, a).logSoftmax(1).mul(generator.head(labels, a));
      loss = loss.sub(surprise.sum().div(size));
    }
    return loss;
  }

  /** Networks and what they cost on all designs, to see how much more the chosen ones cost. */
  Validation validation() {
    int inputs = architectures.size();
    float[] probabilities = new float[VALIDATION * inputs];
    float[][] regret = new float[VALIDATION][cost.length];
    double[] one = new double[inputs];
    for (int n = 0; n < VALIDATION; n++) {
      architectures.network(random, one);
      for (int i = 0; i < inputs; i++) {
        probabilities[n * inputs + i] = (float) one[i];
      }
      int best = price(one);
      for (int d = 0; d < cost.length; d++) {
        // beyond a limit, the larger of the two: cost alone may be less than the best has
        double above = cost[d] / cost[best] - 1;
        regret[n][d] = (float) Math.max(above, excess[d] - excess[best]);
      }
    }
    return new Validation(probabilities, regret);
  }

  /**
   * Networks, {@code [networks, blocks × operations]}, and regrets, {@code [networks, designs]}.
   */
  record Validation(float[] probabilities, float[][] regret) {

    /** Mean regret of what the generator chooses. */
    double error(HardwareGenerator generator, AcceleratorSpace designs) {
      double sum = 0;
      try (NDManager owner = Torch.manager()) {
        int inputs = probabilities.length / regret.length;
        NDArray p = owner.create(probabilities, new Shape(regret.length, inputs));
        double[] logits =
            generator.logits(p, false).toType(DataType.FLOAT64, false).toDoubleArray();
        int outputs = designs.encodingSize();
        for (int n = 0; n < regret.length; n++) {
          double[] own = Arrays.copyOfRange(logits, n * outputs, (n + 1) * outputs);
          sum += regret[n][designs.decode(own)];
        }
      }
      return sum / regret.length;
    }
  }
}
