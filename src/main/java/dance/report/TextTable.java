package dance.report;

import dance.cost.Figures;
import dance.search.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as a table for display: words aligned to the left, numbers to the right. */
public final class TextTable {
  private TextTable() {}

  /** The rows under their titles. */
  public static <T> String of(Rows<T> rows) {
    List<Column<T>> columns = rows.flat();
    List<String> lines = new ArrayList<>();
    for (int row = -1; row < rows.results().size(); row++) {
      lines.add("");
    }
    for (Column<T> column : columns) {
      List<Object> values = new ArrayList<>();
      rows.results().forEach(result -> values.add(column.shown(result)));
      boolean number = isNumber(values);
      List<String> cells = new ArrayList<>(List.of(column.title()));
      values.forEach(value -> cells.add(cell(value)));
      int width = cells.stream().mapToInt(String::length).max().orElse(0);
      for (int line = 0; line < cells.size(); line++) {
        String blanks = " ".repeat(width - cells.get(line).length());
        String cell = number ? blanks + cells.get(line) : cells.get(line) + blanks;
        lines.set(line, lines.get(line) + (column == columns.get(0) ? "" : "  ") + cell);
      }
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
    return text.toString();
  }

  /**
   * Whether a column of these values is aligned to the right: its first known value is a number.
   */
  public static boolean isNumber(List<Object> values) {
    return values.stream()
        .filter(value -> value != null)
        .findFirst()
        .map(
            value ->
                value instanceof Number
                    || value instanceof Interval
                    || value instanceof Worded worded && worded.value() instanceof Number)
        .orElse(true);
  }

  /** A value for display: counts with all digits, measures with four significant ones. */
  public static String cell(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return Figures.count(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return Figures.measure(number.doubleValue());
    }
    return value == null ? "" : value.toString();
  }

  /** One result: titles and values, one per line. */
  public static <T> String pairs(List<Column<T>> columns, T result) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Column<T> column : new Rows<>(columns, List.of(result)).flat()) {
      pairs.put(column.title(), cell(column.shown(result)));
    }
    return pairs(pairs);
  }

  /** Names and values, one pair per line. */
  public static String pairs(Map<String, String> pairs) {
    int width = pairs.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    pairs.forEach(
        (name, value) ->
            text.append(name + " ".repeat(width - name.length()) + "  " + value + "\n"));
    return text.toString();
  }
}
