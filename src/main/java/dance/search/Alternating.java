package dance.search;

import dance.check.Rules;
import java.util.SplittableRandom;

/**
 * Baseline: the two choices take turns, from several random accelerators: a gradient search for the
 * network on the accelerator, then the best accelerator for that network, until neither changes or
 * the value no longer rises. The chicken-and-egg loop that co-exploration replaces.
 *
 * @param starts number of accelerators to start from
 * @param rounds most turns from one start
 * @param options of the searches
 */
public record Alternating(int starts, int rounds, CoExplorerOptions options)
    implements SearchMethod {
  /**
   * @throws IllegalArgumentException if there is no start or no round
   */
  public Alternating {
    new Rules()
        .require(starts >= 1, "starts (%d) must be at least 1", starts)
        .require(rounds >= 1, "rounds (%d) must be at least 1", rounds)
        .check();
  }

  /** Three starts of at most 20 rounds. */
  public static Alternating of(CoExplorerOptions options) {
    return new Alternating(3, 20, options);
  }

  @Override
  public String name() {
    return "alternating";
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    CoExplorerOptions plain = options.limits(CoExplorerOptions.Limits.IGNORED).checkpoints(null);
    SplittableRandom random = new SplittableRandom(seed);
    JoinedSearches joined = new JoinedSearches(name(), problem, seed);
    for (int start = 0; start < starts; start++) {
      int designIndex = random.nextInt(problem.table().designs());
      SearchResult before = null;
      for (int round = 0; round < rounds; round++) {
        CostTerm term = new DesignTerm(problem, designIndex, true);
        SearchResult found =
            new GradientSearch(name(), problem, plain, term, random.nextLong(), budget, watch)
                .run(0);
        joined.add(found);
        boolean same = found.designIndex() == designIndex;
        if (same || before != null && !(found.value() > before.value())) {
          break;
        }
        before = found;
        designIndex = found.designIndex();
      }
    }
    return joined.result();
  }
}
