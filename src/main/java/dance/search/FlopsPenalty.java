package dance.search;

import java.nio.file.Path;

/**
 * Baseline (b) of the paper: a search that pays for multiply-accumulate operations instead of
 * hardware, over those of the median network; the derived network then gets the best of all
 * accelerators.
 *
 * @param options how to search
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
