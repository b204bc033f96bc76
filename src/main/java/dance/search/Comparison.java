package dance.search;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Parallel;
import dance.cost.ParetoFront;
import dance.cost.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;

/**
 * Methods compared on the same problem, with the same seeds and budget, and the exhaustive optimum
 * where it can be enumerated.
 *
 * @param problem the problem
 * @param budget of each search
 * @param truth exhaustive optimum of a table; otherwise empty
 * @param results of each method by its name, in the order of the seeds
 */
public record Comparison(
    SearchProblem problem,
    Budget budget,
    Optional<ExhaustiveOptimum> truth,
    Map<String, List<SearchResult>> results) {

  /** What was compared; the searches have a table. */
  @Override
  public String toString() {
    return "%s: %s, %d seeds each"
        .formatted(
            problem,
            String.join(", ", results.keySet()),
            results.values().stream().mapToInt(List::size).max().orElse(0));
  }

  /** Regret up to which a search counts as having found the optimum: one per cent. */
  public static final double NEAR = 0.01;

  /**
   * An interrupted search ends after its current step, which for a supernet may take a second or
   * two.
   */
  static final long LAST_STEP_MS = 10_000;

  /**
   * With one thread per processor.
   *
   * @param seeds {@code [searches of a method]}
   */
  public static Comparison run(
      SearchProblem problem, List<SearchMethod> methods, long[] seeds, Budget budget) {
    return run(problem, methods, seeds, budget, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Runs every method with every seed. The results, except times, do not depend on the number of
   * threads.
   *
   * @param seeds {@code [searches of a method]}
   * @param threads number of parallel searches; one if the task trains networks
   * @throws IllegalArgumentException if two methods have the same name, or the arguments of a
   *     search are invalid
   * @throws CancellationException if the thread is interrupted
   */
  public static Comparison run(
      SearchProblem problem, List<SearchMethod> methods, long[] seeds, Budget budget, int threads) {
    check(methods, seeds, threads);
    Optional<ExhaustiveOptimum> truth =
        problem.task() instanceof TabularTask
            ? Optional.of(ExhaustiveOptimum.of(problem, threads))
            : Optional.empty();
    return new Comparison(problem, budget, truth, search(problem, methods, seeds, budget, threads));
  }

  private static void check(List<SearchMethod> methods, long[] seeds, int threads) {
    long names = methods.stream().map(SearchMethod::name).distinct().count();
    new Rules()
        .require(!methods.isEmpty(), "a comparison needs a method")
        .require(seeds.length > 0, "a comparison needs a seed")
        .require(threads >= 1, "threads (%d) must be at least 1", threads)
        .require(
            names == methods.size(),
            "methods %s must have different names",
            methods.stream().map(SearchMethod::name).toList())
        .check();
  }

  /** Every method with every seed, by the names of the methods. */
  static Map<String, List<SearchResult>> search(
      SearchProblem problem, List<SearchMethod> methods, long[] seeds, Budget budget, int threads) {
    check(methods, seeds, threads);
    // DJL has one gradient collector per process
    boolean trains = problem.task().trains();
    List<Search> searches = new ArrayList<>();
    for (SearchMethod method : methods) {
      for (long seed : seeds) {
        searches.add(new Search(method, seed));
      }
    }
    Map<String, List<SearchResult>> results = new LinkedHashMap<>();
    try (Steps steps = Steps.of("compare", "searches", searches.size())) {
      List<SearchResult> found =
          new Parallel("the comparison", trains ? 1 : threads, LAST_STEP_MS)
              .map(
                  searches,
                  steps,
                  search -> {
                    steps.note(search.method.name());
                    return search.method.search(problem, search.seed, budget);
                  });
      for (int m = 0; m < methods.size(); m++) {
        results.put(
            methods.get(m).name(),
            List.copyOf(found.subList(m * seeds.length, (m + 1) * seeds.length)));
      }
    }
    return results;
  }

  /** One search of a comparison. */
  private record Search(SearchMethod method, long seed) {}

  /** Mean and confidence interval of a quantity over the searches of a method. */
  public ConfidenceInterval interval(String method, ToDoubleFunction<SearchResult> figure) {
    return ConfidenceInterval.of(results.get(method).stream().mapToDouble(figure).toArray());
  }

  /** Relative difference of a result from the optimum; NaN without one. */
  public double regret(SearchResult result) {
    return truth.map(t -> t.regret(result.value(), result.feasible())).orElse(Double.NaN);
  }

  /** What a method knew of accuracies; methods are ranked only within such a group. */
  public Information information(String method) {
    return results.get(method).get(0).searchCost().information();
  }

  /** The groups that have methods, in order. */
  public List<Information> groups() {
    return Arrays.stream(Information.values()).filter(g -> !methods(g).isEmpty()).toList();
  }

  /** The methods of a group. */
  public List<String> methods(Information group) {
    return results.keySet().stream().filter(m -> information(m) == group).toList();
  }

  /** The comparison of a group alone. */
  public Comparison only(Information group) {
    Map<String, List<SearchResult>> kept = new LinkedHashMap<>();
    methods(group).forEach(m -> kept.put(m, results.get(m)));
    return new Comparison(problem, budget, truth, kept);
  }

  /** Number of searches of a method with a regret of at most {@link #NEAR}. */
  public long near(String method) {
    return results.get(method).stream().filter(r -> regret(r) <= NEAR).count();
  }

  /** Number of feasible results of a method. */
  public long feasible(String method) {
    return results.get(method).stream().filter(SearchResult::feasible).count();
  }

  /** The candidate of a search at some time. */
  private record Point(Trace.Epoch epoch, Candidate candidate) {}

  /**
   * The candidates derived in a search, epoch by epoch, with exact costs and the accuracies of the
   * table.
   */
  private List<Point> points(SearchResult result) {
    List<Point> points = new ArrayList<>();
    for (Trace.Epoch epoch : result.trace().epochs()) {
      int[] choice = problem.task().space().choice(epoch.genotype());
      double accuracy = problem.task().accuracy(choice, result.seed());
      points.add(new Point(epoch, Candidate.of(problem, choice, epoch.designIndex(), accuracy)));
    }
    return points;
  }

  /**
   * The regret of the best design so far as a function of the cost of a search.
   *
   * @param cost of the search: {@link Trace.Epoch#evaluations}, {@link Trace.Epoch#seconds}
   * @param grid {@code [steps]}: of this cost, ascending
   * @return {@code [steps]}: infinite where nothing was found yet
   * @throws IllegalArgumentException without an exhaustive optimum
   */
  public double[] regrets(SearchResult result, ToDoubleFunction<Trace.Epoch> cost, double[] grid) {
    ExhaustiveOptimum known = known();
    double[] regrets = new double[grid.length];
    Arrays.fill(regrets, Double.POSITIVE_INFINITY);
    for (Point point : points(result)) {
      double regret = known.regret(point.candidate.value(), point.candidate.feasible());
      for (int i = grid.length - 1; i >= 0 && grid[i] >= cost.applyAsDouble(point.epoch); i--) {
        regrets[i] = Math.min(regrets[i], regret);
      }
    }
    return regrets;
  }

  /**
   * Cost at which a search first reached this regret; infinite if it never did. Evaluations say
   * nothing of a search with full information.
   */
  public double costTo(double regret, SearchResult result, ToDoubleFunction<Trace.Epoch> cost) {
    ExhaustiveOptimum known = known();
    for (Point point : points(result)) {
      if (known.regret(point.candidate.value(), point.candidate.feasible()) <= regret) {
        return cost.applyAsDouble(point.epoch);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The median of {@link #costTo} over the searches of a method, for an even number the upper of
   * the two medians; infinite if at most half of them reached the regret.
   */
  public double medianTo(double regret, String method, ToDoubleFunction<Trace.Epoch> cost) {
    double[] costs =
        results.get(method).stream().mapToDouble(r -> costTo(regret, r, cost)).sorted().toArray();
    return costs[costs.length / 2];
  }

  private ExhaustiveOptimum known() {
    return truth.orElseThrow(
        () ->
            new IllegalArgumentException(
                "the truth of " + problem.name() + " is not known: it is no table"));
  }

  /** The results of all searches of a method. */
  public List<Design> found(String method) {
    return results.get(method).stream().map(SearchResult::found).toList();
  }

  /** The Pareto front, in accuracy and cost, of the feasible results of all methods. */
  public ParetoFront<Design> front() {
    return front(results.keySet().stream().flatMap(m -> kept(m).stream()).toList());
  }

  /** The searches that found the {@link #front}, in its order. */
  public List<SearchResult> frontSearches() {
    List<SearchResult> all =
        results.values().stream().flatMap(List::stream).filter(SearchResult::feasible).toList();
    return ParetoFront.<SearchResult>of(all, SearchResult::cost, r -> -r.accuracy()).points();
  }

  private List<Design> kept(String method) {
    return results.get(method).stream()
        .filter(SearchResult::feasible)
        .map(SearchResult::found)
        .toList();
  }

  /**
   * The fraction of the volume dominated by the true front, in accuracy and cost with the worst
   * values of that front as reference point, that the feasible results of a method dominate; NaN
   * without an exhaustive optimum.
   */
  public double hypervolume(String method) {
    if (truth.isEmpty() || truth.get().front().isEmpty()) {
      return Double.NaN;
    }
    List<Design> all = truth.get().front();
    double dearest = all.stream().mapToDouble(this::cost).max().orElseThrow() * 1.01;
    double worst =
        all.stream().mapToDouble(d -> -d.accuracy().getAsDouble()).max().orElseThrow() + 0.01;
    return front(kept(method)).hypervolume(dearest, worst) / front(all).hypervolume(dearest, worst);
  }

  private ParetoFront<Design> front(List<Design> designs) {
    return ParetoFront.<Design>of(designs, this::cost, d -> -d.accuracy().getAsDouble());
  }

  private double cost(Design design) {
    return problem.objective().cost(design.metrics());
  }
}
