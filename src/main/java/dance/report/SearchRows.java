package dance.report;

import dance.cost.Metric;
import dance.cost.Metrics;
import dance.search.ExhaustiveOptimum;
import dance.search.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results and costs of searches, one row per search. */
public final class SearchRows {
  private static final List<Metric> SHOWN =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.UTILIZATION);

  private static final List<String> DESIGN =
      List.of(
          "method",
          "seed",
          "network",
          "accelerator",
          "accuracy",
          "latency_ms",
          "energy_mj",
          "area_mm2",
          "edap");

  /** How far predicted accuracies are from measured ones. */
  static final Column<SearchResult> ERROR = Column.accuracyError(SearchResult::accuracyError);

  private SearchRows() {}

  /** Searches without further information. */
  public static Rows<SearchResult> of(List<SearchResult> results) {
    List<Column<SearchResult>> columns = new ArrayList<>();
    columns.add(Column.of("method", "method", SearchResult::method));
    columns.add(Column.of("seed", "seed", SearchResult::seed));
    columns.add(Column.of("network", "network", r -> r.genotype().toString()));
    columns.addAll(AcceleratorColumns.of(results, SearchResult::accelerator));
    columns.add(new Column<>("accuracy", "accuracy", Unit.FRACTION, SearchResult::accuracy));
    columns.addAll(Column.metrics(SearchResult::metrics));
    columns.add(Column.of("simulated", "simulated", r -> metrics(r.metrics())));
    columns.add(Column.of("predicted", "predicted", r -> metrics(r.believed())));
    columns.add(Column.of("cost", "cost", SearchResult::cost));
    columns.add(Column.of("value", "value", SearchResult::value));
    columns.add(Column.of("limits kept", "keeps_limits", SearchResult::feasible));
    columns.add(
        new Column<>(
            "accuracy of other trainings", "held_out", Unit.FRACTION, SearchResult::heldOut));
    columns.add(Column.of("information", "information", r -> r.searchCost().information().label()));
    columns.add(Column.of("evaluations", "evaluations", r -> r.searchCost().evaluations()));
    columns.add(Column.of("steps", "steps", r -> r.searchCost().steps()));
    columns.add(Column.of("trainings", "trainings", r -> r.searchCost().trainings()));
    columns.add(
        Column.of("cost-model calls", "cost_model_calls", r -> r.searchCost().costModelCalls()));
    columns.add(new Column<>("time", "seconds", Unit.SECONDS, r -> r.searchCost().seconds()));
    columns.add(
        new Column<>(
            "evaluator time",
            "evaluator_seconds",
            Unit.SECONDS,
            r -> r.searchCost().evaluatorSeconds()));
    return new Rows<>(columns, results).plusKnown(ERROR);
  }

  /** With the regret, if the optimum is known. */
  static Rows<SearchResult> of(List<SearchResult> results, Optional<ExhaustiveOptimum> truth) {
    return of(results)
        .plus(
            new Column<>(
                "regret",
                "regret",
                Unit.FRACTION,
                r -> truth.map(t -> t.regret(r.value(), r.feasible())).orElse(Double.NaN)));
  }

  /**
   * The columns of {@link #of} for display, without nested values and those of trained searches.
   */
  public static Rows<SearchResult> brief(Rows<SearchResult> rows) {
    return rows.without(
        "simulated", "predicted", "cost", "steps", "trainings", "evaluator_seconds");
  }

  /** The columns that a file of a front has of {@link #of}, and then these. */
  static Rows<SearchResult> designs(Rows<SearchResult> rows, String... more) {
    List<String> keys = new ArrayList<>(DESIGN);
    keys.addAll(List.of(more));
    return rows.only(keys.toArray(String[]::new)).plusKnown(ERROR);
  }

  /** The simulated or predicted metrics, as a JSON object. */
  static Map<String, Object> metrics(Metrics metrics) {
    List<Column<Metrics>> columns =
        SHOWN.stream().map(metric -> Column.<Metrics>of(metric, m -> m)).toList();
    return Rows.object(columns, metrics);
  }
}
