package dance.bench;

import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluator;
import dance.evaluate.HardwareOracle;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Speed of the oracle and the exact evaluator on one core.
 *
 * @param networksPerSecond best designs for EDAP of random networks of a table's space, among all
 *     of its designs
 * @param relaxedPerSecond the same for relaxed architectures
 * @param gradientsPerSecond gradients of the expected EDAP of relaxed architectures
 */
public record OracleBenchmark(
    double networksPerSecond, double relaxedPerSecond, double gradientsPerSecond) {
  private static final int SAMPLES = 64;

  /**
   * Measures on a table.
   *
   * @param seconds how long each of the operations is repeated
   */
  public static OracleBenchmark measure(CostTable table, double seconds) {
    NetworkSpace space = table.networkSpace();
    Random random = new Random(1);
    int[][] choices = new int[SAMPLES][];
    double[][] relaxed = new double[SAMPLES][];
    for (int i = 0; i < SAMPLES; i++) {
      choices[i] = space.choice(space.sample(random));
      relaxed[i] = space.uniform();
      for (int j = 0; j < relaxed[i].length; j++) {
        relaxed[i][j] *= 0.5 + random.nextDouble();
      }
    }
    HardwareOracle oracle = HardwareOracle.of(table);
    ExactEvaluator evaluator = ExactEvaluator.of(table, Objective.EDAP);
    double[] metrics = new double[3];
    double[] gradient = new double[table.encodingSize()];
    return new OracleBenchmark(
        perSecond(i -> oracle.best(choices[i], Objective.EDAP), seconds),
        perSecond(i -> oracle.best(relaxed[i], Objective.EDAP), seconds),
        perSecond(i -> evaluator.expected(relaxed[i], Objective.EDAP, metrics, gradient), seconds));
  }

  /** After a warm-up of half the time. */
  private static double perSecond(IntConsumer query, double seconds) {
    run(query, seconds / 2);
    return run(query, seconds);
  }

  private static double run(IntConsumer query, double seconds) {
    long start = System.nanoTime();
    long count = 0;
    double passed = 0;
    for (; passed < seconds; passed = (System.nanoTime() - start) / 1e9) {
      for (int i = 0; i < SAMPLES; i++) {
        query.accept(i);
      }
      count += SAMPLES;
    }
    return count / passed;
  }

  /**
   * Synthetic costs: larger arrays are faster and take more energy; every cell has its own noise.
   */
  public static CostTable madeUp(NetworkSpace space, AcceleratorSpace designs) {
    List<Layer> layers = space.distinctLayers();
    double[][] latency = new double[layers.size()][designs.size()];
    double[][] energy = new double[layers.size()][designs.size()];
    Random random = new Random(1);
    for (int d = 0; d < designs.size(); d++) {
      double units = designs.accelerator(d).macUnits();
      for (int r = 0; r < layers.size(); r++) {
        double macs = 1e-3 * layers.get(r).einsum().points();
        latency[r][d] = macs / units * Math.exp(0.2 * random.nextGaussian());
        energy[r][d] = macs * (1 + units / 200) * Math.exp(0.2 * random.nextGaussian());
      }
    }
    return CostTable.of(space, designs, "made up", latency, energy);
  }
}
