package dance.report;

import dance.search.Comparison;
import dance.search.LimitTrials;
import dance.search.SearchResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Searches under random limits, with λ alone and with hard constraints, one row for each. */
public final class LimitRows {
  /** The methods of every trial. */
  public static final List<String> METHODS = List.of(LimitTrials.PLAIN, LimitTrials.KEPT);

  private LimitRows() {}

  /**
   * A search.
   *
   * @param trial the limits, and both searches under them
   * @param method one of {@link #METHODS}
   */
  public record Search(Comparison trial, String method) {
    private SearchResult result() {
      return trial.results().get(method).get(0);
    }
  }

  /** Searches of all trials. */
  public static Rows<Search> of(LimitTrials trials) {
    List<Search> searches = new ArrayList<>();
    for (Comparison trial : trials.each()) {
      METHODS.forEach(method -> searches.add(new Search(trial, method)));
    }
    List<Column<Search>> columns = new ArrayList<>();
    columns.add(Column.of("limits", "limits", s -> limits(s.trial())));
    columns.add(
        Column.of(
            "optimum without them",
            "exceeded_by_optimum_without_limits",
            s -> words(trials.binding(s.trial()), "exceeds them", "keeps them")));
    columns.add(Column.of("method", "method", Search::method));
    SearchRows.of(List.of())
        .only("network", "accelerator", "accuracy", "latency_ms", "energy_mj", "area_mm2")
        .columns()
        .forEach(column -> columns.add(column.within(Search::result)));
    SearchRows.of(List.of())
        .only("utilization", "value")
        .columns()
        .forEach(column -> columns.add(column.within(Search::result)));
    columns.add(
        Column.of(
            "limits kept", "keeps_limits", s -> words(s.result().feasible(), "kept", "exceeded")));
    columns.add(new Column<>("regret", "regret", Unit.FRACTION, LimitRows::regret));
    return new Rows<>(columns, searches).plusKnown(SearchRows.ERROR.within(Search::result));
  }

  private static String limits(Comparison trial) {
    return String.join(
        ", ", trial.problem().objective().constraints().stream().map(Object::toString).toList());
  }

  private static Worded words(boolean value, String yes, String no) {
    return new Worded(value, value ? yes : no);
  }

  /** Null for an infeasible design. */
  private static Double regret(Search search) {
    SearchResult result = search.result();
    return result.feasible() ? (Double) search.trial().regret(result) : null;
  }

  /** Everything, as a JSON object. */
  public static Map<String, Object> object(LimitTrials trials) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("problem", trials.free().toString());
    trials.free().task().predictionError().ifPresent(e -> top.put("accuracy_error", e));
    top.put("trials", trials.each().size());
    top.put("exceeded_by_optimum_without_limits", trials.binding());
    top.put("kept_by_lambda_alone", trials.kept(LimitTrials.PLAIN));
    top.put("kept_with_limits", trials.kept(LimitTrials.KEPT));
    top.put("regret_with_limits", trials.regret(LimitTrials.KEPT).mean());
    top.put("rows", of(trials));
    return top;
  }
}
