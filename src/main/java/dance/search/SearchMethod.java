package dance.search;

import java.nio.file.Path;

/**
 * A search method; immutable and thread-safe. Gradient searches can write checkpoints ({@link
 * #checkpoints}); the others start over.
 */
public interface SearchMethod {
  /** Name in tables and charts. */
  String name();

  /**
   * One line that identifies everything that the result for a problem depends on, including the
   * cost model.
   */
  default String recipe(SearchProblem problem) {
    return toString();
  }

  /**
   * This method with checkpoints in a folder, from which the same search resumes if there are any;
   * unchanged if it supports none.
   */
  default SearchMethod checkpoints(Path folder) {
    return this;
  }

  /**
   * Searches. One seed gives one result, unless the budget is time.
   *
   * @throws IllegalArgumentException if no design is feasible, naming the smallest values that can
   *     be reached; or if a loss is not a number
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  SearchResult search(SearchProblem problem, long seed, Budget budget, SearchListener watch);

  /** Searches without progress reporting. */
  default SearchResult search(SearchProblem problem, long seed, Budget budget) {
    return search(problem, seed, budget, SearchListener.SILENT);
  }
}
