package dance.notebook;

import dance.notebook.drawing.Display;
import java.util.Map;
import java.util.Optional;

/**
 * Renders values of other libraries' types. Renderers are found through {@code
 * META-INF/services/dance.notebook.CellRenderer} and tried in that order; one whose library is
 * absent is skipped. A custom type should implement {@link Display} instead.
 */
@FunctionalInterface
public interface CellRenderer {
  /** The forms of a value, as {@link Display#display}; empty for values of other types. */
  Optional<Map<String, String>> render(Object value);
}
