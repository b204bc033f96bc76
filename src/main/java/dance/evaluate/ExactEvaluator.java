package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.cost.Constraint;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.Arrays;
import java.util.List;

/**
 * The exact differentiable evaluator, without training: the expected cost of the relaxed
 * architecture on every design of a {@link CostTable}, and a softmin over the designs.
 *
 * <p>With probabilities p the expected latency and energy L_d, E_d on design d are linear in p; its
 * cost is c_d = f(L_d, E_d, A_d). The designs are mixed with weights
 *
 * <pre>  w_d = exp(−s_d) / Σ exp(−s),   s_d = (ln c_d + x_d / T) / T</pre>
 *
 * where x_d ≥ 0 is the sum of the relative violations of the constraints by d, and T the
 * temperature. A design whose cost is larger by a fraction T has 1/e of the weight, and so has one
 * that violates a constraint by T². Metrics are Σ w_d (L_d, E_d, A_d); they converge to those of
 * the best design as T → 0. The gradient of a loss g of the metrics M is
 *
 * <pre>  ∂g/∂L_d = w_d (∂g/∂L − h_d ∂s_d/∂L_d),   h_d = ∇g · (M_d − M)</pre>
 *
 * and the same for E_d; the table backpropagates it to p.
 */
public final class ExactEvaluator implements Evaluator {
  /**
   * Default: designs whose costs differ by much more than a per cent are separated, closer ones are
   * mixed.
   */
  public static final double TEMPERATURE = 0.01;

  /** Weights below exp(−40) of the largest do not change a double. */
  private static final double NEGLIGIBLE = 40;

  private final CostTable table;
  private final Objective objective;
  private final double temperature;
  private final HardwareOracle oracle;
  private final double[] latencyMs;
  private final double[] energyMj;
  private final double[] scores;
  private final int[] designs;
  private final double[] weights;
  private final double[] byLatency;
  private final double[] byEnergy;
  private final double[] partial = new double[3];
  private final double[] slope = new double[3];

  /** Null for a table on all of whose designs every architecture is evaluated. */
  private final DesignRuns runs;

  private ExactEvaluator(
      CostTable table, Objective objective, double temperature, int run, TableRows minima) {
    this.table = table;
    this.objective = objective;
    this.temperature = temperature;
    oracle = HardwareOracle.of(table);
    latencyMs = new double[table.designs()];
    energyMj = new double[table.designs()];
    scores = new double[table.designs()];
    designs = new int[table.designs()];
    weights = new double[table.designs()];
    byLatency = new double[table.designs()];
    byEnergy = new double[table.designs()];
    runs = minima == null ? null : new DesignRuns(table, run, minima, latencyMs, energyMj);
  }

  private static ExactEvaluator of(CostTable table, Objective objective, double temperature) {
    TableRows minima = table.minima().orElse(null);
    return new ExactEvaluator(table, objective, temperature, DesignRuns.RUN, minima);
  }

  /** An evaluator that bounds runs of this length, however small the table is. */
  static ExactEvaluator bounding(
      CostTable table, Objective objective, double temperature, int run) {
    return new ExactEvaluator(table, objective, temperature, run, table.rows().minima(run));
  }

  /** With {@link #TEMPERATURE}. */
  public static ExactEvaluator of(CostTable table, Objective objective) {
    return of(table, objective, TEMPERATURE);
  }

  /**
   * With another temperature.
   *
   * @param fraction relative cost increase at which the weight of a design falls to 1/e; 0: hard
   *     argmin, no gradient through the choice of accelerator
   */
  public ExactEvaluator temperature(double fraction) {
    new Rules()
        .require(
            fraction >= 0 && Double.isFinite(fraction),
            "temperature (%s) must be finite and not negative",
            fraction)
        .check();
    return of(table, objective, fraction);
  }

  /** Relative cost increase at which the weight of a design is 1/e of that of the best. */
  public double temperature() {
    return temperature;
  }

  /** Its table. */
  public CostTable table() {
    return table;
  }

  @Override
  public NetworkSpace networkSpace() {
    return table.networkSpace();
  }

  @Override
  public AcceleratorSpace acceleratorSpace() {
    return table.acceleratorSpace();
  }

  @Override
  public Objective objective() {
    return objective;
  }

  @Override
  public int designIndex(double[] probabilities) {
    return oracle.best(probabilities, objective);
  }

