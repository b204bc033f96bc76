package dance.notebook;

import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables in a cell, and results and lists of records as such: as HTML, the first rows of many. */
public final class TableRenderer implements CellRenderer {
  private static final int MOST_ROWS = 30;

  @Override
  public Optional<Map<String, String>> render(Object value) {
    if (!(value instanceof Table) && !Rows.has(value)) {
      return Optional.empty();
    }
    Table table = Notebook.table(value);
    return Optional.of(Map.of("text/html", html(table), "text/plain", table.print(MOST_ROWS)));
  }

  private static String html(Table table) {
    StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
    for (Column<?> column : table.columns()) {
      html.append("<th").append(side(column)).append(Svg.escape(column.name())).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    int shown = Math.min(MOST_ROWS, table.rowCount());
    for (int row = 0; row < shown; row++) {
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        html.append("<td").append(side(column)).append(Svg.escape(column.getString(row)));
        html.append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n");
    if (shown < table.rowCount()) {
      html.append("<p>")
          .append(shown)
          .append(" of ")
          .append(table.rowCount())
          .append(" rows</p>\n");
    }
    return html.toString();
  }

  private static String side(Column<?> column) {
    return " style=\"text-align: " + (column instanceof NumberColumn ? "right" : "left") + "\">";
  }
}
