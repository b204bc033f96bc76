package dance.search;

import java.util.function.UnaryOperator;

/**
 * Options of one co-exploration: {@code explore(problem, o -> o.epochs(30).seed(1))}.
 *
 * @param search options of the search
 * @param seed one seed, one result
 */
public record ExploreOptions(CoExplorerOptions search, long seed) {

  /** Defaults for the task, table or training, with seed 1. */
  public static ExploreOptions of(SearchProblem problem) {
    return new ExploreOptions(CoExplorerOptions.usual(problem.task().trains()), 1);
  }

  /** With another seed. */
  public ExploreOptions seed(long other) {
    return new ExploreOptions(search, other);
  }

  /** With one attempt of this number of epochs. */
  public ExploreOptions epochs(int count) {
    return search(o -> o.epochs(count));
  }

  /** With this number of epochs and of steps per epoch. */
  public ExploreOptions epochs(int count, int steps) {
    return search(o -> o.epochs(count, steps));
  }

  /** With this number of attempts from different initial α. */
  public ExploreOptions restarts(int count) {
    // without noise all attempts would be the same
    return search(o -> o.restarts(count, o.spread() > 0 ? o.spread() : 1));
  }

  /** With another learning rate. */
  public ExploreOptions learningRate(double rate) {
    return search(o -> o.learningRate(rate));
  }

  /** With any other option of the search: {@code o -> o.search(s -> s.warmUp(0.3))}. */
  public ExploreOptions search(UnaryOperator<CoExplorerOptions> change) {
    return new ExploreOptions(change.apply(search), seed);
  }
}
