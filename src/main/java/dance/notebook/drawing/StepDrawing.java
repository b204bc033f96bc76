package dance.notebook.drawing;

import dance.accelerator.Accelerator;
import dance.cost.SignificantDigits;
import dance.lesson.Move;
import dance.lesson.Step;
import dance.lesson.Tile;
import dance.notebook.chart.Palette;
import dance.simulate.mapping.AccessCounts;
import dance.workload.Tensor;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step of a walk: at the left the levels with their loops, what they hold, the counters so far
 * and what moves between them; at the right the tensors with the live tiles, the array with what
 * each PE works on, and what stays or moves and why.
 */
public final class StepDrawing {
  private static final int LEFT = 16;
  private static final int BOX = 460;
  private static final int LINE = 16;
  private static final int RIGHT = LEFT + BOX + 28;
  private static final int COLUMN = 194;
  private static final double SECONDS = 1.2;

  private final Svg svg;
  private final Step step;
  private final List<String> levels;
  private final List<Tensor> tensors;
  private final Accelerator accelerator;

  private StepDrawing(Svg svg, Step step) {
    this.svg = svg;
    this.step = step;
    accelerator = step.walk().evaluation().accelerator();
    levels = levels(accelerator);
    tensors = step.walk().evaluation().einsum().tensors();
  }

  /** Names of the levels, outermost first, and of the MAC unit. */
  static List<String> levels(Accelerator accelerator) {
    return Stream.concat(
            accelerator.levels().stream().map(level -> level.name()),
            Stream.of(accelerator.mac().name()))
        .toList();
  }

  /** The drawing of a step. */
  public static Drawing of(Step step) {
    Svg svg = new Svg();
    StepDrawing drawing = new StepDrawing(svg, step);
    drawing.draw();
    return svg.drawing(LEFT, drawing.title());
  }

