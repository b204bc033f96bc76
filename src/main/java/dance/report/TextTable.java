package dance.report;

import dance.cost.SignificantDigits;
import dance.search.ConfidenceInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

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
      cells.addAll(cells(values));
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
                    || value instanceof ConfidenceInterval
                    || value instanceof Worded worded && worded.value() instanceof Number)
        .orElse(true);
  }

  /** The values of a column for display, the numbers among them in one format. */
  public static List<String> cells(List<Object> values) {
    DoubleFunction<String> measures =
        SignificantDigits.column(
            values.stream()
                .filter(TextTable::isMeasure)
                .mapToDouble(value -> ((Number) value).doubleValue()));
    return values.stream()
        .map(
            value ->
                isMeasure(value) ? measures.apply(((Number) value).doubleValue()) : cell(value))
        .toList();
  }

  private static boolean isMeasure(Object value) {
    return value instanceof Number && !(value instanceof Long || value instanceof Integer);
  }

  /** A single value for display: counts with all digits, measures with four significant ones. */
  public static String cell(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return SignificantDigits.count(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return SignificantDigits.measure(number.doubleValue());
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
