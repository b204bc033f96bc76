package dance.search;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.ParetoFront;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fronts instead of points: every method at several weights of the cost, and the fraction of the
 * true front's hypervolume that its results dominate, with an interval over seeds.
 *
 * @param problem its own λ is not used
 * @param truth all pairs
 * @param found {@code [seeds][lambdas]} of each method by its name
 */
public record FrontSurvey(
    SearchProblem problem, ExhaustiveOptimum truth, Map<String, List<List<SearchResult>>> found) {

  /** Weights of the cost from accuracy alone to cost alone, three a decade: {@code [12]}. */
  public static double[] lambdas() {
    return new double[] {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2};
  }

  /**
   * Searches with each method, seed and weight.
   *
   * @param seeds {@code [seeds]}
   * @param lambdas {@code [weights]}
   * @throws IllegalArgumentException if the task is not a table
   */
  public static FrontSurvey of(
      SearchProblem problem,
      List<SearchMethod> methods,
      long[] seeds,
      double[] lambdas,
      Budget budget) {
    new Rules().require(lambdas.length > 0, "a front needs at least one lambda").check();
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem);
    Map<String, List<List<SearchResult>>> found = new LinkedHashMap<>();
    for (double lambda : lambdas) {
      Comparison at = Comparison.run(problem.lambda(lambda), methods, seeds, budget);
      at.results()
          .forEach(
              (method, results) -> {
                List<List<SearchResult>> bySeed =
                    found.computeIfAbsent(method, m -> empty(seeds.length));
                for (int s = 0; s < seeds.length; s++) {
                  bySeed.get(s).add(results.get(s));
                }
              });
    }
    return new FrontSurvey(problem, truth, found);
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
    List<Design> front = truth.front();
    double dearest = front.stream().mapToDouble(this::cost).max().orElseThrow() + 0.01;
    double error = front.stream().mapToDouble(FrontSurvey::error).max().orElseThrow() + 0.01;
    double all = of(front).hypervolume(dearest, error);
    return ConfidenceInterval.of(
        found.get(method).stream()
            .mapToDouble(results -> of(designs(results)).hypervolume(dearest, error) / all)
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
    return ParetoFront.<Design>of(designs, this::cost, FrontSurvey::error);
  }

  private double cost(Design design) {
    return Math.log(problem.objective().cost(design.metrics()));
  }

  private static double error(Design design) {
    return 1 - design.accuracy().getAsDouble();
  }
}
