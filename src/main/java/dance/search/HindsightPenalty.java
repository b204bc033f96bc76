package dance.search;

/**
 * Baseline (b) with the weight of its penalty chosen in hindsight: the search is repeated for each
 * weight of a ladder, and the result that turns out best, by exact cost, is kept. A generous
 * reading of a penalty on FLOPs: its weight has no relation to λ.
 *
 * @param penalty which operations count
 * @param options of each search
 */
public record HindsightPenalty(GradientBaseline.Penalty penalty, CoExplorerOptions options)
    implements SearchMethod {
  /** Times λ; our choice. */
  private static final double[] WEIGHTS = {1 / 16.0, 1 / 8.0, 0.25, 0.5, 1, 2, 4, 8, 16};

  @Override
  public String name() {
    return penalty.label() + ", best weight";
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    CoExplorerOptions plain = options.limits(CoExplorerOptions.Limits.IGNORED).checkpoints(null);
    JoinedSearches joined = new JoinedSearches(name(), problem, seed);
    for (double weight : WEIGHTS) {
      CostTerm term = new OperationsTerm(problem, penalty.count(), weight);
      joined.add(new GradientSearch(name(), problem, plain, term, seed, budget, watch).run(0));
    }
    return joined.result();
  }
}
