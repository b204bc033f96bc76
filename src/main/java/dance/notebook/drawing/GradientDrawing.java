package dance.notebook.drawing;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.lesson.AlphaGradient;
import dance.notebook.chart.Palette;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Derivatives of the cost by every α as heat maps side by side, on one scale: blue lowers the cost
 * as the operation becomes more probable, vermilion raises it.
 */
public final class GradientDrawing {
  private static final int LEFT = 16;
  private static final int CELL = 54;
  private static final int ROW = 24;
  private static final Color RAISES = new Color(0xD55E00);

  private GradientDrawing() {}

  /**
   * The heat maps.
   *
   * @throws IllegalArgumentException if there are none, or they are of different spaces
   */
  public static Drawing of(AlphaGradient... gradients) {
    new Rules()
        .require(gradients.length > 0, "a heat map needs a gradient")
        .require(
            Arrays.stream(gradients).map(g -> g.space().name()).distinct().count() <= 1,
            "gradients side by side must be of one space")
        .check();
    Svg svg = new Svg();
    String cost = gradients[0].objective().toUpperCase(Locale.ROOT);
    String title = "derivative of " + cost + " by every α, " + gradients[0].space().name();
    svg.text(LEFT, 28, title, "font-size", "15", "font-weight", "bold");
    double most =
        Arrays.stream(gradients)
            .flatMap(g -> g.byAlpha().stream())
            .mapToDouble(Math::abs)
            .max()
            .orElse(1);
    double x = LEFT;
    for (AlphaGradient gradient : gradients) {
      x = map(svg, gradient, x, most) + 28;
    }
    double y = 88 + ROW * gradients[0].space().operations().size() + 40;
    legend(svg, y, most);
    List<String> seen = new ArrayList<>();
    Arrays.stream(gradients).forEach(gradient -> seen.add(gradient.toString()));
    return svg.drawing(LEFT, String.join("; ", seen));
  }

  private static double map(Svg svg, AlphaGradient gradient, double x, double most) {
    List<String> blocks = gradient.space().blockNames();
    List<String> operations = gradient.space().operations();
    double label = 7.6 * operations.stream().mapToInt(String::length).max().orElse(1) + 12;
    String head =
        "%s evaluator: %s on %s"
            .formatted(
                gradient.evaluator(), SignificantDigits.brief(gradient.cost()), gradient.design());
    svg.text(x, 52, head, "font-weight", "bold");
    svg.room(x + 6.6 * head.length(), 52);
    for (int b = 0; b < blocks.size(); b++) {
      svg.text(
          x + label + CELL * (b + 0.5),
          76,
          blocks.get(b),
          "text-anchor",
          "middle",
          "font-size",
          blocks.get(b).length() > 8 ? "8" : "11");
    }
    for (int o = 0; o < operations.size(); o++) {
      double y = 84 + ROW * o;
      svg.text(x + label - 6, y + 16, operations.get(o), "text-anchor", "end");
      for (int b = 0; b < blocks.size(); b++) {
        double left = x + label + CELL * b;
        if (!gradient.space().allows(b, o)) {
          svg.text(left + CELL / 2.0, y + 16, "–", "text-anchor", "middle", "fill", "#999999");
          continue;
        }
        double value = gradient.at(b, o);
        svg.rect(left, y, CELL - 1, ROW - 1, "fill", color(value / most), "class", "derivative");
        svg.text(
            left + CELL / 2.0,
            y + 16,
            signed(value),
            "text-anchor",
            "middle",
            "font-size",
            "10",
            "fill",
            Math.abs(value) > 0.7 * most ? "#ffffff" : "#222222");
      }
    }
    return x + label + CELL * blocks.size();
  }

  private static String color(double part) {
    Color hue = part < 0 ? Palette.BLUE : RAISES;
    return Palette.hex(Palette.tint(hue, 1 - Math.min(1, Math.abs(part))));
  }

  private static String signed(double value) {
    return (value < 0 ? "−" : value > 0 ? "+" : "") + SignificantDigits.brief(Math.abs(value));
  }

  private static void legend(Svg svg, double y, double most) {
    for (int i = -5; i <= 5; i++) {
      svg.rect(LEFT + 150 + 20 * (i + 5), y - 12, 20, 14, "fill", color(i / 5.0));
    }
    svg.text(LEFT, y, "more probable: cheaper", "font-size", "11");
    svg.text(LEFT + 378, y, "dearer", "font-size", "11");
    svg.text(LEFT + 150, y + 16, signed(-most), "font-size", "10");
    svg.text(LEFT + 370, y + 16, signed(most), "font-size", "10", "text-anchor", "end");
    svg.room(LEFT + 430, y + 16);
  }
}
