package dance.evaluate;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Compares an evaluator with the table, network by network. */
public final class FidelityMeasurement {
  /** Size of the pool from which the best networks are taken, per measured network. */
  private static final int POOL = 10;

  private static final double BEST_PART = 0.01;
  private static final double TIE = 1.001;
  private static final List<Metric> METRICS = List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA);

  private final Evaluator evaluator;
  private final CostTable table;
  private final Objective objective;
  private final Random random;
  private final double[] latencyMs;
  private final double[] energyMj;

  FidelityMeasurement(Evaluator evaluator, CostTable table, long seed) {
    this.evaluator = evaluator;
    this.table = table;
    objective = evaluator.objective();
    random = new Random(seed);
    latencyMs = new double[table.designs()];
    energyMj = new double[table.designs()];
  }

  /**
   * The measured networks, and the pool from which the best are taken.
   *
   * @return indices of operations, {@code [networks][blocks]}
   */
  public static int[][] networks(NetworkSpace space, int measured, Random random) {
    int[][] pool = new int[measured * POOL][];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = space.choice(space.sample(random));
    }
    return pool;
  }

  Fidelity measure(int networks) {
    HardwareOracle oracle = HardwareOracle.of(table);
    NetworkSpace space = table.networkSpace();
    int[][] pool = networks(space, networks, random);
    double[] costs = new double[pool.length];
    for (int i = 0; i < pool.length; i++) {
      costs[i] = cost(pool[i], oracle.best(pool[i], objective));
    }
    List<int[]> best =
        IntStream.range(0, pool.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> costs[i]))
            .limit(Math.max(1, (long) (BEST_PART * pool.length)))
            .map(i -> pool[i])
            .toList();
    return new Fidelity(sample(List.of(pool).subList(0, networks)), sample(best));
  }

  private double cost(int[] choice, int designIndex) {
    table.sum(choice, latencyMs, energyMj);
    return objective.cost(
        latencyMs[designIndex], energyMj[designIndex], table.areaMm2(designIndex));
  }

  private Fidelity.Sample sample(List<int[]> networks) {
    AcceleratorSpace designs = table.acceleratorSpace();
    int[] hits = new int[designs.axes().size() + 1];
    double[][] predicted = new double[METRICS.size()][networks.size()];
    double[][] actual = new double[METRICS.size()][networks.size()];
    double[] regret = new double[networks.size()];
    double[] m = new double[METRICS.size()];
    for (int i = 0; i < networks.size(); i++) {
      NetworkSpace space = table.networkSpace();
      double[] encoding = space.encode(space.genotype(networks.get(i)));
      table.sum(networks.get(i), latencyMs, energyMj);
      int chosen = evaluator.designIndex(encoding);
      regret[i] = regret(chosen, hits);
      int designIndex = i % 2 == 0 ? chosen : designs.sample(random);
      evaluator.on(designIndex, encoding, m);
      for (int k = 0; k < m.length; k++) {
        predicted[k][i] = m[k];
      }
      actual[0][i] = latencyMs[designIndex];
      actual[1][i] = energyMj[designIndex];
      actual[2][i] = table.areaMm2(designIndex);
    }
    Map<String, Double> heads = new LinkedHashMap<>();
    List<DesignAxis> axes = designs.axes();
    for (int a = 0; a < axes.size(); a++) {
      heads.put(axes.get(a).name(), hits[a] / (double) networks.size());
    }
    Map<Metric, Fidelity.Error> errors = new LinkedHashMap<>();
    Map<Metric, Double> spearman = new LinkedHashMap<>();
    Map<Metric, Double> kendall = new LinkedHashMap<>();
    for (int k = 0; k < m.length; k++) {
      errors.put(METRICS.get(k), relativeErrors(predicted[k], actual[k]));
      spearman.put(METRICS.get(k), RankCorrelation.spearman(predicted[k], actual[k]));
      kendall.put(METRICS.get(k), RankCorrelation.kendall(predicted[k], actual[k]));
    }
    double all = hits[axes.size()] / (double) networks.size();
    return new Fidelity.Sample(
        networks.size(), heads, all, errors, spearman, kendall, error(regret));
  }

  /** Counts the axes on which the chosen design agrees with a best one; returns its excess cost. */
  private double regret(int chosen, int[] hits) {
    double[] excess = new double[latencyMs.length];
    double[] cost = new double[latencyMs.length];
    double least = Double.POSITIVE_INFINITY;
    double smallest = Double.POSITIVE_INFINITY;
    for (int d = 0; d < cost.length; d++) {
      excess[d] = HardwareOracle.excess(objective, latencyMs[d], energyMj[d], table.areaMm2(d));
      cost[d] = objective.cost(latencyMs[d], energyMj[d], table.areaMm2(d));
      smallest = Math.min(smallest, excess[d]);
    }
    for (int d = 0; d < cost.length; d++) {
      least = excess[d] <= smallest ? Math.min(least, cost[d]) : least;
    }
    int[] own = table.acceleratorSpace().positions(chosen);
    boolean[] hit = new boolean[hits.length];
    for (int d = 0; d < cost.length; d++) {
      if (excess[d] <= smallest && cost[d] <= least * TIE) {
        int[] tied = table.acceleratorSpace().positions(d);
        for (int a = 0; a < own.length; a++) {
          hit[a] |= own[a] == tied[a];
        }
        hit[own.length] |= d == chosen;
      }
    }
    for (int a = 0; a < hits.length; a++) {
      hits[a] += hit[a] ? 1 : 0;
    }
    return cost[chosen] / least - 1;
  }

  private static Fidelity.Error relativeErrors(double[] predicted, double[] actual) {
    return error(
        IntStream.range(0, actual.length)
            .mapToDouble(i -> Math.abs(predicted[i] / actual[i] - 1))
            .toArray());
  }

  private static Fidelity.Error error(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Fidelity.Error(
        Arrays.stream(values).average().orElse(0),
        sorted[sorted.length / 2],
        sorted[(int) Math.min(sorted.length - 1, 0.99 * sorted.length)]);
  }
}
