package dance.search;

import java.util.ArrayList;
import java.util.List;

/** Several searches as one: the best of their results, at the cost of all of them. */
final class JoinedSearches {
  private final String name;
  private final SearchProblem problem;
  private final long seed;
  private final List<Trace.Epoch> epochs = new ArrayList<>();
  private Candidate best;
  private SearchCost cost;

  JoinedSearches(String name, SearchProblem problem, long seed) {
    this.name = name;
    this.problem = problem;
    this.seed = seed;
  }

  /** Adds a search that saw what those before it saw. */
  void add(SearchResult result) {
    double seconds = cost == null ? 0 : cost.seconds();
    long calls = cost == null ? 0 : cost.costModelCalls();
    for (Trace.Epoch e : result.trace().epochs()) {
      epochs.add(
          new Trace.Epoch(
              e.restart(),
              e.step(),
              new Trace.Spent(e.evaluations(), calls + e.costModelCalls(), seconds + e.seconds()),
              e.entropy(),
              e.losses(),
              e.probabilities(),
              e.genotype(),
              e.designIndex()));
    }
    int[] choice = problem.task().space().choice(result.genotype());
    Candidate found = Candidate.of(problem, choice, result.designIndex(), result.accuracy());
    best = found.better(best) ? found : best;
    SearchCost.Used used = result.searchCost().used();
    cost =
        new SearchCost(
            seconds + result.searchCost().seconds(),
            new SearchCost.Used(
                used.information(),
                used.evaluations(),
                used.steps() + (cost == null ? 0 : cost.steps()),
                used.trainings() + (cost == null ? 0 : cost.trainings()),
                used.images() + (cost == null ? 0 : cost.images())),
            calls + result.searchCost().costModelCalls(),
            0);
  }

  SearchResult result() {
    return SearchResult.of(name, seed, problem, best, null, new Trace(epochs), cost);
  }
}
