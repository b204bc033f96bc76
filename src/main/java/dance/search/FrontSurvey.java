package dance.search;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.ParetoFront;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Fronts instead of points: every method at several weights of the cost, and the fraction of the
 * true front's hypervolume that its results dominate, with an interval over seeds.
 *
 * @param problem its own λ is not used
 * @param truth all pairs
 * @param weights λ of each search
 * @param found {@code [seeds][weights]} of each method by its name
 */
public record FrontSurvey(
    SearchProblem problem,
    ExhaustiveOptimum truth,
    List<Double> weights,
    Map<String, List<List<SearchResult>>> found) {

  /** With an immutable copy of the weights. */
  public FrontSurvey {
    weights = List.copyOf(weights);
  }

  /** Weights of the cost from accuracy alone to cost alone, six a decade: {@code [23]}. */
  public static double[] lambdas() {
    return new double[] {
      0.0005, 0.0007, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05,
      0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2
    };
  }

  /**
   * With one thread per processor.
   *
   * @param seeds {@code [seeds]}
   * @param lambdas {@code [weights]}
   * @param budget of each search
   */
  public static FrontSurvey of(
      SearchProblem problem,
      List<SearchMethod> methods,
      long[] seeds,
      double[] lambdas,
      Budget budget) {
    int threads = Runtime.getRuntime().availableProcessors();
    return of(problem, methods, seeds, lambdas, budget, threads);
  }

  /**
   * Searches with each method, seed and weight; the results, except times, do not depend on the
   * number of threads.
   *
   * @param seeds {@code [seeds]}
   * @param lambdas {@code [weights]}
   * @param budget of each search: a front costs as many of them as there are weights
   * @throws IllegalArgumentException if the task is not a table
   */
  public static FrontSurvey of(
      SearchProblem problem,
      List<SearchMethod> methods,
      long[] seeds,
      double[] lambdas,
      Budget budget,
      int threads) {
    new Rules().require(lambdas.length > 0, "a front needs at least one lambda").check();
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem, threads);
    Map<String, List<List<SearchResult>>> found = new LinkedHashMap<>();
    for (double lambda : lambdas) {
      Comparison.search(problem.lambda(lambda), methods, seeds, budget, threads)
          .forEach(
              (method, results) -> {
                List<List<SearchResult>> bySeed =
                    found.computeIfAbsent(method, m -> empty(seeds.length));
                for (int s = 0; s < seeds.length; s++) {
                  bySeed.get(s).add(results.get(s));
                }
              });
    }
    return new FrontSurvey(problem, truth, Arrays.stream(lambdas).boxed().toList(), found);
  }

  private static List<List<SearchResult>> empty(int count) {
    List<List<SearchResult>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  /**
   * The fraction of the hypervolume of the true front that the results of a method dominate, in
   * accuracy and the logarithm of the cost, from the corner of the true front's worst values; over
   * seeds.
   */
  public ConfidenceInterval hypervolume(String method) {
    return ConfidenceInterval.of(hypervolumes(method));
  }

  /** That fraction for each seed: {@code [seeds]}. */
  public double[] hypervolumes(String method) {
    return fractions(found.get(method).stream().map(FrontSurvey::designs).toList());
  }

  /** That fraction for the optimum of each weight: no search for one optimum a weight has more. */
  public double hypervolumeOfOptima() {
    List<Design> optima = new ArrayList<>();
    List<Design> front = truth.front();
    for (double lambda : weights) {
      SearchProblem weighted = problem.lambda(lambda);
      front.stream()
          .max(Comparator.comparingDouble(d -> weighted.value(d.accuracy().getAsDouble(), cost(d))))
          .ifPresent(optima::add);
    }
    return fractions(List.of(optima))[0];
  }

  private double[] fractions(List<List<Design>> each) {
    List<Design> front = truth.front();
    double dearest = front.stream().mapToDouble(this::logCost).max().orElseThrow() + 0.01;
    double error = front.stream().mapToDouble(FrontSurvey::error).max().orElseThrow() + 0.01;
    double all = of(front).hypervolume(dearest, error);
    return each.stream()
        .mapToDouble(designs -> of(designs).hypervolume(dearest, error) / all)
        .toArray();
  }

  /**
   * The front of the searches of one seed, the cheapest design first: of the seed whose hypervolume
   * is the median, for an even number the lower of the two; empty if nothing feasible was found.
   */
  public List<Design> typical(String method) {
    double[] volumes = hypervolumes(method);
    List<Integer> order = new ArrayList<>();
    for (int s = 0; s < volumes.length; s++) {
      order.add(s);
    }
    order.sort(Comparator.comparingDouble(s -> volumes[s]));
    int median = order.get((volumes.length - 1) / 2);
    List<Design> front = of(designs(found.get(method).get(median))).points();
    List<Design> different = new ArrayList<>();
    for (Design design : front) {
      Design last = different.isEmpty() ? null : different.get(different.size() - 1);
      if (last == null || logCost(last) != logCost(design)) {
        different.add(design);
      }
    }
    return different;
  }

  /** What a method knew of accuracies. */
  public Information information(String method) {
    return found.get(method).get(0).get(0).searchCost().information();
  }

  /**
   * Evaluations of a front, over seeds: the sum over its searches, an upper limit on the number of
   * different networks that were trained for all of them.
   */
  public ConfidenceInterval evaluations(String method) {
    return overSeeds(method, r -> r.searchCost().evaluations());
  }

  /**
   * Seconds of a front, over seeds: the sum over its searches, with the training of the evaluator
   * that they share once.
   */
  public ConfidenceInterval seconds(String method) {
    return ConfidenceInterval.of(
        found.get(method).stream().mapToDouble(FrontSurvey::secondsOfOne).toArray());
  }

  private static double secondsOfOne(List<SearchResult> searches) {
    double training =
        searches.stream().mapToDouble(r -> r.searchCost().evaluatorSeconds()).max().orElse(0);
    return training
        + searches.stream()
            .mapToDouble(r -> r.searchCost().seconds() - r.searchCost().evaluatorSeconds())
            .sum();
  }

  private ConfidenceInterval overSeeds(String method, ToDoubleFunction<SearchResult> figure) {
    return ConfidenceInterval.of(
        found.get(method).stream()
            .mapToDouble(r -> r.stream().mapToDouble(figure).sum())
            .toArray());
  }

  /** The designs of all searches of a method. */
  public List<Design> designs(String method) {
    return found.get(method).stream().flatMap(results -> designs(results).stream()).toList();
  }

  private static List<Design> designs(List<SearchResult> results) {
    return results.stream().filter(SearchResult::feasible).map(SearchResult::found).toList();
  }

  private ParetoFront<Design> of(List<Design> designs) {
    return ParetoFront.<Design>of(designs, this::logCost, FrontSurvey::error);
  }

  private double logCost(Design design) {
    return Math.log(cost(design));
  }

  /** The cost of a design by the objective. */
  public double cost(Design design) {
    return problem.objective().cost(design.metrics());
  }

  private static double error(Design design) {
    return 1 - design.accuracy().getAsDouble();
  }
}
