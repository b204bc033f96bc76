package dance.search;

import java.nio.file.Path;

/**
 * Baseline (b) of the paper: the cost term is the number of multiply-accumulate operations, divided
 * by that of the median network; the derived network then gets its best accelerator.
 *
 * @param options of the search
 */
public record FlopsPenalty(CoExplorerOptions options) implements SearchMethod {
  @Override
  public String name() {
    return "FLOPs penalty";
  }

  @Override
  public SearchMethod checkpoints(Path folder) {
    return new FlopsPenalty(options.checkpoints(folder));
  }

  @Override
  public SearchResult search(SearchProblem problem, long seed, Budget budget, Watch watch) {
    CoExplorerOptions plain = options.limits(CoExplorerOptions.Limits.IGNORED);
    return new GradientSearch(
            name(), problem, plain, new OperationsTerm(problem, 1), seed, budget, watch)
        .run(0);
  }
}
