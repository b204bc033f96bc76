package dance;

import dance.cost.Design;
import dance.cost.Metric;
import dance.notebook.Notebook;
import dance.notebook.ParetoChart;
import dance.notebook.RegretChart;
import dance.search.Comparison;
import dance.search.JointTruth;
import dance.search.SearchResult;
import dance.search.Trace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Charts of searches, where the libraries for charts are there. */
final class SearchCharts {
  private static final int GRID = 40;

  private SearchCharts() {}

  /** Accuracy against EDAP, losses and costs epoch after epoch. */
  static void explore(ExploreReport report, Path folder) {
    Map<String, List<Design>> methods = new LinkedHashMap<>();
    methods.put(report.found().method(), List.of(report.found().found()));
    methods.put(report.baseline().method(), List.of(report.baseline().found()));
    pareto(report.truth().map(JointTruth::front).orElse(List.of()), methods, folder);
    Map<String, double[]> traces = new LinkedHashMap<>();
    List<Trace.Epoch> epochs = report.found().trace().epochs();
    traces.put("loss", values(epochs, Trace.Epoch::loss));
    traces.put("accuracy loss", values(epochs, Trace.Epoch::accuracyLoss));
    traces.put("expected cost / reference", values(epochs, Trace.Epoch::expectedCost));
    traces.put("entropy", values(epochs, Trace.Epoch::entropy));
    Notebook.save(Notebook.trace("co-exploration", "", traces), folder.resolve("trace.svg"));
  }

  /** Accuracy against EDAP, and regret over evaluations where there is a truth. */
  static void compare(Comparison comparison, Path folder) {
    Map<String, List<Design>> methods = new LinkedHashMap<>();
    comparison.results().keySet().forEach(m -> methods.put(m, comparison.found(m)));
    pareto(comparison.truth().map(JointTruth::front).orElse(List.of()), methods, folder);
    if (comparison.truth().isPresent()) {
      Map<String, RegretChart.Searches> searches = new LinkedHashMap<>();
      comparison.results().forEach((m, found) -> searches.put(m, searches(comparison, found)));
      Object regret = Notebook.regret(comparison.problem().name(), "evaluations", searches);
      Notebook.save(regret, folder.resolve("regret.svg"));
      Notebook.save(regret, folder.resolve("regret.png"));
    }
  }

  private static RegretChart.Searches searches(Comparison comparison, List<SearchResult> found) {
    double most = found.stream().mapToDouble(r -> r.searchCost().evaluations()).max().orElse(1);
    double[] grid =
        IntStream.range(0, GRID).mapToDouble(i -> Math.pow(most, (i + 1.0) / GRID)).toArray();
    double[][] regrets =
        found.stream()
            .map(r -> finite(comparison.regrets(r, Trace.Epoch::evaluations, grid)))
            .toArray(double[][]::new);
    return new RegretChart.Searches(grid, regrets);
  }

  /** Before anything was found nothing was gained. */
  private static double[] finite(double[] regrets) {
    return IntStream.range(0, regrets.length)
        .mapToDouble(i -> Double.isFinite(regrets[i]) ? regrets[i] : 1)
        .toArray();
  }

  private static void pareto(List<Design> front, Map<String, List<Design>> methods, Path folder) {
    Notebook.save(
        ParetoChart.ofAccuracy(front, methods, Metric.EDAP), folder.resolve("pareto.svg"));
  }

  private static double[] values(List<Trace.Epoch> epochs, ToDoubleFunction<Trace.Epoch> figure) {
    return epochs.stream().mapToDouble(figure).toArray();
  }
}
