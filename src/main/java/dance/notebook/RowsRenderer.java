package dance.notebook;

import dance.report.Column;
import dance.report.Results;
import dance.report.Rows;
import dance.report.TextTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows results and lists of records as tables. */
public final class RowsRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    return Results.has(value) ? Optional.of(grid(Results.of(value)).display()) : Optional.empty();
  }

  private static <T> Grid grid(Rows<T> rows) {
    List<Column<T>> columns = rows.flat();
    Set<Integer> numbers = new HashSet<>();
    List<List<String>> lines = new ArrayList<>();
    rows.results().forEach(result -> lines.add(new ArrayList<>()));
    for (int c = 0; c < columns.size(); c++) {
      List<Object> values = new ArrayList<>();
      for (int r = 0; r < lines.size(); r++) {
        values.add(columns.get(c).shown(rows.results().get(r)));
      }
      List<String> cells = TextTable.cells(values);
      for (int r = 0; r < lines.size(); r++) {
        lines.get(r).add(cells.get(r));
      }
      if (TextTable.isNumber(values)) {
        numbers.add(c);
      }
    }
    return new Grid(columns.stream().map(Column::title).toList(), lines, numbers);
  }
}
