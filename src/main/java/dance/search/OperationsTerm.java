package dance.search;

import dance.evaluate.HardwareOracle;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cost without hardware: the multiply-accumulate operations of a relaxed architecture divided by
 * those of the median random network, times a weight; zero if the weight is 0. The accelerator is
 * the oracle's best for the derived network.
 */
final class OperationsTerm implements CostTerm {
  private final SearchProblem problem;
  private final HardwareOracle oracle;
  private final double[] share;
  private final double fixed;
  private final double weight;
  private long calls;

  OperationsTerm(SearchProblem problem, double weight) {
    this.problem = problem;
    this.weight = weight;
    oracle = HardwareOracle.of(problem.table());
    NetworkSpace space = problem.task().space();
    int operations = space.operations().size();
    share = new double[space.blocks() * operations];
    int[][] offered = AccuracyTable.offered(space);
    for (int b = 0; b < offered.length; b++) {
      for (int o : offered[b]) {
        share[b * operations + o] = operations(space.layers(b, o));
      }
    }
    double always = operations(space.fixedLayers());
    double median = median(space, offered, always);
    for (int i = 0; i < share.length; i++) {
      share[i] *= weight / median;
    }
    fixed = always * weight / median;
  }

  private static double operations(List<Network.Entry> layers) {
    double sum = 0;
    for (Network.Entry entry : layers) {
      sum += entry.repeats() * (double) entry.layer().einsum().points();
    }
    return sum;
  }

  private double median(NetworkSpace space, int[][] offered, double always) {
    SplittableRandom random = new SplittableRandom(1);
    double[] sums = new double[SearchProblem.NETWORKS];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = always;
      for (int b = 0; b < offered.length; b++) {
        int operation = offered[b][random.nextInt(offered[b].length)];
        sums[i] += share[b * space.operations().size() + operation];
      }
    }
    Arrays.sort(sums);
    return sums[sums.length / 2];
  }

  @Override
  public String identity() {
    return "operations weigh " + weight;
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
  public double[] believed(int[] choice, int designIndex) {
    return null;
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
