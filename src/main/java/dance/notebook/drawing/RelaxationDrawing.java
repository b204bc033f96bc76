package dance.notebook.drawing;

import dance.cost.SignificantDigits;
import dance.lesson.Relaxation;
import dance.notebook.chart.Palette;

/**
 * Straight-through and temperature in a picture: what goes forwards (one-hot), what the gradient
 * sees (softmax), and the slope that it passes on, a row for each temperature.
 */
public final class RelaxationDrawing {
  private static final int LEFT = 16;
  private static final int PANEL = 210;
  private static final int HEIGHT = 70;

  private RelaxationDrawing() {}

  /** The picture. */
  public static Drawing of(Relaxation relaxation) {
    Svg svg = new Svg();
    int n = relaxation.logits().size();
    svg.text(
        LEFT,
        28,
        "a choice with a gradient: straight-through",
        "font-size",
        "15",
        "font-weight",
        "bold");
    String[] heads = {"forwards: one-hot", "backwards: softmax(logits / T)", "slope by each logit"};
    for (int p = 0; p < heads.length; p++) {
      svg.text(LEFT + 70 + p * (PANEL + 24), 52, heads[p], "font-weight", "bold");
    }
    double[] hard = new double[n];
    hard[relaxation.chosen()] = 1;
    double y = 66;
    for (double temperature : relaxation.temperatures()) {
      svg.text(
          LEFT,
          y + HEIGHT / 2.0 + 4,
          "T = " + SignificantDigits.brief(temperature),
          "font-weight",
          "bold");
      panel(svg, LEFT + 70, y, hard, 1);
      panel(svg, LEFT + 70 + PANEL + 24, y, relaxation.soft(temperature), 1);
      double[] slope = relaxation.slope(temperature);
      panel(svg, LEFT + 70 + 2 * (PANEL + 24), y, slope, steepest(relaxation));
      y += HEIGHT + 34;
    }
    svg.text(
        LEFT,
        y,
        "warm: every logit gets a slope, though not that of the choice made; "
            + "cold: nearly the choice itself, and hardly a slope",
        "font-size",
        "11");
    svg.room(LEFT + 690, y);
    return svg.drawing(LEFT, "straight-through: " + relaxation.toString().replace("\n ", ";"));
  }

  private static double steepest(Relaxation relaxation) {
    double most = 1e-12;
    for (double temperature : relaxation.temperatures()) {
      for (double slope : relaxation.slope(temperature)) {
        most = Math.max(most, Math.abs(slope));
      }
    }
    return most;
  }

  /** Bars from a line in the middle where there are negative values, from the bottom elsewhere. */
  private static void panel(Svg svg, double x, double y, double[] values, double most) {
    boolean signed = false;
    for (double value : values) {
      signed |= value < 0;
    }
    double zero = signed ? y + HEIGHT / 2.0 : y + HEIGHT;
    double room = signed ? HEIGHT / 2.0 : HEIGHT;
    double width = PANEL / (double) values.length;
    svg.rect(x, y, PANEL, HEIGHT, "fill", "#f6f6f6");
    for (int i = 0; i < values.length; i++) {
      double height = room * Math.abs(values[i]) / most;
      double top = values[i] < 0 ? zero : zero - height;
      svg.rect(
          x + width * i + 5, top, width - 10, height, "fill", Palette.hex(Palette.category(i)));
      String text = (values[i] < 0 ? "−" : "") + SignificantDigits.brief(Math.abs(values[i]));
      svg.text(
          x + width * (i + 0.5), y + HEIGHT + 13, text, "text-anchor", "middle", "font-size", "10");
    }
    svg.line(x, zero, x + PANEL, zero, "stroke", "#222222", "stroke-width", "1");
  }
}
