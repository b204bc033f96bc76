package dance.search;

/**
 * A way to search; immutable, for any number of threads. Gradient searches can keep checkpoints
 * ({@link CoExplorerOptions#checkpoints}); the others begin anew.
 */
public interface SearchMethod {
  /** What tables and charts call it. */
  String name();

  /**
   * Searches. One seed gives one result, unless the budget is time.
   *
   * @throws IllegalArgumentException if no design keeps the limits, naming what can be reached; or
   *     if a loss is not a number, saying where
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  SearchResult search(SearchProblem problem, long seed, Budget budget, Watch watch);

  /** Searches and tells nobody. */
  default SearchResult search(SearchProblem problem, long seed, Budget budget) {
    return search(problem, seed, budget, Watch.SILENT);
  }
}
