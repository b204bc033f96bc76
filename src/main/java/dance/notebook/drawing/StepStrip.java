package dance.notebook.drawing;

import dance.cost.SignificantDigits;
import dance.lesson.Move;
import dance.lesson.Step;
import dance.workload.Tensor;
import java.util.List;

/** Steps side by side: the tensors with their tiles, and what moves. */
public final class StepStrip {
  private static final int LEFT = 16;
  private static final int COLUMN = 200;

  private StepStrip() {}

  /**
   * A strip.
   *
   * @throws IllegalArgumentException if there are no steps
   */
  public static Drawing of(List<Step> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a strip needs at least one step");
    }
    Svg svg = new Svg();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      svg.at(LEFT + i * COLUMN, 0, () -> column(svg, step));
    }
    String first = SignificantDigits.count(steps.get(0).index() + 1);
    return svg.drawing(
        LEFT, SignificantDigits.plural(steps.size(), "step") + " of a walk, from " + first);
  }

  private static void column(Svg svg, Step step) {
    List<String> levels = StepDrawing.levels(step.walk().evaluation().accelerator());
    svg.text(0, 24, "step " + SignificantDigits.count(step.index() + 1), "font-weight", "bold");
    String advanced =
        step.loops().stream()
            .filter(Step.Loop::advanced)
            .map(loop -> loop.dimension() + " at " + loop.level() + " advances")
            .findFirst()
            .orElse("the first");
    svg.text(0, 40, advanced, "font-size", "11");
    double y = 50;
    for (Tensor tensor : step.walk().evaluation().einsum().tensors()) {
      TensorGrid grid = new TensorGrid(svg, levels, tensor.name(), step);
      grid.draw(0, y);
      y += grid.height() + 12;
    }
    for (Move move : step.moves()) {
      String text =
          move.tensor()
              + " "
              + move.from()
              + " → "
              + move.to()
              + " "
              + SignificantDigits.count(move.words());
      svg.text(0, y + 12, text, "font-size", "11");
      y += 14;
    }
  }
}
