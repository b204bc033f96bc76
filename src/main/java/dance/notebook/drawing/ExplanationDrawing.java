package dance.notebook.drawing;

import dance.cost.SignificantDigits;
import dance.notebook.chart.Palette;
import dance.simulate.explain.Explanation;
import dance.simulate.explain.ResponsibleLoops;
import dance.simulate.mapping.LoopNest;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a number is what it is: the formula, the numbers in it, and the nest, in which the loops
 * responsible are highlighted, with what each contributes.
 */
public final class ExplanationDrawing {
  private static final int LEFT = 16;
  private static final int LINE = 19;
  private static final int INDENT = 14;
  private static final int WRAP = 104;
  private static final int BAR = 110;
  private static final double CHARACTER = 7.4;
  private static final String LIT = "#f0e442";

  private ExplanationDrawing() {}

  /**
   * The drawing of an explanation.
   *
   * @param heading a line above it; may be empty
   */
  public static Drawing of(Explanation explanation, String heading) {
    Svg svg = new Svg();
    double y = 28;
    if (!heading.isEmpty()) {
      svg.text(LEFT, y, heading, "font-size", "14");
      svg.room(LEFT + 7.2 * heading.length(), y);
      y += 26;
    }
    String title =
        explanation.subject()
            + " = "
            + number(explanation.value())
            + (explanation.unit().isEmpty() ? "" : " " + explanation.unit());
    svg.text(LEFT, y, title, "font-size", "15", "font-weight", "bold");
    for (String formula : List.of(explanation.formula(), "= " + explanation.substitution())) {
      for (String line : wrapped(formula)) {
        y += LINE;
        svg.text(LEFT + 8, y, line, "font-family", "monospace");
        svg.room(LEFT + 8 + CHARACTER * line.length(), y);
      }
    }
    y += 4;
    for (String line : wrapped(explanation.reason())) {
      y += LINE - 3;
      svg.text(LEFT + 8, y, line);
      svg.room(LEFT + 8 + 6.2 * line.length(), y);
    }
    nest(svg, explanation.loops().lines(), y + 16);
    return svg.drawing(LEFT, title + ", with the loops responsible");
  }

  private static void nest(Svg svg, List<ResponsibleLoops.Line> lines, double from) {
    double widest = 0;
    double most = 0;
    int longest = 0;
    for (int i = 0; i < lines.size(); i++) {
      widest = Math.max(widest, INDENT * i + CHARACTER * text(lines.get(i).loop()).length());
      most = Math.max(most, lines.get(i).value());
      longest = Math.max(longest, lines.get(i).share().length());
    }
    double shares = LEFT + 70 + widest + 24;
    double right = shares + (most > 0 ? BAR + 12 : 0);
    double width = right + 8 + CHARACTER * longest;
    double y = from;
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      ResponsibleLoops.Line line = lines.get(i);
      boolean first = !levels.contains(line.level());
      if (first) {
        levels.add(line.level());
      }
      int level = levels.size() - 1;
      String pale = Palette.hex(Palette.tint(Palette.level(level), 0.85));
      svg.rect(LEFT, y, width - LEFT, LINE, "fill", pale);
      double base = y + 14;
      if (first) {
        svg.text(LEFT + 6, base, line.level(), "font-weight", "bold");
      }
      double x = LEFT + 70 + INDENT * i;
      String text = text(line.loop());
      if (line.isResponsible()) {
        svg.rect(
            x - 4,
            y + 1,
            CHARACTER * text.length() + 8,
            LINE - 2,
            "rx",
            "3",
            "fill",
            LIT,
            "class",
            "responsible");
        if (line.value() > 0) {
          double bar = Math.max(1, BAR * line.value() / most);
          svg.rect(shares, y + 4, bar, LINE - 8, "fill", Palette.hex(Palette.BLUE));
        }
        svg.text(right, base, line.share(), "font-family", "monospace");
      }
      svg.text(
          x,
          base,
          text,
          "font-family",
          "monospace",
          "font-weight",
          line.loop().place() == LoopNest.Place.TEMPORAL ? "normal" : "bold");
      y += LINE;
    }
    svg.text(
        LEFT + 70 + INDENT * lines.size(), y + 14, "multiply, add", "font-family", "monospace");
  }

  private static String text(LoopNest.Loop loop) {
    String last = loop.last() == loop.bound() ? "" : ", at last " + loop.last();
    String place =
        switch (loop.place()) {
          case TEMPORAL -> "for ";
          case SPATIAL_X -> "along X: ";
          case SPATIAL_Y -> "along Y: ";
        };
    return place + loop.dimension() + " in " + loop.bound() + last;
  }

  private static String number(Number value) {
    return value instanceof Long count
        ? SignificantDigits.count(count)
        : SignificantDigits.measure(value.doubleValue());
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    for (String piece : text.split("\n")) {
      String rest = piece;
      while (rest.length() > WRAP && rest.lastIndexOf(' ', WRAP) > 0) {
        int end = rest.lastIndexOf(' ', WRAP);
        lines.add(rest.substring(0, end));
        rest = "  " + rest.substring(end).strip();
      }
      if (!rest.isBlank()) {
        lines.add(rest);
      }
    }
    return lines;
  }
}
