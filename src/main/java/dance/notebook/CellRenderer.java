package dance.notebook;

import dance.notebook.drawing.Display;
import java.util.Map;
import java.util.Optional;

/**
 * Shows values that cannot show themselves because their type is another library's. Renderers are
 * found through {@code META-INF/services/dance.notebook.CellRenderer} and asked in that order; one
 * whose library is absent is left out. A type of one's own is better a {@link Display}.
 */
@FunctionalInterface
public interface CellRenderer {
  /** What a cell shows of a value, as {@link Display#display}; empty for values of other types. */
  Optional<Map<String, String>> render(Object value);
}
