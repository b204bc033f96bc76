package dance.search;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.SignificantDigits;
import dance.space.Genotype;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The price of choosing network and accelerator one after the other, exactly: all pairs are
 * enumerated, and each way to separate the choices is measured by its regret against the joint
 * optimum. It is a property of the problem, not of a search: every choice is made perfectly.
 *
 * @param problem its λ is the one of this answer
 * @param optimum the best pair
 * @param ways how else a pair may be chosen, in the order of {@link Separation}
 * @param alternation what happens when the two choices take turns
 * @param fixed what one accelerator for all purposes loses
 */
public record Coupling(
    SearchProblem problem,
    Pair optimum,
    List<Way> ways,
    Alternation alternation,
    FixedChips fixed) {
  /** Copies the list: the record is immutable. */
  public Coupling {
    ways = List.copyOf(ways);
  }

  /**
   * A network on an accelerator.
   *
   * @param found with metrics and accuracy
   * @param value accuracy minus weighted cost
   */
  public record Pair(Design found, double value) {}

  /**
   * A way to choose a pair, and where it ends.
   *
   * @param separation the way
   * @param pair what it finds; null if that violates the limits
   * @param regret relative to the optimum, as a fraction; infinite if limits are violated
   */
  public record Way(Separation separation, Pair pair, double regret) {}

  /**
   * The two choices in turns, from every accelerator of the space: the best network for it, then
   * the best accelerator for that network, until nothing changes.
   *
   * @param starts number of accelerators to start from
   * @param reached how many starts end at the value of the optimum
   * @param failed how many starts end without a feasible pair
   * @param mean regret over the starts that end with one, as a fraction
   * @param worst regret of those
   * @param rounds most rounds until nothing changed
   * @param worstPair where the worst start ends; null if all fail
   */
  public record Alternation(
      int starts, int reached, int failed, double mean, double worst, int rounds, Pair worstPair) {}

  /**
   * The best network on each accelerator, as if it were the only one.
   *
   * @param chips number of accelerators
   * @param failed on how many of them no network is feasible
   * @param mean regret over the others, as a fraction
   * @param worst regret of the others
   */
  public record FixedChips(int chips, int failed, double mean, double worst) {}

  /** With one thread per processor. */
  public static Coupling of(SearchProblem problem) {
    return of(problem, new double[] {problem.lambda()}).get(0);
  }

  /**
   * For each weight of the cost; one pass over all pairs serves them all.
   *
   * @param lambdas {@code [results]}
   */
  public static List<Coupling> of(SearchProblem problem, double... lambdas) {
    return of(problem, Runtime.getRuntime().availableProcessors(), lambdas);
  }

  /**
   * For each weight of the cost. The result does not depend on the number of threads.
   *
   * @param lambdas {@code [results]}
   * @throws IllegalArgumentException if the task is not a table, or no pair is feasible
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static List<Coupling> of(SearchProblem problem, int threads, double... lambdas) {
    check(problem, threads, lambdas);
    AccuracyTable accuracies = ((TabularTask) problem.task()).table();
    return of(PairSurvey.of(problem, accuracies, lambdas, threads));
  }

  /** What a survey of all pairs says for each of its λ. */
  static List<Coupling> of(PairSurvey survey) {
    CouplingSurvey ways = new CouplingSurvey(survey);
    return IntStream.range(0, survey.lambdas.length).mapToObj(ways::coupling).toList();
  }

  private static void check(SearchProblem problem, int threads, double... lambdas) {
    Rules rules = new Rules().require(threads >= 1, "threads (%d) must be at least 1", threads);
    rules.require(lambdas.length > 0, "coupling needs at least one lambda");
    rules.require(
        problem.task() instanceof TabularTask,
        "task %s trains its networks; only a table can be enumerated",
        problem.task().name());
    for (double lambda : lambdas) {
      rules.require(
          lambda >= 0 && Double.isFinite(lambda),
          "lambda (%s) must be finite and not negative",
          lambda);
    }
    rules.check();
    problem.checkLimits();
  }

  /** The way of this name. */
  public Way way(Separation separation) {
    return ways.stream().filter(w -> w.separation == separation).findFirst().orElseThrow();
  }

  /** Network of the optimum. */
  public Genotype genotype() {
    return Genotype.parse(optimum.found.network());
  }

  /** The problem, the optimum and each regret in a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(problem + "\n");
    text.append("optimum: ")
        .append(optimum.found.network() + " on " + optimum.found.accelerator().name())
        .append(", value " + SignificantDigits.measure(optimum.value) + "\n");
    for (Way way : ways) {
      text.append(way.separation.label()).append(": ").append(percent(way.regret)).append('\n');
    }
    text.append("alternating: mean " + percent(alternation.mean))
        .append(", worst " + percent(alternation.worst))
        .append(
            ", optimum from "
                + SignificantDigits.count(alternation.reached)
                + " of "
                + SignificantDigits.count(alternation.starts)
                + " starts");
    return text.toString();
  }

  private static String percent(double regret) {
    return Double.isFinite(regret)
        ? "regret " + SignificantDigits.measure(100 * regret) + " %"
        : "violates the limits";
  }
}
