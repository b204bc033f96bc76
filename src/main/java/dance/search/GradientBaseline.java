package dance.search;

import dance.workload.Network;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;

/**
 * The baselines (a) and (b) of the paper (Choi et al., DAC 2021): a gradient search that knows no
 * hardware. The derived network then gets the best of all accelerators; constraints play no part in
 * the search.
 *
 * @param penalty what it minimises beside the loss of accuracy
 * @param options how to search
 */
public record GradientBaseline(Penalty penalty, CoExplorerOptions options) implements SearchMethod {

  /** What a baseline minimises beside the loss of accuracy. */
  public enum Penalty {
    /** Nothing. */
    NONE("accuracy only", "AccuracyOnly", 0),
    /** All operations, those of pooling and sums too, over those of the median network. */
    OPERATIONS("FLOPs penalty", "FlopsPenalty", 1),
    /** MACs, as FLOPs are commonly counted: pooling, sums and skips have none. */
    MACS("MACs penalty", "MacsPenalty", 1);

    private final String label;

    /** By which results that were stored are found again. */
    private final String recipe;

    private final double weight;

    Penalty(String label, String recipe, double weight) {
      this.label = label;
      this.recipe = recipe;
      this.weight = weight;
    }

    /** Name in tables. */
    String label() {
      return label;
    }

    /** Which operations of a layer count. */
    ToDoubleFunction<Network.Entry> count() {
      return this == MACS ? OperationCounts.MACS : OperationCounts.ALL;
    }
  }

  /** Baseline (a): no hardware term. */
  public static GradientBaseline accuracyOnly(CoExplorerOptions options) {
    return new GradientBaseline(Penalty.NONE, options);
  }

  /** Baseline (b): operations instead of hardware. */
  public static GradientBaseline flopsPenalty(CoExplorerOptions options) {
    return new GradientBaseline(Penalty.OPERATIONS, options);
  }

  @Override
  public String name() {
    return penalty.label;
  }

  @Override
  public String recipe(SearchProblem problem) {
    return penalty.recipe + "[options=" + options + "]";
  }

  @Override
  public SearchMethod checkpoints(Path folder) {
    return new GradientBaseline(penalty, options.checkpoints(folder));
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    CoExplorerOptions plain = options.limits(CoExplorerOptions.Limits.IGNORED);
    CostTerm term = new OperationsTerm(problem, penalty.count(), penalty.weight);
    return new GradientSearch(name(), problem, plain, term, seed, budget, watch).run(0);
  }
}
