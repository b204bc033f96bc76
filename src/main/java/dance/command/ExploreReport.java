package dance.command;

import dance.check.MissingLibrary;
import dance.cost.Design;
import dance.cost.SignificantDigits;
import dance.report.CsvText;
import dance.report.DesignRows;
import dance.report.ExplorationRows;
import dance.report.JsonText;
import dance.report.TextTable;
import dance.search.SearchCost;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of a co-exploration, as text and as files. */
record ExploreReport(ExplorationRows rows) {

  @Override
  public String toString() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(rows.found().method(), design(rows.found().found()));
    rows.others().forEach(other -> names.put(other.method(), design(other.found())));
    rows.truth().ifPresent(t -> names.put("optimum", design(t.best())));
    names.put("costs", rows.found().found().accelerator().costs());
    SearchCost cost = rows.found().searchCost();
    return rows.problem()
        + "\n\n"
        + TextTable.pairs(names)
        + "\n"
        + TextTable.of(rows.lines())
        + "\n"
        + accuracies(cost)
        + SignificantDigits.count(cost.costModelCalls())
        + " calls of the cost model, "
        + SignificantDigits.measure(cost.seconds())
        + " s"
        + (cost.evaluatorSeconds() > 0
            ? ", "
                + SignificantDigits.measure(cost.evaluatorSeconds())
                + " s of them for the evaluator"
            : "")
        + rows.truth()
            .map(t -> "; optimum of " + SignificantDigits.count(t.pairs()) + " designs\n")
            .orElse("\n");
  }

  private static String accuracies(SearchCost cost) {
    return switch (cost.information()) {
      case FULL ->
          "full information: the gradient of "
              + SignificantDigits.count(cost.evaluations())
              + " known accuracies, ";
      case EVALUATIONS -> SignificantDigits.count(cost.evaluations()) + " evaluations, ";
      case SUPERNET ->
          SignificantDigits.count(cost.steps()) + " steps of a supernet, 1 training from scratch, ";
    };
  }

  private static String design(Design design) {
    return design.network() + "  on  " + design.accelerator().name();
  }

  /** Writes {@code explore.json}, {@code trace.csv}, {@code front.csv} and charts to a folder. */
  void write(ResultFolder folder, PrintStream warnings) {
    folder.make();
    folder.write("explore.json", JsonText.of(rows.object()) + "\n");
    folder.write("trace.csv", CsvText.of(rows.trace()));
    rows.truth().ifPresent(t -> folder.write("front.csv", CsvText.of(DesignRows.front(t.front()))));
    try {
      folder.path().ifPresent(there -> SearchCharts.explore(rows, there));
    } catch (MissingLibrary absent) {
      warnings.println("warning: no charts: " + absent.getMessage());
    }
  }
}
