package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.AcceleratorSpace;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Training and validation examples of the hardware generation network: relaxed architectures, and
 * as label the best design; with a temperature, every design weighted by the exponential of its
 * relative excess cost over the temperature.
 */
final class GeneratorExamples {
  private static final int VALIDATION = 256;

  /** Weights below exp(−20) do not change a float. */
  private static final double NEGLIGIBLE = 20;

  /**
   * Examples of one step: {@code [batch, blocks × operations]} and {@code [batch, encodingSize]}.
   */
  record Batch(float[] probabilities, float[] labels) {}

  /** A relaxed architecture and its expected costs on all designs. */
  private record Priced(double[] probabilities, double[] latencyMs, double[] energyMj) {
    Priced(int inputs, int designs) {
      this(new double[inputs], new double[designs], new double[designs]);
    }
  }

  /**
   * Number of architectures priced recently, reused for mixtures, and number of mixtures per new
   * one.
   */
  private static final int RECENT = 8;

  private static final int PERIOD = 16;

  private final CostTable table;
  private final Objective objective;
  private final double temperature;
  private final RelaxedArchitectures architectures;
  private final SplittableRandom random;
  private final int[][] positions;
  private final Priced[] recent = new Priced[RECENT];
  private final Priced mixed;
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
    temperature = options.temperatures().label();
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
    for (int i = 0; i < RECENT; i++) {
      recent[i] = new Priced(architectures.size(), positions.length);
    }
    mixed = new Priced(architectures.size(), positions.length);
    cost = new double[positions.length];
    excess = new double[positions.length];
  }

  Batch batch(int size) {
    int inputs = architectures.size();
    int outputs = table.acceleratorSpace().encodingSize();
    Batch batch = new Batch(new float[size * inputs], new float[size * outputs]);
    for (int n = 0; n < size; n++) {
      Priced example = n % PERIOD < RECENT ? fresh(n % RECENT) : mixture();
      for (int i = 0; i < inputs; i++) {
        batch.probabilities[n * inputs + i] = (float) example.probabilities[i];
      }
      label(price(example), batch.labels, n * outputs);
    }
    return batch;
  }

  /**
   * Prices a new architecture in place of a recent one: a network, and a relaxed one now and then.
   */
  private Priced fresh(int slot) {
    Priced example = recent[slot];
    if (slot == 0) {
      architectures.relaxed(random, example.probabilities);
    } else {
      architectures.network(random, example.probabilities);
    }
    table.expect(example.probabilities, example.latencyMs, example.energyMj);
    return example;
  }

  /**
   * A mixture of two recent ones: expected costs are linear, so the mixture is cheap to compute.
   */
  private Priced mixture() {
    Priced one = recent[random.nextInt(RECENT)];
    Priced other = recent[random.nextInt(RECENT)];
    double part = random.nextDouble();
    mix(one.probabilities, other.probabilities, part, mixed.probabilities);
    mix(one.latencyMs, other.latencyMs, part, mixed.latencyMs);
    mix(one.energyMj, other.energyMj, part, mixed.energyMj);
    return mixed;
  }

  private static void mix(double[] one, double[] other, double part, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = other[i] + part * (one[i] - other[i]);
    }
  }

  /** Prices all designs; returns the best one. */
  private int price(Priced example) {
    double[] latencyMs = example.latencyMs;
    double[] energyMj = example.energyMj;
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
    NDArray p = Torch.array(owner, batch.probabilities, new Shape(size, architectures.size()));
    int outputs = table.acceleratorSpace().encodingSize();
    NDArray labels = Torch.array(owner, batch.labels, new Shape(size, outputs));
    NDArray logits = generator.logits(p, true);
    NDArray loss = Torch.number(logits, 0);
    NDArray count = Torch.number(logits, size);
    for (int a = 0; a < table.acceleratorSpace().axes().size(); a++) {
      NDArray surprise = generator.head(logits, a).logSoftmax(1).mul(generator.head(labels, a));
      loss = loss.sub(surprise.sum().div(count));
    }
    return loss;
  }

  /**
   * Validation networks with their costs on all designs, for the excess cost of the chosen ones.
   */
  Validation validation() {
    int inputs = architectures.size();
    float[] probabilities = new float[VALIDATION * inputs];
    float[][] regret = new float[VALIDATION][cost.length];
    for (int n = 0; n < VALIDATION; n++) {
      Priced one = fresh(1);
      for (int i = 0; i < inputs; i++) {
        probabilities[n * inputs + i] = (float) one.probabilities[i];
      }
      int best = price(one);
      for (int d = 0; d < cost.length; d++) {
        // for infeasible designs the larger of cost and violation: cost alone may be below that of
        // the best
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

    /** Mean regret of the designs that the generator chooses. */
    double error(HardwareGenerator generator, AcceleratorSpace designs) {
      double sum = 0;
      try (NDManager owner = Torch.manager()) {
        int inputs = probabilities.length / regret.length;
        NDArray p = Torch.array(owner, probabilities, new Shape(regret.length, inputs));
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
