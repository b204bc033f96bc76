package dance.notebook;

import dance.cost.SignificantDigits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import tech.tablesaw.api.DoubleColumn;
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
      rows.add(new ArrayList<>());
    }
    for (Column<?> column : table.columns()) {
      List<String> cells = cells(column);
      for (int r = 0; r < rows.size(); r++) {
        rows.get(r).add(cells.get(r));
      }
    }
    return new Grid(table.columnNames(), rows, numbers);
  }

  /** Decimal numbers of a column in one format; everything else as Tablesaw prints it. */
  private static List<String> cells(Column<?> column) {
    List<String> cells = new ArrayList<>();
    if (column instanceof DoubleColumn numbers) {
      DoubleFunction<String> format =
          SignificantDigits.column(numbers.asList().stream().mapToDouble(v -> v));
      for (int r = 0; r < numbers.size(); r++) {
        cells.add(numbers.isMissing(r) ? "" : format.apply(numbers.getDouble(r)));
      }
      return cells;
    }
    for (int r = 0; r < column.size(); r++) {
      cells.add(column.getString(r));
    }
    return cells;
  }
}
