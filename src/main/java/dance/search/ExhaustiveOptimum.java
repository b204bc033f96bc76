package dance.search;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Objective;
import dance.cost.Parallel;
import dance.cost.ParetoFront;
import dance.cost.SignificantDigits;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The exhaustive optimum: every network on every accelerator, enumerated.
 *
 * <p>For each network its best accelerator is kept; no other can be the optimum or on the front of
 * accuracy and cost. The result does not depend on the number of threads. Immutable.
 */
public final class ExhaustiveOptimum {
  private static final int CHUNK = 64;

  private final SearchProblem problem;
  private final AccuracyTable accuracies;
  private final int[] designs;
  private final double[] costs;
  private final boolean[] feasible;
  private final int best;

  private ExhaustiveOptimum(SearchProblem problem, AccuracyTable accuracies, int threads) {
    this.problem = problem;
    this.accuracies = accuracies;
    designs = new int[accuracies.size()];
    costs = new double[accuracies.size()];
    feasible = new boolean[accuracies.size()];
    enumerate(threads);
    int most = -1;
    for (int n = 0; n < designs.length; n++) {
      if (feasible[n] && (most < 0 || value(n) > value(most))) {
        most = n;
      }
    }
    best = most;
  }

  /** With one thread per processor. */
  public static ExhaustiveOptimum of(SearchProblem problem) {
    return of(problem, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Enumerates all networks on all accelerators.
   *
   * @throws IllegalArgumentException if the task is not a table
   * @throws CancellationException if the thread is interrupted
   */
  public static ExhaustiveOptimum of(SearchProblem problem, int threads) {
    Rules rules = new Rules().require(threads >= 1, "threads (%d) must be at least 1", threads);
    rules.require(
        problem.task() instanceof TabularTask,
        "task %s trains its networks; only a table can be enumerated",
        problem.task().name());
    rules.check();
    return new ExhaustiveOptimum(problem, ((TabularTask) problem.task()).table(), threads);
  }

  private void enumerate(int threads) {
    List<Integer> chunks = new ArrayList<>();
    for (int from = 0; from < designs.length; from += CHUNK) {
      chunks.add(from);
    }
    Parallel.of("the enumeration", threads).map(chunks, this::enumerateFrom);
  }

  /** A chunk; returns its number of networks. */
  private int enumerateFrom(int from) {
    CostTable table = problem.table();
    Objective objective = problem.objective();
    HardwareOracle oracle = HardwareOracle.of(table);
    int[] choice = new int[table.networkSpace().blocks()];
    double[] metrics = new double[3];
    int end = Math.min(from + CHUNK, designs.length);
    for (int n = from; n < end; n++) {
      accuracies.choice(n, choice);
      designs[n] = oracle.best(choice, objective);
      table.metricsOn(choice, designs[n], metrics);
      costs[n] = objective.cost(metrics[0], metrics[1], metrics[2]);
      feasible[n] = objective.feasible(metrics[0], metrics[1], metrics[2]);
    }
    return end - from;
  }

  private double value(int network) {
    return problem.value(accuracies.get(network), costs[network]);
  }

  /** The enumerated problem. */
  public SearchProblem problem() {
    return problem;
  }

  /** Number of networks times number of accelerators. */
  public long pairs() {
    return (long) designs.length * problem.table().designs();
  }

  /** Whether any pair is feasible. */
  public boolean feasible() {
    return best >= 0;
  }

  /** The network of the largest value, the first of equal ones. */
  public Genotype genotype() {
    return problem.task().space().genotype(choice(require(best)));
  }

  /** The accelerator of the largest value. */
  public int designIndex() {
    return designs[require(best)];
  }

  /** The largest value. */
  public double value() {
    return value(require(best));
  }

  /** The best design with its metrics. */
  public Design best() {
    return designOf(require(best));
  }

  private int require(int network) {
    if (network < 0) {
      throw new IllegalArgumentException(
          "no network is feasible for " + problem.objective() + " on any accelerator");
    }
    return network;
  }

  /** Relative difference of a value from the optimum: 0 at the optimum; infinite if infeasible. */
  public double regret(double value, boolean keepsLimits) {
    return keepsLimits ? (value() - value) / Math.abs(value()) : Double.POSITIVE_INFINITY;
  }

  /** The Pareto front of networks, on their best accelerators, in accuracy and cost. */
  public List<Design> front() {
    List<Integer> all = new ArrayList<>();
    for (int n = 0; n < designs.length; n++) {
      if (feasible[n]) {
        all.add(n);
      }
    }
    return ParetoFront.<Integer>of(all, n -> costs[n], n -> -accuracies.get(n)).points().stream()
        .map(this::designOf)
        .toList();
  }

  private Design designOf(int network) {
    Genotype genotype = problem.task().space().genotype(choice(network));
    CostTable table = problem.table();
    return Design.of(
            genotype.toString(),
            table.accelerator(designs[network]),
            table.metrics(
                table.networkSpace().network(genotype), table.accelerator(designs[network])))
        .accuracy(accuracies.get(network))
        .accuracyError(problem.task().predictionError());
  }

  private int[] choice(int network) {
    int[] choice = new int[problem.task().space().blocks()];
    accuracies.choice(network, choice);
    return choice;
  }

  @Override
  public String toString() {
    return SignificantDigits.count(pairs()) + " designs of " + problem;
  }
}
