package dance.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The evaluations of a black-box search: counts them, keeps the best, and ends when the budget is
 * exhausted.
 */
final class EvaluationLog {
  private final String method;
  private final SearchProblem problem;
  private final long seed;
  private final Budget budget;
  private final SearchListener watch;
  private final long most;
  private final long start = System.nanoTime();
  private final Set<String> networks = new HashSet<>();
  private final BitSet read = new BitSet();
  private final AccuracyTable table;
  private final List<Trace.Epoch> epochs = new ArrayList<>();
  private Candidate best;
  private long evaluations;

  /**
   * @param usual default number of evaluations, for an unlimited budget
   * @throws IllegalArgumentException if no design is feasible
   */
  EvaluationLog(
      String method,
      SearchProblem problem,
      long seed,
      Budget budget,
      SearchListener watch,
      long usual) {
    Feasibility.check(problem);
    this.method = method;
    this.problem = problem;
    this.seed = seed;
    this.budget = budget;
    this.watch = watch;
    table = problem.task() instanceof TabularTask tabular ? tabular.table() : null;
    boolean seconds = budget.unit() == Budget.Unit.SECONDS;
    most =
        seconds ? Long.MAX_VALUE : budget.endless() ? usual : Math.max(1, (long) budget.amount());
  }

  /**
   * Whether the budget allows another evaluation.
   *
   * @throws CancellationException if the thread is interrupted
   */
  boolean more() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(method + " was interrupted");
    }
    return evaluations < most
        && (budget.unit() != Budget.Unit.SECONDS || seconds() < budget.amount());
  }

  long evaluations() {
    return evaluations;
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Evaluates a design. */
  Candidate evaluate(int[] choice, int designIndex) {
    evaluations++;
    if (table != null) {
      read.set(table.index(choice));
    } else {
      networks.add(problem.task().space().genotype(choice).toString());
    }
    double accuracy = problem.task().accuracy(choice, seed);
    Candidate candidate = Candidate.of(problem, choice, designIndex, accuracy);
    if (candidate.better(best)) {
      best = candidate;
      Trace.Epoch epoch = epoch();
      epochs.add(epoch);
      watch.at(epoch, Math.min(evaluations, most), most);
    } else if (evaluations == most) {
      watch.at(epochs.get(epochs.size() - 1), most, most);
    }
    return candidate;
  }

  private Trace.Epoch epoch() {
    return new Trace.Epoch(
        0,
        (int) Math.min(Integer.MAX_VALUE, evaluations),
        new Trace.Spent(evaluations, evaluations, seconds()),
        Double.NaN,
        new Trace.Losses(
            Double.NaN, 1 - best.accuracy(), best.cost() / problem.reference(), -best.value()),
        List.of(),
        problem.task().space().genotype(best.choice()),
        best.designIndex());
  }

  /** The result: the best design. */
  SearchResult result() {
    long different = read.cardinality() + networks.size();
    return SearchResult.of(
        method,
        seed,
        problem,
        best,
        null,
        new Trace(epochs),
        new SearchCost(
            seconds(),
            evaluations,
            different,
            problem.task().trains() ? evaluations : 0,
            evaluations,
            0));
  }
}
