package dance.report;

import java.util.List;
import java.util.stream.Collectors;

/** Writes rows as CSV (RFC 4180), with the keys of the columns as headings. */
public final class CsvText {
  private CsvText() {}

  /** The rows; unknown values are empty cells. Empty if there are no rows. */
  public static <T> String of(Rows<T> rows) {
    if (rows.results().isEmpty()) {
      return "";
    }
    List<Column<T>> columns = rows.numbers();
    StringBuilder text = new StringBuilder(line(columns.stream().map(Column::key).toList()));
    for (T result : rows.results()) {
      text.append(line(columns.stream().map(column -> text(column.of(result))).toList()));
    }
    return text.toString();
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Double number && Double.isFinite(number)
        ? JsonText.shortest(number).toString()
        : value.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