  /**
   * One drawing that shows the steps one after the other, again and again, without any script.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Drawing animation(List<Step> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("an animation needs at least one step");
    }
    Svg svg = new Svg();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      svg.frame(i, steps.size(), SECONDS, () -> new StepDrawing(svg, step).draw());
    }
    String first = new StepDrawing(svg, steps.get(0)).title();
    return svg.drawing(LEFT, SignificantDigits.plural(steps.size(), "step") + ", from " + first);
  }

  private void draw() {
    svg.text(LEFT, 28, title(), "font-size", "15", "font-weight", "bold");
    double y = 44;
    for (int l = 0; l < levels.size() - 1; l++) {
      y = level(l, y);
      y = moves(l, y);
    }
    units(y);
    double down = 44;
    double tallest = 0;
    for (int t = 0; t < tensors.size(); t++) {
      TensorGrid grid = new TensorGrid(svg, levels, tensors.get(t).name(), step);
      grid.draw(RIGHT + COLUMN * t, down);
      tallest = Math.max(tallest, grid.height());
    }
    down += tallest + 18;
    new UnitGrid(svg, step).draw(RIGHT, down);
    reasons(RIGHT + COLUMN, down);
  }

  private String title() {
    return step.walk().evaluation().einsum().name()
        + " on "
        + accelerator.name()
        + ": step "
        + SignificantDigits.count(step.index() + 1)
        + " of "
        + SignificantDigits.count(step.walk().steps())
        + ", cycle "
        + SignificantDigits.count(step.cycle());
  }

  private double level(int l, double y) {
    AccessCounts.Level counts = step.counts().levels().get(l);
    double height = 2 * LINE + 8 + LINE * counts.tensors().size();
    Color color = Palette.level(l);
    String pale = Palette.hex(Palette.tint(color, 0.85));
    svg.rect(LEFT, y, BOX, height, "rx", "4", "fill", pale, "stroke", Palette.hex(color));
    String used =
        counts.utilizedInstances() > 1
            ? " × " + SignificantDigits.count(counts.utilizedInstances())
            : "";
    svg.text(LEFT + 8, y + LINE, levels.get(l) + used, "font-weight", "bold");
    loops(l, LEFT + 100, y + LINE);
    double down = y + 2 * LINE;
    String[] heads = {"holds", "reads", "fills", "updates"};
    for (int c = 0; c < heads.length; c++) {
      number(c, down, heads[c], "normal");
    }
    for (AccessCounts.Tensor tensor : counts.tensors()) {
      down += LINE;
      AccessCounts.Tensor before = before(l, tensor.name());
      svg.text(LEFT + 8, down, tensor.name());
      number(0, down, SignificantDigits.count(tile(l, tensor.name()).words()), "normal");
      number(
          1, down, SignificantDigits.count(tensor.reads()), weight(tensor.reads(), before.reads()));
      number(
          2, down, SignificantDigits.count(tensor.fills()), weight(tensor.fills(), before.fills()));
      number(
          3,
          down,
          SignificantDigits.count(tensor.updates()),
          weight(tensor.updates(), before.updates()));
    }
    return y + height;
  }

  private Tile tile(int l, String tensor) {
    return step.tile(tensor, levels.get(l));
  }

  private AccessCounts.Tensor before(int l, String name) {
    if (step.index() == 0) {
      return new AccessCounts.Tensor(name, 0, 0, 0, 0);
    }
    return step.back().counts().levels().get(l).tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String weight(long now, long before) {
    return now == before ? "normal" : "bold";
  }

  private void number(int column, double y, String text, String weight) {
    svg.text(
        LEFT + 166 + column * 94,
        y,
        text,
        "text-anchor",
        "end",
        "font-size",
        "11",
        "font-weight",
        weight);
  }

  private void loops(int l, double x, double y) {
    List<Step.Loop> own =
        step.loops().stream().filter(loop -> loop.level().equals(levels.get(l))).toList();
    double wanted = own.stream().mapToDouble(loop -> width(text(loop)) + 4).sum();
    // many loops are written smaller, so that they stay within the level
    double scale = Math.min(1, (LEFT + BOX - x - 4) / Math.max(1, wanted));
    double at = x;
    for (Step.Loop loop : own) {
      double width = scale * width(text(loop));
      if (loop.advanced()) {
        svg.rect(at - 3, y - 12, width, LINE, "rx", "3", "fill", "#f0e442");
      }
      String size = SignificantDigits.brief(11 * scale);
      svg.text(at, y, text(loop), "font-family", "monospace", "font-size", size);
      at += width + 4 * scale;
    }
  }

  private static String text(Step.Loop loop) {
    return loop.dimension() + " " + (loop.index() + 1) + "/" + loop.bound();
  }

  private static double width(String text) {
    return 7 * text.length() + 6;
  }

  /** What passes below a level, with room for all that can. */
  private double moves(int l, double y) {
    List<String> lines = new ArrayList<>();
    for (Move move : step.moves()) {
      int from = levels.indexOf(move.from());
      int to = levels.indexOf(move.to());
      boolean in = from == l && to > l;
      boolean out = to == l && from > l;
      if (in || out) {
        String inner = in ? move.to() : move.from();
        String words = SignificantDigits.count(move.words());
        String shared =
            move.delivered() > move.words()
                ? ", " + SignificantDigits.count(move.delivered()) + (in ? " arrive" : " add up")
                : "";
        lines.add((in ? "↓ " : "↑ ") + move.tensor() + " " + words + shared + " (" + inner + ")");
      }
    }
    double room = LINE * 2 + 4;
    for (int i = 0; i < lines.size(); i++) {
      svg.text(LEFT + 8 + i % 2 * (BOX / 2), y + 13 + i / 2 * 14, lines.get(i), "font-size", "11");
    }
    return y + room;
  }

  private void units(double y) {
    svg.rect(LEFT, y, BOX, LINE + 8, "rx", "4", "fill", "#eeeeee", "stroke", "#222222");
    String text =
        "%s of %s %s units work"
            .formatted(
                SignificantDigits.count(step.working()),
                SignificantDigits.count(accelerator.macUnits()),
                accelerator.mac().name());
    svg.text(LEFT + 8, y + LINE, text, "font-weight", "bold");
  }

  private void reasons(double x, double y) {
    svg.text(x, y + 12, "what is used again, and why", "font-weight", "bold");
    double down = y + 30;
    for (Tile tile : step.tiles()) {
      int level = levels.indexOf(tile.level());
      boolean mac = level == levels.size() - 1;
      boolean tells = !mac || tile.why().change() == Tile.Change.STAYS;
      if (tile.why().change() != Tile.Change.INSIDE && tells) {
        String color = Palette.hex(mac ? Palette.BLACK : Palette.level(level));
        svg.rect(x, down - 8, 8, 8, "fill", color);
        String text = tile.level() + " " + tile.tensor() + " " + tile.reason();
        svg.text(x + 14, down, text, "font-size", "11");
        svg.room(x + 14 + 6 * text.length(), down);
        down += 15;
      }
    }
  }
}
