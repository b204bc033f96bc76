package dance.report;

import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.search.ExhaustiveOptimum;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Result of a co-exploration, beside a search for accuracy alone and the exhaustive optimum.
 *
 * @param problem the problem
 * @param found the result
 * @param baseline (a) of the paper: the network of the highest accuracy with its best accelerator
 * @param truth exhaustive optimum, if it can be enumerated
 */
public record ExplorationRows(
    SearchProblem problem,
    SearchResult found,
    SearchResult baseline,
    Optional<ExhaustiveOptimum> truth) {

  /**
   * A line of the table.
   *
   * @param name of the method
   * @param accuracy of the network, 0…1; empty if it was not predicted
   * @param metrics simulated or predicted
   * @param value accuracy minus weighted cost
   * @param feasible whether all constraints are satisfied
   * @param regret as a fraction; NaN if the optimum is unknown
   */
  public record Line(
      String name,
      OptionalDouble accuracy,
      Metrics metrics,
      OptionalDouble value,
      boolean feasible,
      OptionalDouble regret) {
    private Object worded() {
      return value.isPresent() && !feasible
          ? new Worded(
              value.getAsDouble(),
              SignificantDigits.measure(value.getAsDouble()) + " (exceeds limits)")
          : value;
    }
  }

  /** The result, the evaluator's prediction for it, the search for accuracy and the optimum. */
  public Rows<Line> lines() {
    List<Line> lines = new ArrayList<>();
    lines.add(line(found));
    OptionalDouble none = OptionalDouble.empty();
    lines.add(new Line("  as predicted", none, found.believed(), none, true, none));
    lines.add(line(baseline));
    truth.ifPresent(t -> lines.add(line("optimum", t.best(), t.value(), true)));
    List<Column<Line>> columns = new ArrayList<>();
    columns.add(Column.of("", "method", Line::name));
    columns.add(new Column<>("accuracy", "accuracy", Unit.FRACTION, Line::accuracy));
    for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDAP)) {
      columns.add(Column.of(metric, Line::metrics));
    }
    columns.add(Column.of("value", "value", Line::worded));
    columns.add(new Column<>("regret", "regret", Unit.FRACTION, Line::regret));
    return new Rows<>(columns, lines);
  }

  private Line line(SearchResult result) {
    return line(result.method(), result.found(), result.value(), result.feasible());
  }

  private Line line(String name, Design design, double value, boolean feasible) {
    double regret = truth.map(t -> t.regret(value, feasible)).orElse(Double.NaN);
    return new Line(
        name,
        design.accuracy(),
        design.metrics(),
        OptionalDouble.of(value),
        feasible,
        OptionalDouble.of(regret));
  }

  /** Everything, as a JSON object. */
  public Map<String, Object> object() {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("task", problem.task().name());
    top.put("space", problem.task().space().name());
    top.put("accelerator_space", problem.table().acceleratorSpace().fingerprint());
    top.put("technology", found.found().accelerator().costs());
    top.put("objective", problem.objective().toString());
    top.put("lambda", problem.lambda());
    top.put("reference_cost", problem.reference());
    top.put("found", object(found));
    top.put("accuracy_only", object(baseline));
    truth.ifPresent(t -> top.put("optimum", optimum(t)));
    top.put("trace", trace());
    return top;
  }

  private Map<String, Object> object(SearchResult result) {
    List<String> keys = new ArrayList<>();
    keys.addAll(List.of("method", "seed", "network", "accelerator", "accuracy", "simulated"));
    keys.addAll(List.of("predicted", "cost", "value", "keeps_limits"));
    if (truth.isPresent()) {
      keys.add("regret");
    }
    keys.addAll(List.of("seconds", "evaluator_seconds", "information", "evaluations", "steps"));
    keys.addAll(List.of("trainings", "cost_model_calls"));
    return SearchRows.of(List.of(result), truth).only(keys.toArray(String[]::new)).objects().get(0);
  }

  private static Map<String, Object> optimum(ExhaustiveOptimum truth) {
    List<Column<ExhaustiveOptimum>> columns = new ArrayList<>();
    DesignRows.of(List.of(truth.best()))
        .only("network", "accelerator", "accuracy")
        .columns()
        .forEach(column -> columns.add(column.within(ExhaustiveOptimum::best)));
    columns.add(Column.of("simulated", "simulated", t -> SearchRows.metrics(t.best().metrics())));
    columns.add(Column.of("value", "value", ExhaustiveOptimum::value));
    columns.add(Column.of("designs", "designs", ExhaustiveOptimum::pairs));
    return Rows.object(columns, truth);
  }

  /** The trace of the search. */
  public Rows<?> trace() {
    return TraceRows.of(found.trace().epochs()).without("cost_model_calls");
  }
}
