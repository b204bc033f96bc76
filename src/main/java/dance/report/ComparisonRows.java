package dance.report;

import dance.cost.Metric;
import dance.cost.SignificantDigits;
import dance.search.Comparison;
import dance.search.Information;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Results of a comparison of search methods: its searches, its methods and its front. */
public final class ComparisonRows {
  private static final String[] SEARCH = {
    "objective",
    "method",
    "seed",
    "network",
    "accelerator",
    "accuracy",
    "latency_ms",
    "energy_mj",
    "area_mm2",
    "utilization",
    "edap",
    "cost",
    "value",
    "keeps_limits",
    "information",
    "evaluations",
    "cost_model_calls",
    "seconds",
    "evaluator_seconds"
  };

  private ComparisonRows() {}

  /** Searches for one objective, without an exhaustive optimum. */
  public static Rows<SearchResult> searches(SearchProblem problem, List<SearchResult> results) {
    return SearchRows.of(results)
        .plus(Column.of("objective", "objective", r -> problem.objective().toString()))
        .only(SEARCH)
        .plusKnown(SearchRows.ERROR);
  }

  /**
   * All searches from a supernet, with a column of the seconds in all.
   *
   * @param supernetSeconds of its training, which all searches share: each has them once
   */
  public static Rows<SearchResult> searches(Comparison comparison, double supernetSeconds) {
    return searches(comparison)
        .plus(
            new Column<>(
                "time in all",
                "seconds_in_all",
                Unit.SECONDS,
                r -> supernetSeconds + r.searchCost().seconds()));
  }

  /** All searches, in order, with their regret if the optimum is known. */
  public static Rows<SearchResult> searches(Comparison comparison) {
    return searches(
        comparison, comparison.results().values().stream().flatMap(List::stream).toList());
  }

  private static Rows<SearchResult> searches(Comparison comparison, List<SearchResult> results) {
    Rows<SearchResult> rows = searches(comparison.problem(), results);
    return comparison.truth().isEmpty()
        ? rows
        : rows.plus(regret(comparison))
            .plus(
                Column.of(
                    "evaluations to 1 %",
                    "evaluations_to_one_percent",
                    r ->
                        r.searchCost().information() == Information.EVALUATIONS
                            ? comparison.costTo(Comparison.NEAR, r, Trace.Epoch::evaluations)
                            : Double.NaN));
  }

  private static Column<SearchResult> regret(Comparison comparison) {
    return new Column<>("regret", "regret", Unit.FRACTION, comparison::regret);
  }

  /** All searches with the components of their accelerators. */
  public static Rows<SearchResult> withAccelerators(Comparison comparison) {
    List<SearchResult> all = comparison.results().values().stream().flatMap(List::stream).toList();
    return SearchRows.brief(SearchRows.of(all)).plus(regret(comparison));
  }

  /**
   * The Pareto front of the feasible results in accuracy and cost, the cheapest first; of equally
   * good designs the first.
   */
  public static Rows<SearchResult> front(Comparison comparison) {
    Set<List<Object>> seen = new HashSet<>();
    List<SearchResult> different =
        comparison.frontSearches().stream()
            .filter(r -> seen.add(List.of(r.accuracy(), r.cost())))
            .toList();
    return SearchRows.designs(searches(comparison.problem(), different), "cost");
  }

  /** The methods, with mean and interval of each quantity over their searches. */
  public static Rows<String> methods(Comparison comparison) {
    return methods(comparison, Double.NaN);
  }

