package dance.command;

import dance.cost.Figures;
import dance.search.Comparison;
import dance.search.LimitTrials;
import dance.search.SearchResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code compare --random-limits} answers. */
record CompareLimits(LimitTrials trials) {
  private static final List<String> METHODS = List.of(LimitTrials.PLAIN, LimitTrials.KEPT);

  @Override
  public String toString() {
    List<String> headings = new ArrayList<>();
    METHODS.forEach(m -> headings.addAll(List.of(m, "regret [%]")));
    TextTable table = new TextTable(List.of("limits", "optimum without them"), headings);
    for (Comparison trial : trials.each()) {
      List<String> cells = new ArrayList<>();
      cells.add(limits(trial));
      cells.add(trials.binding(trial) ? "exceeds them" : "keeps them");
      for (String method : METHODS) {
        SearchResult result = trial.results().get(method).get(0);
        cells.add(result.feasible() ? "kept" : "exceeded");
        cells.add(result.feasible() ? Figures.measure(100 * trial.regret(result)) : "");
      }
      table.row(cells);
    }
    StringBuilder text = new StringBuilder(trials.free() + "\n\n" + table + "\n");
    int all = trials.each().size();
    text.append("exceeded by the optimum without limits: ")
        .append(trials.binding() + " of " + all + "\n");
    for (String method : METHODS) {
      text.append("kept, " + method + ": " + trials.kept(method) + " of " + all)
          .append(", their regret " + Figures.measure(100 * trials.regret(method).mean()) + " %\n");
    }
    return text.toString();
  }

  private static String limits(Comparison trial) {
    return String.join(
        ", ", trial.problem().objective().constraints().stream().map(Object::toString).toList());
  }

  Map<String, Object> structure() {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("problem", trials.free().toString());
    top.put("trials", trials.each().size());
    top.put("exceeded_by_optimum_without_limits", trials.binding());
    top.put("kept_by_lambda_alone", trials.kept(LimitTrials.PLAIN));
    top.put("kept_with_limits", trials.kept(LimitTrials.KEPT));
    top.put("regret_with_limits", trials.regret(LimitTrials.KEPT).mean());
    top.put("rows", rows());
    return top;
  }

  /** A row for each search. */
  List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Comparison trial : trials.each()) {
      for (String method : METHODS) {
        SearchResult result = trial.results().get(method).get(0);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("limits", limits(trial));
        row.put("exceeded_by_optimum_without_limits", trials.binding(trial));
        row.put("method", method);
        row.put("network", result.genotype().toString());
        row.put("accelerator", result.accelerator().name());
        row.put("accuracy", result.accuracy());
        row.putAll(ExploreReport.metrics(result.metrics()));
        row.put("value", result.value());
        row.put("keeps_limits", result.feasible());
        row.put("regret", result.feasible() ? trial.regret(result) : Double.NaN);
        rows.add(row);
      }
    }
    return rows;
  }
}
