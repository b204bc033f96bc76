package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.AcceleratorSpace;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Training and validation examples of the cost estimation network: random designs and, as often,
 * designs near the best one of some network, with the costs of relaxed architectures on them.
 *
 * <p>For the form with contributions, a quarter of the designs are mixtures of two that differ on
 * one axis, with the mixture of their costs, so that the derivative with respect to a design is the
 * true change of cost.
 */
final class EstimatorExamples {
  private static final int VALIDATION = 256;
  private static final int GOOD = 256;

  /** Costs below this fraction of the largest are clamped, as they have no useful logarithm. */
  private static final double NOTHING = 1e-9;

  private static final float AREA_WEIGHT = 8;

  /**
   * Examples of one step.
   *
   * @param designs {@code [batch, encodingSize]}
   * @param probabilities {@code [batch, blocks × operations]}
   * @param metrics {@code [batch, 3]}
   * @param logarithms {@code [batch, outputs]} of the estimator
   */
  record Batch(float[] designs, float[] probabilities, float[] metrics, float[] logarithms) {}

  private final CostTable table;
  private final AcceleratorSpace designs;
  private final CostEstimator estimator;
  private final RelaxedArchitectures architectures;
  private final SplittableRandom random;
  private final int[] good = new int[GOOD];

  /** {@code [outputs][designs]}: targets of the estimator. */
  private final double[][] columns;

  /** {@code [outputs]}: loss weights, from the share of an output in a typical cost. */
  private final float[] weights;

  EstimatorExamples(
      CostTable table,
      Objective objective,
      DistinctCostRows rows,
      CostEstimator estimator,
      RelaxedArchitectures architectures,
      long seed) {
    this.table = table;
    this.estimator = estimator;
    designs = table.acceleratorSpace();
    this.architectures = architectures;
    random = new SplittableRandom(seed);
    HardwareOracle oracle = HardwareOracle.of(table);
    double[] probabilities = new double[architectures.size()];
    for (int i = 0; i < GOOD; i++) {
      architectures.any(random, probabilities);
      good[i] = oracle.best(probabilities, objective);
    }
    columns = estimator.weighs() ? contributions(rows) : new double[0][];
    weights = estimator.weighs() ? weights(rows.count()) : new float[0];
  }

  private double[][] contributions(DistinctCostRows rows) {
    int operations = table.networkSpace().operations().size();
    int fixed = rows.count();
    double[][] costs = new double[estimator.outputs][designs.size()];
    for (int d = 0; d < designs.size(); d++) {
      for (int r = 0; r < fixed; r++) {
        int block = rows.example[r] / operations;
        int operation = rows.example[r] % operations;
        costs[r][d] = table.latencyMs(block, operation, d);
        costs[fixed + 1 + r][d] = table.energyMj(block, operation, d);
      }
      costs[fixed][d] = table.fixedLatencyMs(d);
      costs[2 * fixed + 1][d] = table.fixedEnergyMj(d);
      costs[2 * fixed + 2][d] = table.areaMm2(d);
    }
    for (double[] column : costs) {
      double least = Math.max(Double.MIN_NORMAL, NOTHING * Arrays.stream(column).max().orElse(1));
      for (int d = 0; d < column.length; d++) {
        column[d] = Math.max(least, column[d]);
      }
    }
    return costs;
  }

  /**
   * Half by share, half uniform: small networks consist of what is small in large ones. Area counts
   * more, since designs are ranked by it alone.
   */
  private float[] weights(int rows) {
    float[] shares = new float[columns.length];
    for (int begin = 0; begin < columns.length; begin += rows + 1) {
      int end = Math.min(columns.length, begin + rows + 1);
      double sum = 0;
      for (int o = begin; o < end; o++) {
        shares[o] = (float) Arrays.stream(columns[o]).average().orElse(0);
        sum += shares[o];
      }
      for (int o = begin; o < end; o++) {
        shares[o] = (float) (0.5 * shares[o] / sum + 0.5 / (end - begin));
      }
    }
    shares[columns.length - 1] *= AREA_WEIGHT;
    return shares;
  }

  /** Scales the outputs of an initialised network to the size of the costs. */
  void calibrate() {
    float[] scales = new float[estimator.outputs];
    float[] shifts = new float[estimator.outputs];
    if (estimator.weighs()) {
      for (int o = 0; o < scales.length; o++) {
        double[] logarithms = Arrays.stream(columns[o]).map(Math::log).toArray();
        double mean = Arrays.stream(logarithms).average().orElse(0);
        double square =
            Arrays.stream(logarithms).map(x -> (x - mean) * (x - mean)).average().orElse(0);
        shifts[o] = (float) mean;
        scales[o] = (float) Math.max(1e-3, Math.sqrt(square));
      }
    } else {
      Batch some = batch(1000);
      for (int n = 0; n < 1000; n++) {
        for (int k = 0; k < 3; k++) {
          shifts[k] += some.metrics[n * 3 + k] / 1000;
        }
      }
      for (int k = 0; k < 3; k++) {
        scales[k] = estimator.paper() ? shifts[k] : 1;
        shifts[k] = estimator.paper() ? 0 : (float) Math.log(shifts[k]);
      }
    }
    estimator.network.outputs(scales, shifts);
  }

