package dance.search;

import dance.space.Genotype;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * The evaluations of a black-box search: counts them, keeps the best, and ends when the budget is
 * exhausted.
 */
final class EvaluationLog {
  /**
   * A search that meets the same networks again and again, as in a space of fewer networks than its
   * budget, ends after this number of designs for each evaluation of the budget.
   */
  static final long MOST_STEPS_PER_EVALUATION = 10;

  private final String method;
  private final SearchProblem problem;
  private final long seed;
  private final Budget budget;
  private final SearchListener watch;
  private final long mostEvaluations;
  private final long mostSteps;
  private final long start = System.nanoTime();
  private final Map<Genotype, Double> trained = new HashMap<>();
  private final NetworksRead read = new NetworksRead();
  private final AccuracyTable table;
  private final List<Trace.Epoch> epochs = new ArrayList<>();
  private Candidate best;
  private long steps;

  /**
   * @param usual default number of designs to compare, for an unlimited budget
   * @throws IllegalArgumentException if no design is feasible
   */
  EvaluationLog(
      String method,
      SearchProblem problem,
      long seed,
      Budget budget,
      SearchListener watch,
      long usual) {
    budget.refuseImages(method);
    Feasibility.check(problem);
    this.method = method;
    this.problem = problem;
    this.seed = seed;
    this.budget = budget;
    this.watch = watch;
    table = problem.task() instanceof TabularTask tabular ? tabular.table() : null;
    boolean endless = budget.endless() || budget.unit() == Budget.Unit.SECONDS;
    long amount = endless ? Long.MAX_VALUE : Math.max(1, (long) budget.amount());
    boolean counted = !endless && budget.unit() == Budget.Unit.EVALUATIONS;
    mostEvaluations = counted ? amount : Long.MAX_VALUE;
    mostSteps = budget.endless() ? usual : counted ? MOST_STEPS_PER_EVALUATION * amount : amount;
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
    return evaluations() < mostEvaluations
        && steps < mostSteps
        && (budget.unit() != Budget.Unit.SECONDS || seconds() < budget.amount());
  }

  /** Designs compared so far. */
  long steps() {
    return steps;
  }

  /** Different networks whose accuracy was used. */
  private long evaluations() {
    return table != null ? read.count() : trained.size();
  }

  /** A network that is met again is not trained again. */
  private double accuracy(int[] choice) {
    if (table != null) {
      read.add(table.index(choice));
      return problem.task().accuracy(choice, seed);
    }
    return trained.computeIfAbsent(
        problem.task().space().genotype(choice), g -> problem.task().accuracy(choice, seed));
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Evaluates a design. */
  Candidate evaluate(int[] choice, int designIndex) {
    steps++;
    double accuracy = accuracy(choice);
    Candidate candidate = Candidate.of(problem, choice, designIndex, accuracy);
    if (candidate.better(best)) {
      best = candidate;
      Trace.Epoch epoch = epoch();
      epochs.add(epoch);
      watch.at(epoch, Math.min(steps, mostSteps), mostSteps);
    } else if (steps == mostSteps) {
      watch.at(epochs.get(epochs.size() - 1), mostSteps, mostSteps);
    }
    return candidate;
  }

  private Trace.Epoch epoch() {
    return new Trace.Epoch(
        0,
        (int) Math.min(Integer.MAX_VALUE, steps),
        new Trace.Spent(evaluations(), steps, seconds()),
        Double.NaN,
        new Trace.Losses(
            Double.NaN, 1 - best.accuracy(), best.cost() / problem.reference(), -best.value()),
        List.of(),
        problem.task().space().genotype(best.choice()),
        best.designIndex());
  }

  /** The result: the best design. */
  SearchResult result() {
    return SearchResult.of(
        method,
        seed,
        problem,
        best,
        null,
        new Trace(epochs),
        new SearchCost(
            seconds(),
            new SearchCost.Used(
                Information.EVALUATIONS,
                evaluations(),
                steps,
                problem.task().trains() ? evaluations() : 0),
            steps,
            0));
  }
}
