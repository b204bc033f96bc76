package dance.notebook.drawing;

import dance.cost.SignificantDigits;
import dance.lesson.AlphaMove;
import dance.notebook.chart.Palette;
import java.util.List;
import java.util.Locale;

/**
 * A strip of frames in which one α moves: the probabilities of its block, the accelerator that is
 * chosen, and how much more the others of the strip cost; a line where the choice flips.
 */
public final class AlphaStrip {
  private static final int LEFT = 16;
  private static final int COLUMN = 96;
  private static final int BAR = 130;

  private AlphaStrip() {}

  /** The strip. */
  public static Drawing of(AlphaMove move) {
    Svg svg = new Svg();
    List<String> designs = move.designs();
    double names =
        7.0
                * Math.max(
                    designs.stream().mapToInt(String::length).max().orElse(0),
                    move.operations().stream().mapToInt(String::length).max().orElse(0))
            + 16;
    String title = "one α moves: " + move.operation() + " in " + move.block();
    svg.text(LEFT, 28, title, "font-size", "15", "font-weight", "bold");
    double table = 72 + BAR + 30;
    svg.text(LEFT, 60, "α", "font-style", "italic");
    svg.text(LEFT, table - 6, "accelerator", "font-weight", "bold");
    String cost = move.objective().toUpperCase(Locale.ROOT);
    for (int d = 0; d < designs.size(); d++) {
      double y = table + 16 + 22 * d;
      svg.text(
          LEFT, y, designs.get(d), "fill", Palette.hex(Palette.category(d)), "font-weight", "bold");
    }
    String last = null;
    for (int f = 0; f < move.frames().size(); f++) {
      AlphaMove.Frame frame = move.frames().get(f);
      double x = LEFT + names + COLUMN * f;
      svg.text(
          x + COLUMN / 2.0 - 4,
          60,
          number(frame.alpha()),
          "text-anchor",
          "middle",
          "font-weight",
          "bold");
      bar(svg, frame, x);
      double least = frame.costs().stream().mapToDouble(c -> c).min().orElse(1);
      for (int d = 0; d < designs.size(); d++) {
        boolean chosen = designs.get(d).equals(frame.design());
        double y = table + 16 + 22 * d;
        if (chosen) {
          svg.rect(
              x,
              y - 15,
              COLUMN - 8,
              20,
              "rx",
              "3",
              "class",
              "chosen",
              "fill",
              Palette.hex(Palette.tint(Palette.category(d), 0.7)));
        }
        double excess = 100 * (frame.costs().get(d) / least - 1);
        String text = chosen ? "chosen" : "+" + SignificantDigits.brief(excess) + " %";
        svg.text(x + COLUMN / 2.0 - 4, y, text, "text-anchor", "middle", "font-size", "11");
      }
      if (last != null && !last.equals(frame.design())) {
        svg.line(
            x - 4,
            46,
            x - 4,
            table + 22 * designs.size() + 6,
            "class",
            "flip",
            "stroke",
            "#d55e00",
            "stroke-width",
            "2",
            "stroke-dasharray",
            "5 3");
        svg.text(x - 4, 44, "flips", "text-anchor", "middle", "fill", "#d55e00", "font-size", "11");
      }
      last = frame.design();
    }
    for (int o = 0; o < move.operations().size(); o++) {
      double y = 78 + 17 * o;
      svg.rect(LEFT, y, 10, 10, "fill", Palette.hex(Palette.category(o)));
      svg.text(LEFT + 16, y + 9, move.operations().get(o), "font-size", "11");
    }
    double y = table + 22 * designs.size() + 24;
    svg.text(
        LEFT,
        y,
        "bars: probabilities of the block's operations; below: how much more "
            + cost
            + " each accelerator costs than the best",
        "font-size",
        "11");
    return svg.drawing(LEFT, move.toString());
  }

  private static void bar(Svg svg, AlphaMove.Frame frame, double x) {
    double y = 72;
    for (int o = 0; o < frame.probabilities().size(); o++) {
      double height = BAR * frame.probabilities().get(o);
      if (height > 0.05) {
        svg.rect(x + 14, y, COLUMN - 36, height, "fill", Palette.hex(Palette.category(o)));
      }
      y += height;
    }
  }

  private static String number(double value) {
    return (value < 0 ? "−" : "") + SignificantDigits.brief(Math.abs(value));
  }
}
