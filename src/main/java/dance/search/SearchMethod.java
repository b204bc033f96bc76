package dance.search;

import java.nio.file.Path;

/**
 * A way to search; immutable, for any number of threads. Gradient searches can keep checkpoints
 * ({@link #checkpoints}); the others begin anew.
 */
public interface SearchMethod {
  /** What tables and charts call it. */
  String name();

  /**
   * One line that differs between methods whose results differ for a problem, also by what they
   * price designs with.
   */
  default String recipe(SearchProblem problem) {
    return toString();
  }

  /**
   * This method with checkpoints in a folder, from which the same search goes on if they are there;
   * the method as it is if it keeps none.
   */
  default SearchMethod checkpoints(Path folder) {
    return this;
  }

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
