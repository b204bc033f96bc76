package dance.interchange;

import java.util.ArrayList;
import java.util.List;

/** One CSV line, with the quotes of RFC 4180 but without line breaks inside them. */
final class CsvLine {
  private CsvLine() {}

  /**
   * The cells of a line; spaces around an unquoted cell are dropped.
   *
   * @throws IllegalArgumentException if a quote is not closed or is inside a cell
   */
  static List<String> split(String line) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    while (start <= line.length()) {
      int quote = start;
      while (quote < line.length() && Character.isWhitespace(line.charAt(quote))) {
        quote++;
      }
      if (quote < line.length() && line.charAt(quote) == '"') {
        start = quoted(line, quote, cells);
      } else {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        String cell = line.substring(start, end).strip();
        if (cell.indexOf('"') >= 0) {
          throw new IllegalArgumentException("a quote inside the unquoted cell " + cell);
        }
        cells.add(cell);
        start = end + 1;
      }
    }
    return cells;
  }

  /** Adds the cell that begins with the quote at this index; returns where the next cell begins. */
  private static int quoted(String line, int quote, List<String> cells) {
    StringBuilder cell = new StringBuilder();
    int i = quote + 1;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c != '"') {
        cell.append(c);
        i++;
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i += 2;
      } else {
        cells.add(cell.toString());
        return afterQuote(line, i + 1);
      }
    }
    throw new IllegalArgumentException("a quote that is not closed");
  }

  private static int afterQuote(String line, int from) {
    int comma = line.indexOf(',', from);
    int end = comma < 0 ? line.length() : comma;
    if (!line.substring(from, end).isBlank()) {
      throw new IllegalArgumentException("text after a closing quote");
    }
    return end + 1;
  }

  /**
   * A cell as text, quoted only if necessary.
   *
   * @throws IllegalArgumentException if it has a line break
   */
  static String cell(String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "a cell of a CSV file must not have a line break: " + value);
    }
    boolean plain =
        value.indexOf(',') < 0
            && value.indexOf('"') < 0
            && !value.startsWith("#")
            && value.equals(value.strip());
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
