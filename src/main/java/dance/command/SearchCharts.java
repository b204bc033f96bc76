package dance.command;

import dance.check.Library;
import dance.cost.Design;
import dance.cost.Metric;
import dance.notebook.Notebook;
import dance.notebook.chart.ParetoChart;
import dance.report.ExplorationRows;
import dance.search.Comparison;
import dance.search.Information;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts of searches, if the chart libraries are present. */
final class SearchCharts {
  private SearchCharts() {}

  static void need() {
    Library.XCHART.need("charts");
    Library.VECTOR_GRAPHICS.need("charts as .svg");
  }

  /** Accuracy against EDAP, losses and costs by epoch. */
  static void explore(ExplorationRows report, Path folder) {
    need();
    Map<String, List<Design>> methods = new LinkedHashMap<>();
    methods.put(report.found().method(), List.of(report.found().found()));
    report.others().forEach(other -> methods.put(other.method(), List.of(other.found())));
    Object pareto = ParetoChart.ofAccuracy(report.truth(), methods, Metric.EDAP);
    Notebook.save(pareto, folder.resolve("pareto.svg"));
    Notebook.save(Notebook.trace(report.found()), folder.resolve("trace.svg"));
  }

  /** Accuracy against EDAP, and regret over evaluations if the optimum is known. */
  static void compare(Comparison comparison, Path folder) {
    need();
    Notebook.save(Notebook.pareto(comparison), folder.resolve("pareto.svg"));
    boolean counted = comparison.groups().contains(Information.EVALUATIONS);
    if (comparison.truth().isPresent() && counted) {
      Object regret = Notebook.regret(comparison);
      Notebook.save(regret, folder.resolve("regret.svg"));
      Notebook.save(regret, folder.resolve("regret.png"));
    }
  }
}
