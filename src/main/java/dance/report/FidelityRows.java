package dance.report;

import dance.evaluate.Fidelity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far an evaluator can be trusted: a row for each sample of networks. */
public final class FidelityRows {
  /** What is in an object of JSON, in this order. */
  private static final List<String> MEMBERS =
      List.of("networks", "heads", "all_heads", "error", "spearman", "kendall", "regret");

  private FidelityRows() {}

  /**
   * A sample.
   *
   * @param name all networks, or those near the optimum
   * @param measured on it
   */
  public record Line(String name, Fidelity.Sample measured) {}

  /** Over networks as they come, and over the best of them. */
  public static Rows<Line> of(Fidelity fidelity) {
    List<Column<Line>> columns = new ArrayList<>();
    columns.add(Column.of("sample", "sample", Line::name));
    for (Fidelity.Figure figure : fidelity.figures()) {
      columns.add(
          new Column<>(
              figure.heading(),
              figure.key(),
              figure.percent() ? Unit.FRACTION : Unit.NONE,
              line -> figure.value().apply(line.measured())));
    }
    return new Rows<>(
        columns,
        List.of(new Line("all", fidelity.all()), new Line("near optimum", fidelity.nearOptimum())));
  }

  /** Both samples, as an object of JSON: the one over all networks has the other as a member. */
  public static Map<String, Object> object(Fidelity fidelity) {
    Rows<Line> rows = of(fidelity).without("sample");
    Map<String, Object> all = nested(rows, rows.results().get(0));
    all.put("near_optimum", nested(rows, rows.results().get(1)));
    return all;
  }

  /** The key of a figure says in which object it is. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> nested(Rows<Line> rows, Line line) {
    Map<String, Object> top = new LinkedHashMap<>();
    MEMBERS.forEach(member -> top.put(member, null));
    for (Column<Line> column : rows.columns()) {
      String[] path = column.key().split("\\.");
      Map<String, Object> object = top;
      for (int i = 0; i < path.length - 1; i++) {
        Object inner = object.get(path[i]);
        Map<String, Object> next =
            inner == null ? new LinkedHashMap<>() : (Map<String, Object>) inner;
        object.put(path[i], next);
        object = next;
      }
      object.put(path[path.length - 1], column.of(line));
    }
    return top;
  }
}
