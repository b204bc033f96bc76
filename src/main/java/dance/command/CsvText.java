package dance.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows as comma-separated values (RFC 4180), headings first. */
final class CsvText {
  private CsvText() {}

  /** Rows with the same keys; NaN and infinities are empty. */
  static String of(List<Map<String, Object>> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(String.join(",", rows.get(0).keySet())).append('\n');
    for (Map<String, Object> row : rows) {
      text.append(row.values().stream().map(CsvText::cell).collect(Collectors.joining(",")));
      text.append('\n');
    }
    return text.toString();
  }

  private static String cell(Object value) {
    if (value instanceof Double number) {
      return number.isNaN() ? "" : number.toString();
    }
    String word = String.valueOf(value);
    boolean plain = word.indexOf(',') < 0 && word.indexOf('"') < 0 && word.indexOf('\n') < 0;
    return plain ? word : '"' + word.replace("\"", "\"\"") + '"';
  }
}
