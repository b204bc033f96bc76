package dance.bench;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluator;
import dance.evaluate.HardwareOracle;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Queries of networks among all 4,335 designs, on made-up costs, with one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluatorBenchmark {
  @Param({"cifar", "imagenet", "nasbench201"})
  private String space;

  private int[] choice;
  private double[] relaxed;
  private HardwareOracle oracle;
  private ExactEvaluator evaluator;
  private ExactEvaluator warm;
  private Objective limited;
  private final double[] metrics = new double[3];
  private double[] gradient;

  @Setup
  public void table() {
    NetworkSpace networks = NetworkSpace.byName(space);
    CostTable table = OracleBenchmark.madeUp(networks, AcceleratorSpace.dance());
    choice = networks.choice(networks.sample(new Random(1)));
    relaxed = networks.uniform();
    oracle = HardwareOracle.of(table);
    evaluator = ExactEvaluator.of(table, Objective.EDAP);
    warm = evaluator.temperature(1);
    evaluator.expected(relaxed, Objective.EDAP, metrics, null);
    limited = Objective.EDAP.atMost(Metric.LATENCY, metrics[0]);
    gradient = new double[table.encodingSize()];
  }

  /** The best design of a network. */
  @Benchmark
  public int best() {
    return oracle.best(choice, Objective.EDAP);
  }

  /** The best design of a network within a limit. */
  @Benchmark
  public int bestWithinLimit() {
    return oracle.best(choice, limited);
  }

  /** The best design of a relaxed architecture. */
  @Benchmark
  public int bestRelaxed() {
    return oracle.best(relaxed, Objective.EDAP);
  }

  /** Expected cost and gradient. */
  @Benchmark
  public double gradient() {
    return evaluator.expected(relaxed, Objective.EDAP, metrics, gradient);
  }

  /** The same at a temperature at which nearly all designs have weight. */
  @Benchmark
  public double gradientOfAllDesigns() {
    return warm.expected(relaxed, Objective.EDAP, metrics, gradient);
  }
}
