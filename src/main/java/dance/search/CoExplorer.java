package dance.search;

import dance.check.Copy;
import dance.evaluate.Evaluator;
import dance.evaluate.ExactEvaluator;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * DANCE (Choi et al., DAC 2021): differentiable co-exploration of network and accelerator. Gradient
 * descent on
 *
 * <pre>  loss of accuracy + λ · cost(evaluator(α)) / reference</pre>
 *
 * where the evaluator chooses an accelerator for the relaxed architecture and predicts its cost,
 * differentiably; the accelerator of the result is the one that it chooses for the derived network.
 * Hard constraints as in HDX (arXiv 2301.09312).
 *
 * @param name as tables show it
 * @param evaluator factory of the evaluator for a problem; each search makes one and uses it in its
 *     own thread
 * @param evaluatorSeconds duration of its training, 0 if it needs none
 * @param options of the search
 */
public record CoExplorer(
    String name,
    Function<SearchProblem, Evaluator> evaluator,
    double evaluatorSeconds,
    CoExplorerOptions options)
    implements SearchMethod {

  /** With exact costs, which need no training. */
  public static CoExplorer exact(CoExplorerOptions options) {
    return new CoExplorer(
        "DANCE exact", p -> ExactEvaluator.of(p.table(), p.objective()), 0, options);
  }

  /**
   * With a trained evaluator, which the caller must close. Searches in several threads take turns
   * with it.
   *
   * @throws IllegalArgumentException in a search, if it was trained on another cost model
   */
  public static CoExplorer neural(Evaluator evaluator, CoExplorerOptions options) {
    Evaluator shared = new SharedEvaluator(evaluator);
    return new CoExplorer(
        evaluator.methodName(),
        p -> {
          evaluator.checkTrainedBy(p.table());
          return shared;
        },
        evaluator.trainSeconds(),
        options);
  }

  /** With another name. */
  public CoExplorer name(String other) {
    return Copy.with(this, "name", other);
  }

  /** With other options. */
  public CoExplorer options(CoExplorerOptions other) {
    return Copy.with(this, "options", other);
  }

  @Override
  public String recipe(SearchProblem problem) {
    return name + ", " + options + ", " + term(problem).identity();
  }

  @Override
  public SearchMethod checkpoints(Path folder) {
    return options(options.checkpoints(folder));
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    return new GradientSearch(name, problem, options, term(problem), seed, budget, watch)
        .run(evaluatorSeconds);
  }

  private CostTerm term(SearchProblem problem) {
    boolean ignored = options.limits() == CoExplorerOptions.Limits.IGNORED;
    SearchProblem seen = ignored ? problem.unlimited() : problem;
    return new EvaluatorTerm(seen, evaluator.apply(seen));
  }
}