  Batch batch(int size) {
    int wide = designs.encodingSize();
    Batch batch =
        new Batch(
            new float[size * wide],
            new float[size * architectures.size()],
            new float[size * 3],
            new float[size * columns.length]);
    for (int n = 0; n < size; n++) {
      int designIndex = designIndex();
      if (estimator.weighs()) {
        int other = random.nextInt(4) == 0 ? neighbour(designIndex) : designIndex;
        double part = random.nextDouble();
        add(batch.designs, n * wide, designs.encode(designIndex), 1 - part);
        add(batch.designs, n * wide, designs.encode(other), part);
        for (int o = 0; o < columns.length; o++) {
          double cost = (1 - part) * columns[o][designIndex] + part * columns[o][other];
          batch.logarithms[n * columns.length + o] = (float) Math.log(cost);
        }
      } else {
        add(batch.designs, n * wide, designs.encode(designIndex), 1);
        double[] probabilities = new double[architectures.size()];
        architectures.any(random, probabilities);
        price(designIndex, probabilities, batch, n);
      }
    }
    return batch;
  }

  private void price(int designIndex, double[] probabilities, Batch batch, int n) {
    double[] metrics = new double[3];
    table.on(designIndex, probabilities, metrics);
    add(batch.probabilities, n * probabilities.length, probabilities, 1);
    add(batch.metrics, n * 3, metrics, 1);
  }

  private static void add(float[] to, int at, double[] from, double factor) {
    for (int i = 0; i < from.length; i++) {
      to[at + i] += (float) (factor * from[i]);
    }
  }

  private int designIndex() {
    if (random.nextBoolean()) {
      return random.nextInt(designs.size());
    }
    int designIndex = good[random.nextInt(GOOD)];
    while (random.nextInt(3) > 0) {
      designIndex = neighbour(designIndex);
    }
    return designIndex;
  }

  /** A design that differs on at most one axis. */
  private int neighbour(int designIndex) {
    int[] positions = designs.positions(designIndex);
    int axis = random.nextInt(positions.length);
    positions[axis] = random.nextInt(designs.axes().get(axis).size());
    return designs.index(positions);
  }

  /** Mean squared error of logarithms, or mean squared relative error of metrics. */
  NDArray loss(NDManager owner, Batch batch, int size) {
    NDArray x = Torch.array(owner, batch.designs, new Shape(size, designs.encodingSize()));
    if (estimator.weighs()) {
      NDArray goal = Torch.array(owner, batch.logarithms, new Shape(size, columns.length));
      NDArray off = estimator.contributions(x, true).sub(goal);
      return off.square().mul(owner.create(weights)).sum().div(Torch.number(off, size));
    }
    NDArray p = Torch.array(owner, batch.probabilities, new Shape(size, architectures.size()));
    NDArray goal = Torch.array(owner, batch.metrics, new Shape(size, 3));
    return estimator.estimate(x, p, true).div(goal).sub(1).square().mean();
  }

  /** Validation examples: networks on designs. */
  Batch validation() {
    Batch batch =
        new Batch(
            new float[VALIDATION * designs.encodingSize()],
            new float[VALIDATION * architectures.size()],
            new float[VALIDATION * 3],
            new float[0]);
    double[] probabilities = new double[architectures.size()];
    for (int n = 0; n < VALIDATION; n++) {
      int designIndex = designIndex();
      add(batch.designs, n * designs.encodingSize(), designs.encode(designIndex), 1);
      architectures.network(random, probabilities);
      price(designIndex, probabilities, batch, n);
    }
    return batch;
  }

  /** Mean relative error over networks and metrics. */
  double error(Batch batch) {
    try (NDManager owner = Torch.manager()) {
      NDArray x = Torch.array(owner, batch.designs, new Shape(VALIDATION, designs.encodingSize()));
      NDArray p =
          Torch.array(owner, batch.probabilities, new Shape(VALIDATION, architectures.size()));
      NDArray goal = Torch.array(owner, batch.metrics, new Shape(VALIDATION, 3));
      return estimator.estimate(x, p, false).div(goal).sub(1).abs().mean().getFloat();
    }
  }
}
