package dance.search;

import dance.evaluate.HardwareOracle;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Cost without hardware: the operations of a relaxed architecture divided by those of the median
 * random network, times a weight; zero if the weight is 0. The accelerator is the oracle's best for
 * the derived network.
 */
final class OperationsTerm implements CostTerm {
  private final SearchProblem problem;
  private final HardwareOracle oracle;
  private final double[] share;
  private final double fixed;
  private final double weight;
  private final String kind;
  private long calls;

  /**
   * A term.
   *
   * @param count which operations of a layer count
   */
  OperationsTerm(SearchProblem problem, ToDoubleFunction<Network.Entry> count, double weight) {
    this.problem = problem;
    this.weight = weight;
    kind = count == OperationCounts.MACS ? "MACs" : "operations";
    oracle = HardwareOracle.of(problem.table());
    NetworkSpace space = problem.task().space();
    OperationCounts counts = OperationCounts.of(space, count);
    double median = median(space, counts);
    share = counts.perOperation();
    for (int i = 0; i < share.length; i++) {
      share[i] *= weight / median;
    }
    fixed = counts.fixed() * weight / median;
  }

  private static double median(NetworkSpace space, OperationCounts counts) {
    int[][] offered = AccuracyTable.offered(space);
    SplittableRandom random = new SplittableRandom(1);
    double[] sums = new double[SearchProblem.NETWORKS];
    int[] choice = new int[offered.length];
    for (int i = 0; i < sums.length; i++) {
      for (int b = 0; b < offered.length; b++) {
        choice[b] = offered[b][random.nextInt(offered[b].length)];
      }
      sums[i] = counts.of(choice);
    }
    Arrays.sort(sums);
    return sums[sums.length / 2];
  }

  @Override
  public String identity() {
    return kind + " weigh " + weight;
  }

  @Override
  public double expected(double[] probabilities, double[] metrics, double[] gradient) {
    Arrays.fill(metrics, Double.NaN);
    double cost = fixed;
    for (int i = 0; i < share.length; i++) {
      cost += share[i] * probabilities[i];
    }
    System.arraycopy(share, 0, gradient, 0, share.length);
    return cost;
  }

  @Override
  public double excess(double[] probabilities, double[] metrics, double[] gradient) {
    Arrays.fill(gradient, 0);
    return 0;
  }

  @Override
  public int designIndex(int[] choice) {
    calls += problem.table().designs();
    return oracle.best(choice, problem.objective());
  }

  @Override
  public double judged(int[] choice, double exact) {
    double cost = fixed;
    int operations = share.length / choice.length;
    for (int b = 0; b < choice.length; b++) {
      cost += share[b * operations + choice[b]];
    }
    return cost;
  }

  @Override
  public long calls() {
    return calls;
  }

  @Override
  public void calls(long count) {
    calls = count;
  }
}
