package dance.notebook;

import dance.lesson.Step;
import dance.notebook.drawing.StepDrawing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Shows a step of a walk as its drawing; where there are no pictures, as its text. */
public final class StepRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    if (!(value instanceof Step step)) {
      return Optional.empty();
    }
    Map<String, String> data = new LinkedHashMap<>(StepDrawing.of(step).display());
    data.put("text/plain", step.toString());
    return Optional.of(data);
  }
}
