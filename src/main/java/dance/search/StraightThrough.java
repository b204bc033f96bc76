package dance.search;

import java.nio.file.Path;

/**
 * DANCE by evaluations: the gradient of the accuracy is estimated from networks that were trained
 * from scratch, the sampled one and all that differ from it in one block ({@link
 * StraightThroughAccuracy}); costs are exact. What a search with full information reads in its
 * first step, this one has to pay for.
 *
 * @param options of the search
 */
public record StraightThrough(CoExplorerOptions options) implements SearchMethod {

  /** With the options of tables. */
  public static StraightThrough defaults() {
    return new StraightThrough(CoExplorerOptions.defaults());
  }

  @Override
  public String name() {
    return "DANCE straight-through";
  }

  @Override
  public SearchMethod checkpoints(Path folder) {
    return new StraightThrough(options.checkpoints(folder));
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    if (!(problem.task() instanceof TabularTask table)) {
      throw new IllegalArgumentException(
          "method "
              + name()
              + " reads the accuracies of a table, but task "
              + problem.task().name()
              + " trains its networks. Maybe DANCE with a supernet.");
    }
    SearchProblem sampled =
        new SearchProblem(
            table.straightThrough(),
            problem.table(),
            problem.objective(),
            problem.lambda(),
            problem.reference());
    return CoExplorer.exact(options).name(name()).search(sampled, seed, budget, watch);
  }
}
