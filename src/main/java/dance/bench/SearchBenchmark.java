package dance.bench;

import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.ExhaustiveOptimum;
import dance.search.SearchProblem;
import dance.search.TabularTask;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;

/**
 * Speed of searches on one core.
 *
 * @param stepsPerSecond gradient steps of DANCE with exact costs, accuracies from a table
 * @param designsPerSecond enumerated pairs of network and accelerator for the exhaustive optimum
 * @param imagesPerSecond training and validation images of a supernet
 */
public record SearchBenchmark(
    double stepsPerSecond, double designsPerSecond, double imagesPerSecond) {
  private static final int STEPS = 4000;
  private static final double SUPERNET_SECONDS = 5;

  /**
   * Measures tables on NAS-Bench-201's space with synthetic accuracies and costs, the supernet on
   * the bundled images; takes seconds.
   */
  public static SearchBenchmark measure() {
    return measure(NetworkSpace.nasBench201(), AcceleratorSpace.dance(), STEPS, SUPERNET_SECONDS);
  }

  /**
   * Measures in other spaces.
   *
   * @param steps of the search that is measured
   * @param supernetSeconds how long the supernet trains
   */
  public static SearchBenchmark measure(
      NetworkSpace space, AcceleratorSpace designs, int steps, double supernetSeconds) {
    CostTable table = OracleBenchmark.madeUp(space, designs);
    TabularTask task =
        TabularTask.of("made up", space, g -> (g.hashCode() & 0xffff) / (double) 0xffff);
    SearchProblem problem = SearchProblem.of(task, table, Objective.EDAP, 0.1);
    CoExplorer method = CoExplorer.exact(CoExplorerOptions.defaults().epochs(10, 10).refine(false));
    method.search(problem, 1, Budget.steps(Math.max(1, steps / 4))); // warm-up
    long start = System.nanoTime();
    method.search(problem, 2, Budget.steps(steps));
    double perSecond = steps / ((System.nanoTime() - start) / 1e9);
    start = System.nanoTime();
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem, 1);
    double designsPerSecond = truth.pairs() / ((System.nanoTime() - start) / 1e9);
    double images = SupernetSpeed.measure(supernetSeconds).imagesPerSecond();
    return new SearchBenchmark(perSecond, designsPerSecond, images);
  }
}
