package dance.command;

import dance.cost.Figures;
import dance.cost.Metric;
import dance.search.Comparison;
import dance.search.Interval;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a comparison found, for people and for programs. */
final class CompareReport {
  /** What the front says of a design; the rest is in the table of all searches. */
  private static final Set<String> FRONT =
      Set.of(
          "method",
          "seed",
          "network",
          "accelerator",
          "accuracy",
          "latency_ms",
          "energy_mj",
          "area_mm2",
          "edap",
          "cost");

  private final Comparison comparison;

  CompareReport(Comparison comparison) {
    this.comparison = comparison;
  }

  /** A table with what is known; figures that no method has are left out. */
  String text() {
    boolean known = comparison.truth().isPresent();
    Map<String, Map<String, Interval>> figures = new LinkedHashMap<>();
    comparison.results().keySet().forEach(m -> figures.put(m, comparison.row(m)));
    List<String> headings = new ArrayList<>(figures.values().iterator().next().keySet());
    headings.removeIf(
        h -> figures.values().stream().allMatch(row -> Double.isNaN(row.get(h).mean())));
    List<String> shown = new ArrayList<>(headings);
    if (known) {
      shown.addAll(List.of("within 1 %", "evaluations to 1 %", "hypervolume"));
    }
    TextTable table = new TextTable(List.of("method"), shown);
    for (String method : figures.keySet()) {
      List<String> cells = new ArrayList<>(List.of(method));
      headings.forEach(h -> cells.add(figures.get(method).get(h).toString()));
      if (known) {
        cells.add(comparison.near(method) + " of " + comparison.results().get(method).size());
        cells.add(to(method));
        cells.add(Figures.measure(comparison.hypervolume(method)));
      }
      table.row(cells);
    }
    return comparison.problem()
        + ", budget "
        + comparison.budget()
        + ", seeds "
        + seeds()
        + "\n\n"
        + table
        + optimum();
  }

  /** The median, which exists where fewer than half of the searches never came so near. */
  private String to(String method) {
    double median = comparison.medianTo(Comparison.NEAR, method, Trace.Epoch::evaluations);
    return Double.isFinite(median) ? Figures.count(Math.round(median)) : "not reached";
  }

  private String seeds() {
    TreeSet<Long> seeds = new TreeSet<>();
    comparison.results().values().forEach(all -> all.forEach(r -> seeds.add(r.seed())));
    return seeds.first() + " to " + seeds.last();
  }

  private String optimum() {
    return comparison
        .truth()
        .map(
            t ->
                "\noptimum of "
                    + Figures.count(t.pairs())
                    + " designs: "
                    + t.genotype()
                    + " on "
                    + t.best().accelerator().name()
                    + ", value "
                    + Figures.measure(t.value())
                    + "\n")
        .orElse("\n");
  }

  /** Everything, for JSON. */
  Map<String, Object> structure() {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("problem", comparison.problem().toString());
    top.put("budget", comparison.budget().toString());
    comparison.truth().ifPresent(t -> top.put("optimum_value", t.value()));
    Map<String, Object> methods = new LinkedHashMap<>();
    for (String method : comparison.results().keySet()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      for (Map.Entry<String, Interval> figure : comparison.row(method).entrySet()) {
        Map<String, Object> interval = new LinkedHashMap<>();
        interval.put("mean", figure.getValue().mean());
        interval.put("margin", figure.getValue().margin());
        figures.put(figure.getKey(), interval);
      }
      figures.put("within_one_percent", comparison.near(method));
      if (comparison.truth().isPresent()) {
        figures.put(
            "median_evaluations_to_one_percent",
            comparison.medianTo(Comparison.NEAR, method, Trace.Epoch::evaluations));
      }
      figures.put("keeps_limits", comparison.feasible(method));
      if (comparison.truth().isPresent()) {
        figures.put("hypervolume", comparison.hypervolume(method));
      }
      figures.put("searches", searches(method));
      methods.put(method, figures);
    }
    top.put("methods", methods);
    top.put("front", front());
    return top;
  }

  /**
   * The designs that keep the limits and that no other found is both more accurate and cheaper
   * than, the cheapest first; the same design of several searches is there once, with the first.
   */
  List<Map<String, Object>> front() {
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (SearchResult result : comparison.frontSearches()) {
      Map<String, Object> row = row(comparison.problem(), result);
      if (seen.add(List.of(row.get("network"), row.get("accelerator"), row.get("accuracy")))) {
        row.keySet().removeIf(key -> !FRONT.contains(key));
        rows.add(row);
      }
    }
    return rows;
  }

  /** All searches, one after the other. */
  List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    comparison.results().keySet().forEach(m -> rows.addAll(searches(m)));
    return rows;
  }

  private List<Map<String, Object>> searches(String method) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (SearchResult result : comparison.results().get(method)) {
      Map<String, Object> row = row(comparison.problem(), result);
      if (comparison.truth().isPresent()) {
        row.put("regret", comparison.regret(result));
        row.put(
            "evaluations_to_one_percent",
            comparison.costTo(Comparison.NEAR, result, Trace.Epoch::evaluations));
      }
      rows.add(row);
    }
    return rows;
  }

  /** One search, where nothing but itself is known. */
  static Map<String, Object> row(SearchProblem problem, SearchResult result) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("objective", problem.objective().toString());
    row.put("method", result.method());
    row.put("seed", result.seed());
    row.put("network", result.genotype().toString());
    row.put("accelerator", result.accelerator().name());
    row.put("accuracy", result.accuracy());
    row.putAll(ExploreReport.metrics(result.metrics()));
    row.put("edap", Metric.EDAP.of(result.metrics()));
    row.put("cost", result.cost());
    row.put("value", result.value());
    row.put("keeps_limits", result.feasible());
    row.put("evaluations", result.searchCost().evaluations());
    row.put("cost_model_calls", result.searchCost().costModelCalls());
    row.put("seconds", result.searchCost().seconds());
    row.put("evaluator_seconds", result.searchCost().evaluatorSeconds());
    return row;
  }
}
