package dance.search;

import java.util.function.UnaryOperator;

/**
 * What a cell says of one co-exploration: {@code explore(problem, o -> o.epochs(30).seed(1))}.
 *
 * @param search how to search
 * @param seed one seed, one result
 */
public record ExploreOptions(CoExplorerOptions search, long seed) {

  /** With seed 1; options for tables, or those for tasks that train. */
  public static ExploreOptions of(SearchProblem problem) {
    return new ExploreOptions(CoExplorerOptions.usual(problem.task().trains()), 1);
  }

  /** With another seed. */
  public ExploreOptions seed(long other) {
    return new ExploreOptions(search, other);
  }

  /** With so many epochs of one attempt. */
  public ExploreOptions epochs(int count) {
    return search(o -> o.epochs(count));
  }

  /** With so many epochs of so many steps. */
  public ExploreOptions epochs(int count, int steps) {
    return search(o -> o.epochs(count, steps));
  }

  /** With so many attempts, each after the first begun at another place. */
  public ExploreOptions restarts(int count) {
    // where attempts do not spread, all of them would be the same
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
