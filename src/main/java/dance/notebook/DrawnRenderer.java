package dance.notebook;

import dance.lesson.AlphaGradient;
import dance.lesson.AlphaMove;
import dance.lesson.Prediction;
import dance.lesson.Relaxation;
import dance.lesson.Step;
import dance.notebook.drawing.AlphaStrip;
import dance.notebook.drawing.Drawing;
import dance.notebook.drawing.ExplanationDrawing;
import dance.notebook.drawing.GradientDrawing;
import dance.notebook.drawing.RelaxationDrawing;
import dance.notebook.drawing.StepDrawing;
import dance.simulate.explain.Explanation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shows as their drawings, where there are pictures: a step of a walk, an explanation that loops
 * are responsible for, a prediction that was made, and what is differentiated by α.
 */
public final class DrawnRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    return drawing(value)
        .map(
            drawing -> {
              Map<String, String> data = new LinkedHashMap<>(drawing.display());
              data.put("text/plain", value.toString());
              return data;
            });
  }

  private static Optional<Drawing> drawing(Object value) {
    if (value instanceof Step step) {
      return Optional.of(StepDrawing.of(step));
    }
    if (value instanceof Prediction prediction) {
      return prediction.shown().flatMap(shown -> ofLoops(shown, prediction.sentence()));
    }
    if (value instanceof AlphaGradient gradient) {
      return Optional.of(GradientDrawing.of(gradient));
    }
    if (value instanceof AlphaMove move) {
      return Optional.of(AlphaStrip.of(move));
    }
    if (value instanceof Relaxation relaxation) {
      return Optional.of(RelaxationDrawing.of(relaxation));
    }
    return value instanceof Explanation explanation ? ofLoops(explanation, "") : Optional.empty();
  }

  private static Optional<Drawing> ofLoops(Explanation explanation, String heading) {
    return explanation.loops().isKnown()
        ? Optional.of(ExplanationDrawing.of(explanation, heading))
        : Optional.empty();
  }
}
