package dance.search;

import dance.evaluate.HardwareOracle;

/**
 * Derives the accelerator of a network and compares derived networks by the cost term's own choice
 * and cost; with hard constraints, the best feasible accelerator by exact costs replaces a choice
 * that violates them.
 */
final class Discretisation {
  private final SearchProblem problem;
  private final CostTerm term;
  private final boolean hard;
  private final HardwareOracle oracle;

  Discretisation(SearchProblem problem, CostTerm term, boolean hard) {
    this.problem = problem;
    this.term = term;
    this.hard = hard;
    oracle = HardwareOracle.of(problem.table());
  }

  /** The accelerator for a network. */
  int designIndex(int[] choice) {
    int designIndex = term.designIndex(choice);
    if (hard && Candidate.of(problem, choice, designIndex, 0).excess() > 0) {
      term.calls(term.calls() + problem.table().designs());
      return oracle.best(choice, problem.objective());
    }
    return designIndex;
  }

  /** A network with its accelerator and expected accuracy. */
  Candidate complete(int[] choice, double accuracy) {
    return candidate(choice, designIndex(choice), accuracy);
  }

  /** A network on an accelerator, for comparison in this search. */
  Candidate candidate(int[] choice, int designIndex, double accuracy) {
    Candidate exact = Candidate.of(problem, choice, designIndex, accuracy);
    double cost = term.judged(choice, exact.cost() / problem.reference());
    double value = accuracy - problem.lambda() * cost;
    return new Candidate(
        choice, designIndex, accuracy, exact.cost(), value, hard ? exact.excess() : 0);
  }
}
