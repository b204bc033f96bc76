package dance.command;

import dance.check.MissingLibrary;
import dance.cost.Design;
import dance.cost.Figures;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.search.JointTruth;
import dance.search.SearchCost;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.Trace;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a co-exploration found, beside a search for accuracy alone and the truth.
 *
 * @param problem what was searched
 * @param found the result
 * @param baseline (a) of the paper: the network of most accuracy, then the best accelerator
 * @param truth where it can be enumerated
 */
record ExploreReport(
    SearchProblem problem, SearchResult found, SearchResult baseline, Optional<JointTruth> truth) {
  private static final List<Metric> METRICS =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDAP);

  @Override
  public String toString() {
    List<String> headings = new ArrayList<>(List.of("accuracy [%]"));
    METRICS.forEach(m -> headings.add(m.heading()));
    headings.addAll(List.of("value", "regret [%]"));
    TextTable table = new TextTable(List.of(""), headings);
    row(table, found.method(), found.found(), found.value(), found.feasible());
    List<String> believed = new ArrayList<>(List.of("  as predicted", ""));
    METRICS.forEach(m -> believed.add(Figures.measure(m.of(found.believed()))));
    believed.addAll(List.of("", ""));
    table.row(believed);
    row(table, baseline.method(), baseline.found(), baseline.value(), baseline.feasible());
    truth.ifPresent(t -> row(table, "optimum", t.best(), t.value(), true));
    Map<String, String> names = new LinkedHashMap<>();
    names.put(found.method(), design(found.found()));
    names.put(baseline.method(), design(baseline.found()));
    truth.ifPresent(t -> names.put("optimum", design(t.best())));
    SearchCost cost = found.searchCost();
    return problem
        + "\n\n"
        + TextTable.pairs(names)
        + "\n"
        + table
        + "\n"
        + Figures.count(cost.evaluations())
        + " evaluations of accuracy, "
        + Figures.count(cost.costModelCalls())
        + " calls of the cost model, "
        + Figures.measure(cost.seconds())
        + " s"
        + (cost.evaluatorSeconds() > 0
            ? ", " + Figures.measure(cost.evaluatorSeconds()) + " s of them for the evaluator"
            : "")
        + truth.map(t -> "; optimum of " + Figures.count(t.pairs()) + " designs\n").orElse("\n");
  }

  private static String design(Design design) {
    return design.network() + "  on  " + design.accelerator().name();
  }

  private void row(TextTable table, String name, Design design, double value, boolean feasible) {
    List<String> cells = new ArrayList<>(List.of(name));
    cells.add(Figures.measure(100 * design.accuracy().orElse(Double.NaN)));
    METRICS.forEach(m -> cells.add(Figures.measure(m.of(design.metrics()))));
    cells.add(Figures.measure(value) + (feasible ? "" : " (exceeds limits)"));
    cells.add(truth.map(t -> Figures.measure(100 * t.regret(value, feasible))).orElse("unknown"));
    table.row(cells);
  }

  /** Everything, for JSON. */
  Map<String, Object> structure() {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("task", problem.task().name());
    top.put("space", problem.task().space().name());
    top.put("accelerator_space", problem.table().acceleratorSpace().fingerprint());
    top.put("objective", problem.objective().toString());
    top.put("lambda", problem.lambda());
    top.put("reference_cost", problem.reference());
    top.put("found", result(found));
    top.put("accuracy_only", result(baseline));
    truth.ifPresent(t -> top.put("optimum", optimum(t)));
    top.put("trace", found.trace().epochs().stream().map(ExploreReport::epoch).toList());
    return top;
  }

  private Map<String, Object> result(SearchResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("method", result.method());
    object.put("seed", result.seed());
    object.put("network", result.genotype().toString());
    object.put("accelerator", result.accelerator().name());
    object.put("accuracy", result.accuracy());
    object.put("simulated", metrics(result.metrics()));
    object.put("predicted", metrics(result.believed()));
    object.put("cost", result.cost());
    object.put("value", result.value());
    object.put("keeps_limits", result.feasible());
    truth.ifPresent(t -> object.put("regret", t.regret(result.value(), result.feasible())));
    SearchCost cost = result.searchCost();
    object.put("seconds", cost.seconds());
    object.put("evaluator_seconds", cost.evaluatorSeconds());
    object.put("evaluations", cost.evaluations());
    object.put("accuracies_read", cost.read());
    object.put("trainings", cost.trainings());
    object.put("cost_model_calls", cost.costModelCalls());
    return object;
  }

  static Map<String, Object> metrics(Metrics metrics) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("latency_ms", metrics.latencyMs());
    object.put("energy_mj", metrics.energyMj());
    object.put("area_mm2", metrics.areaMm2());
    object.put("utilization", metrics.utilization());
    return object;
  }

  private static Map<String, Object> optimum(JointTruth truth) {
    Map<String, Object> object = new LinkedHashMap<>();
    Design best = truth.best();
    object.put("network", best.network());
    object.put("accelerator", best.accelerator().name());
    object.put("accuracy", best.accuracy().getAsDouble());
    object.put("simulated", metrics(best.metrics()));
    object.put("value", truth.value());
    object.put("designs", truth.pairs());
    return object;
  }

  private static Map<String, Object> epoch(Trace.Epoch epoch) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("attempt", epoch.restart() + 1);
    object.put("step", epoch.step());
    object.put("evaluations", epoch.evaluations());
    object.put("seconds", epoch.seconds());
    object.put("entropy", epoch.entropy());
    object.put("training_loss", epoch.trainingLoss());
    object.put("accuracy_loss", epoch.accuracyLoss());
    object.put("expected_cost", epoch.expectedCost());
    object.put("loss", epoch.loss());
    object.put("network", epoch.genotype().toString());
    object.put("design", epoch.design());
    return object;
  }

  /** Writes {@code explore.json}, {@code trace.csv}, {@code front.csv} and charts to a folder. */
  void write(ResultFolder folder, PrintStream warnings) {
    folder.make();
    folder.write("explore.json", Json.of(structure()) + "\n");
    List<Map<String, Object>> epochs =
        found.trace().epochs().stream().map(ExploreReport::epoch).toList();
    folder.write("trace.csv", CsvText.of(epochs));
    truth.ifPresent(
        t -> {
          List<Map<String, Object>> rows = t.front().stream().map(ExploreReport::row).toList();
          folder.write("front.csv", CsvText.of(rows));
        });
    try {
      folder.path().ifPresent(there -> SearchCharts.explore(this, there));
    } catch (MissingLibrary absent) {
      warnings.println("warning: no charts: " + absent.getMessage());
    }
  }

  private static Map<String, Object> row(Design design) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("network", design.network());
    row.put("accelerator", design.accelerator().name());
    row.put("accuracy", design.accuracy().getAsDouble());
    row.putAll(metrics(design.metrics()));
    return row;
  }
}