  @Override
  public void on(int designIndex, double[] probabilities, double[] metrics) {
    table.on(designIndex, probabilities, metrics);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the objective is not positive on some design: it has no
   *     logarithm
   */
  @Override
  public double expected(
      double[] probabilities, Objective loss, double[] metrics, double[] gradient) {
    boolean bounded = runs != null && DesignRuns.suits(objective, probabilities);
    if (!bounded) {
      table.expect(probabilities, latencyMs, energyMj);
    }
    int count = temperature == 0 ? choose(probabilities) : mix(bounded ? probabilities : null);
    Arrays.fill(metrics, 0, 3, 0);
    for (int i = 0; i < count; i++) {
      metrics[0] += weights[i] * latencyMs[designs[i]];
      metrics[1] += weights[i] * energyMj[designs[i]];
      metrics[2] += weights[i] * table.areaMm2(designs[i]);
    }
    if (gradient != null) {
      Arrays.fill(gradient, 0);
      loss.gradient(metrics[0], metrics[1], metrics[2], partial);
      for (int i = 0; i < count; i++) {
        differentiate(i, metrics);
      }
      table.accumulate(designs, count, byLatency, byEnergy, gradient);
    }
    return loss.cost(metrics[0], metrics[1], metrics[2]);
  }

  private int choose(double[] probabilities) {
    designs[0] = designIndex(probabilities);
    latencyMs[designs[0]] = oracle.latencyMs(designs[0]);
    energyMj[designs[0]] = oracle.energyMj(designs[0]);
    weights[0] = 1;
    return 1;
  }

  /**
   * Lists the designs of non-negligible weight; returns their number.
   *
   * @param bounded the architecture, if runs of designs whose bound has a negligible weight are
   *     left out; null to mix all designs, whose costs are known
   */
  private int mix(double[] bounded) {
    if (bounded == null) {
      score(0, scores.length);
    } else {
      scoreRuns(bounded);
    }
    double least = Double.POSITIVE_INFINITY;
    for (double score : scores) {
      least = Math.min(least, score);
    }
    int count = 0;
    double sum = 0;
    for (int d = 0; d < scores.length; d++) {
      if (scores[d] - least <= NEGLIGIBLE) {
        designs[count] = d;
        weights[count] = Math.exp(least - scores[d]);
        sum += weights[count++];
      }
    }
    for (int i = 0; i < count; i++) {
      weights[i] /= sum;
    }
    return count;
  }

  /**
   * Scores the designs of runs whose bound does not exclude them; of all others infinity. No score
   * is below that of its run's bound: logarithms are monotone, too.
   */
  private void scoreRuns(double[] probabilities) {
    runs.begin(probabilities);
    Arrays.fill(scores, Double.POSITIVE_INFINITY);
    int promising = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int at = 0; at < runs.count(); at++) {
      double bound = bound(at);
      if (bound < lowest) {
        lowest = bound;
        promising = at;
      }
    }
    double least = scoreRun(promising, Double.POSITIVE_INFINITY);
    for (int at = 0; at < runs.count(); at++) {
      if (at != promising && bound(at) - least <= NEGLIGIBLE) {
        least = scoreRun(at, least);
      }
    }
  }

  /** Scores the designs of a run; returns the lowest score so far. */
  private double scoreRun(int at, double before) {
    runs.evaluate(at);
    score(runs.start(at), runs.end(at));
    double least = before;
    for (int d = runs.start(at); d < runs.end(at); d++) {
      least = Math.min(least, scores[d]);
    }
    return least;
  }

  /** Lower bound of the scores of a run. */
  private double bound(int at) {
    double cost = runs.cost(at, objective);
    double excess = runs.excess(at, objective);
    return cost > 0
        ? (Math.log(cost) + excess / temperature) / temperature
        : Double.NEGATIVE_INFINITY;
  }

  /** Scores designs from the first to before the last. */
  private void score(int start, int end) {
    for (int d = start; d < end; d++) {
      double cost = objective.cost(latencyMs[d], energyMj[d], table.areaMm2(d));
      if (!(cost > 0)) {
        throw new IllegalArgumentException(
            "objective "
                + objective
                + " is "
                + cost
                + " on "
                + acceleratorSpace().label(d)
                + ", but must be positive");
      }
      double excess = HardwareOracle.excess(objective, latencyMs[d], energyMj[d], table.areaMm2(d));
      scores[d] = (Math.log(cost) + excess / temperature) / temperature;
    }
  }

  /**
   * Derivatives of the loss with respect to latency and energy on the design at a position of the
   * list.
   */
  private void differentiate(int i, double[] metrics) {
    double l = latencyMs[designs[i]];
    double e = energyMj[designs[i]];
    double a = table.areaMm2(designs[i]);
    double above =
        partial[0] * (l - metrics[0])
            + partial[1] * (e - metrics[1])
            + partial[2] * (a - metrics[2]);
    double scoreByLatency = 0;
    double scoreByEnergy = 0;
    if (temperature > 0) {
      objective.gradient(l, e, a, slope);
      double scale = 1 / (temperature * objective.cost(l, e, a));
      scoreByLatency = slope[0] * scale;
      scoreByEnergy = slope[1] * scale;
      List<Constraint> limits = objective.constraints();
      for (int c = 0; c < limits.size(); c++) {
        if (limits.get(c).excess(l, e, a) > 0) {
          limits.get(c).gradient(l, e, a, slope);
          scoreByLatency += slope[0] / (temperature * temperature);
          scoreByEnergy += slope[1] / (temperature * temperature);
        }
      }
    }
    byLatency[i] = weights[i] * (partial[0] - above * scoreByLatency);
    byEnergy[i] = weights[i] * (partial[1] - above * scoreByEnergy);
  }

  @Override
  public Metrics metrics(Network network, Accelerator accelerator) {
    return table.metrics(network, accelerator);
  }

  @Override
  public Fidelity fidelity() {
    return Fidelity.measure(this, table, Fidelity.NETWORKS, Fidelity.SEED);
  }

  @Override
  public String toString() {
    return "exact evaluator for " + objective + ", temperature " + temperature + ", " + table;
  }
}
