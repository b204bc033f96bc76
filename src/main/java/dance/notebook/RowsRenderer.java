package dance.notebook;

import dance.cost.Figures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows results and lists of records as tables. */
public final class RowsRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    return Rows.has(value) ? Optional.of(grid(Rows.of(value)).display()) : Optional.empty();
  }

  private static Grid grid(List<Map<String, Object>> rows) {
    Set<String> headings = new LinkedHashSet<>();
    rows.forEach(row -> headings.addAll(row.keySet()));
    Set<Integer> numbers = new HashSet<>();
    List<List<String>> cells = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      List<String> line = new ArrayList<>();
      for (String heading : headings) {
        Object cell = row.get(heading);
        if (cell instanceof Number) {
          numbers.add(line.size());
        }
        line.add(text(cell));
      }
      cells.add(line);
    }
    return new Grid(List.copyOf(headings), cells, numbers);
  }

  private static String text(Object cell) {
    if (cell instanceof Double || cell instanceof Float) {
      return Figures.measure(((Number) cell).doubleValue());
    }
    if (cell instanceof Long || cell instanceof Integer) {
      return Figures.count(((Number) cell).longValue());
    }
    return cell == null ? "" : cell.toString();
  }
}
