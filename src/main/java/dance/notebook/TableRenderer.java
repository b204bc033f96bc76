package dance.notebook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Shows tables of Tablesaw. */
public final class TableRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    return value instanceof Table table ? Optional.of(grid(table).display()) : Optional.empty();
  }

  private static Grid grid(Table table) {
    Set<Integer> numbers = new HashSet<>();
    for (int c = 0; c < table.columnCount(); c++) {
      if (table.column(c) instanceof NumericColumn<?>) {
        numbers.add(c);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < table.rowCount(); r++) {
      List<String> row = new ArrayList<>();
      for (Column<?> column : table.columns()) {
        row.add(column.getString(r));
      }
      rows.add(row);
    }
    return new Grid(table.columnNames(), rows, numbers);
  }
}
