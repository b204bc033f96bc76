package dance.notebook;

import dance.notebook.drawing.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table for display: cells of text, numbers aligned to the right.
 *
 * @param headings of the columns
 * @param rows one cell per heading
 * @param numbers indices of the columns of numbers
 */
record Grid(List<String> headings, List<List<String>> rows, Set<Integer> numbers)
    implements Display {
  /** Maximum number of rows that a cell shows. */
  static final int MOST_ROWS = 60;

  @Override
  public Map<String, String> display() {
    return Map.of("text/html", html(), "text/plain", text());
  }

  private String html() {
    // a wide table scrolls within the cell, so that no column is hidden
    StringBuilder html =
        new StringBuilder("<div style=\"overflow-x: auto\">\n<table>\n<thead><tr>");
    for (int c = 0; c < headings.size(); c++) {
      html.append("<th").append(side(c)).append(escaped(headings.get(c))).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : shown()) {
      html.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        html.append("<td").append(side(c)).append(escaped(row.get(c))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n</div>\n").append(escaped(rest())).toString();
  }

  private String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings);
    lines.addAll(shown());
    int[] widths = new int[headings.size()];
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String blanks = " ".repeat(widths[c] - line.get(c).length());
        row.append(c == 0 ? "" : "  ");
        row.append(numbers.contains(c) ? blanks + line.get(c) : line.get(c) + blanks);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.append(rest()).toString().stripTrailing();
  }

  private List<List<String>> shown() {
    return rows.subList(0, Math.min(MOST_ROWS, rows.size()));
  }

  private String rest() {
    return rows.size() <= MOST_ROWS ? "" : "and " + (rows.size() - MOST_ROWS) + " rows more";
  }

  private String side(int column) {
    return " style=\"text-align: " + (numbers.contains(column) ? "right" : "left") + "\">";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