  /**
   * The methods that search from a supernet, with a column of the seconds in all: of its training,
   * of the search, and of the evaluator where there is one.
   *
   * @param supernetSeconds of its training, which all searches share: each has them once; NaN
   *     without a supernet
   */
  public static Rows<String> methods(Comparison comparison, double supernetSeconds) {
    List<Column<String>> columns = new ArrayList<>();
    columns.add(Column.of("method", "method", m -> m));
    columns.add(figure(comparison, "accuracy", Unit.of("%"), r -> 100 * r.accuracy()));
    for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDAP)) {
      columns.add(figure(comparison, metric.label(), Unit.of(metric.unit()), metric::of));
    }
    String objective = comparison.problem().objective().name();
    if (!objective.equals(Metric.EDAP.label().toLowerCase(Locale.ROOT))) {
      columns.add(figure(comparison, objective, Unit.NONE, SearchResult::cost));
    }
    columns.add(figure(comparison, "value", Unit.NONE, SearchResult::value));
    columns.add(figure(comparison, "regret", Unit.of("%"), r -> 100 * comparison.regret(r)));
    columns.add(
        figure(
            comparison,
            "accuracy of other trainings",
            Unit.of("%"),
            r -> 100 * r.heldOut().orElse(Double.NaN)));
    columns.add(Column.of("information", "information", m -> comparison.information(m).label()));
    columns.add(
        figure(
            comparison,
            "evaluations",
            Unit.NONE,
            r -> counted(r) ? r.searchCost().evaluations() : Double.NaN));
    boolean images =
        comparison.results().values().stream()
            .flatMap(List::stream)
            .anyMatch(r -> r.searchCost().images() > 0);
    if (images) {
      columns.add(figure(comparison, "validated images", Unit.NONE, r -> r.searchCost().images()));
    }
    columns.add(figure(comparison, "steps", Unit.NONE, r -> r.searchCost().steps()));
    columns.add(
        figure(comparison, "cost-model calls", Unit.NONE, r -> r.searchCost().costModelCalls()));
    columns.add(figure(comparison, "time", Unit.SECONDS, r -> r.searchCost().seconds()));
    if (!Double.isNaN(supernetSeconds)) {
      columns.add(
          figure(
              comparison,
              "time in all",
              Unit.SECONDS,
              r -> supernetSeconds + r.searchCost().seconds()));
    }
    boolean known = comparison.truth().isPresent();
    columns.add(
        Column.of(
            "within 1 %",
            "within_one_percent",
            m -> Worded.share(comparison.near(m), comparison.results().get(m).size())));
    if (known) {
      columns.add(
          Column.of(
              "evaluations to 1 %",
              "median_evaluations_to_one_percent",
              m ->
                  comparison.information(m) == Information.EVALUATIONS
                      ? median(comparison.medianTo(Comparison.NEAR, m, Trace.Epoch::evaluations))
                      : null));
    }
    columns.add(
        Column.of(
            "limits kept",
            "keeps_limits",
            m -> Worded.share(comparison.feasible(m), comparison.results().get(m).size())));
    if (known) {
      columns.add(Column.of("hypervolume", "hypervolume", comparison::hypervolume));
    }
    columns.add(
        Column.of("searches", "searches", m -> searches(comparison, comparison.results().get(m))));
    return new Rows<>(columns, List.copyOf(comparison.results().keySet()));
  }

  /** The median; it exists if fewer than half of the searches never reached the regret. */
  private static Worded median(double evaluations) {
    return new Worded(
        evaluations,
        Double.isFinite(evaluations)
            ? SignificantDigits.count(Math.round(evaluations))
            : "not reached");
  }

  /** Whether evaluations are the currency of a search. */
  private static boolean counted(SearchResult result) {
    return result.searchCost().information() == Information.EVALUATIONS;
  }

  /** A column whose key is its title. */
  private static Column<String> figure(
      Comparison comparison, String heading, Unit unit, ToDoubleFunction<SearchResult> figure) {
    return new Column<>(heading, unit.behind(heading), unit, m -> comparison.interval(m, figure));
  }

  /** Everything, as a JSON object. */
  public static Map<String, Object> object(Comparison comparison) {
    return object(comparison, Double.NaN);
  }

  /**
   * Everything, as a JSON object.
   *
   * @param supernetSeconds as in {@link #methods(Comparison, double)}
   */
  public static Map<String, Object> object(Comparison comparison, double supernetSeconds) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("problem", comparison.problem().toString());
    top.put("costs", comparison.problem().costs());
    comparison.problem().task().predictionError().ifPresent(e -> top.put("accuracy_error", e));
    top.put("budget", comparison.budget().toString());
    comparison.truth().ifPresent(t -> top.put("optimum_value", t.value()));
    Rows<String> rows = methods(comparison, supernetSeconds).without("method");
    Map<String, Object> methods = new LinkedHashMap<>();
    rows.results().forEach(method -> methods.put(method, Rows.object(rows.columns(), method)));
    top.put("methods", methods);
    top.put("front", front(comparison));
    return top;
  }
}
