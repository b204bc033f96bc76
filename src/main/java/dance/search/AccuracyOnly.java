package dance.search;

import java.nio.file.Path;

/**
 * Baseline (a) of the paper: a search without hardware term; the derived network then gets its best
 * accelerator.
 *
 * @param options of the search
 */
public record AccuracyOnly(CoExplorerOptions options) implements SearchMethod {
  @Override
  public String name() {
    return "accuracy only";
  }

  @Override
  public SearchMethod checkpoints(Path folder) {
    return new AccuracyOnly(options.checkpoints(folder));
  }

  @Override
  public SearchResult search(SearchProblem problem, long seed, Budget budget, Watch watch) {
    CoExplorerOptions plain = options.limits(CoExplorerOptions.Limits.IGNORED);
    return new GradientSearch(
            name(), problem, plain, new OperationsTerm(problem, 0), seed, budget, watch)
        .run(0);
  }
}
