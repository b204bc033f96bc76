package dance.notebook.drawing;

import dance.check.Rules;
import dance.cost.Constraint;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.notebook.chart.Palette;
import dance.search.ConfidenceInterval;
import dance.search.FrontSurvey;
import java.awt.Color;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fronts of search methods in the plane of cost, logarithmic, and accuracy: the true front as a
 * band behind them, of each method the front of its median seed, and at each the fraction of the
 * true front's hypervolume that it dominates. Labels stand at what they name.
 */
public final class FrontDrawing {
  private static final int WIDTH = 700;
  private static final double LEFT = 62;
  private static final double RIGHT = WIDTH - 16;
  private static final double TOP = 48;
  private static final double BOTTOM = 372;
  private static final double FONT = 14;

  /** Accuracies further below the best are left out: no design there is of interest. */
  private static final double SHOWN = 0.12;

  private static final String BAND = "#cccccc";

  /** Positions in the palette: neighbours on the front must differ most. */
  private static final int[] COLORS = {0, 4, 6, 5, 1, 3, 2, 7};

  private static final int LADDER = 12;

  /** What would be printed as 0.0 %. */
  private static final double NO_MARGIN = 0.0005;

  private final Svg svg = new Svg();
  private final FrontSurvey fronts;
  private final double floor;
  private final double ceiling;
  private double least = Double.POSITIVE_INFINITY;
  private double most;

  /** What labels must not hide: boxes {@code x, y, width, height}. */
  private final List<double[]> taken = new ArrayList<>();

  /** A line of the drawing: what is seen of a front. */
  private record Line(String label, String color, List<Design> designs) {}

  private FrontDrawing(FrontSurvey fronts, List<Line> lines) {
    this.fronts = fronts;
    double best = 0;
    double worst = 1;
    for (Line line : lines) {
      for (Design design : line.designs) {
        best = Math.max(best, accuracy(design));
        worst = Math.min(worst, accuracy(design));
      }
    }
    floor = Math.max(worst, best - SHOWN) - 0.005;
    ceiling = best + 0.008;
    for (Line line : lines) {
      for (Design design : seen(line)) {
        least = Math.min(least, fronts.cost(design));
        most = Math.max(most, fronts.cost(design));
      }
    }
    least *= 0.9;
    most *= 1.25;
  }

  /**
   * The drawing, with these methods under their own names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Drawing of(FrontSurvey fronts, List<String> methods) {
    Map<String, String> labels = new LinkedHashMap<>();
    methods.forEach(method -> labels.put(method, method));
    return of(fronts, labels);
  }

  /**
   * The drawing.
   *
   * @param labels of those methods that are drawn, the most important first
   * @throws IllegalArgumentException if the survey has no such method
   */
  public static Drawing of(FrontSurvey fronts, Map<String, String> labels) {
    List<String> methods = List.copyOf(labels.keySet());
    Rules rules = new Rules().require(!methods.isEmpty(), "a drawing of fronts needs a method");
    for (String method : methods) {
      rules.require(
          fronts.found().containsKey(method),
          "method %s is not one of %s",
          method,
          String.join(", ", fronts.found().keySet()));
    }
    rules.check();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("true front", BAND, fronts.truth().front()));
    for (int m = 0; m < methods.size(); m++) {
      Color color = Palette.category(COLORS[m % COLORS.length]);
      lines.add(
          new Line(
              labels.get(methods.get(m)) + " " + percent(fronts.hypervolume(methods.get(m))),
              "#%06x".formatted(color.getRGB() & 0xffffff),
              fronts.typical(methods.get(m))));
    }
    return new FrontDrawing(fronts, lines).draw(lines);
  }

  private static String percent(ConfidenceInterval fraction) {
    String mean = "%.1f".formatted(100 * fraction.mean()).replace(',', '.');
    boolean alone = !(fraction.margin() >= NO_MARGIN);
    return mean
        + (alone ? "" : " ± " + "%.1f".formatted(100 * fraction.margin()).replace(',', '.'))
        + " %";
  }

  private Drawing draw(List<Line> lines) {
    title();
    axes();
    band(lines.get(0));
    for (int i = lines.size() - 1; i >= 1; i--) {
      line(lines.get(i), i);
    }
    for (int i = 1; i < lines.size(); i++) {
      label(lines.get(i), lines.get(i).color);
    }
    label(lines.get(0), "#777777");
    svg.room(WIDTH - 1, BOTTOM + 44);
    return svg.drawing(
        0,
        "fronts of %s: %s"
            .formatted(
                fronts.problem().name(),
                String.join(", ", lines.stream().map(Line::label).toList())));
  }

  /** What the numbers are; short, where it also says how far predicted accuracies are off. */
  private String subtitle() {
    String error = Design.heldOut(fronts.problem().task().predictionError());
    return error.isEmpty()
        ? "after each name: how much of the true front's hypervolume is reached"
        : error.substring(2) + "; after names: hypervolume reached";
  }

  private void title() {
    svg.text(
        LEFT,
        22,
        fronts.problem().task().label()
            + " × "
            + SignificantDigits.count(fronts.problem().table().designs())
            + " accelerators"
            + limits(),
        "font-size",
        "16",
        "font-weight",
        "bold");
    svg.text(LEFT, 40, subtitle(), "font-size", "13", "fill", "#555555");
  }

  private String limits() {
    StringBuilder text = new StringBuilder();
    for (Constraint limit : fronts.problem().objective().constraints()) {
      text.append(", ")
          .append(limit.metric().label())
          .append(" ≤ ")
          .append(SignificantDigits.measure(limit.limit()))
          .append(' ')
          .append(limit.metric().unit());
    }
    return text.toString();
  }

  private void axes() {
    for (int percent = (int) Math.ceil(100 * floor); percent <= 100 * ceiling; percent++) {
      if (percent % 2 == 0) {
        double y = y(percent / 100.0);
        svg.line(LEFT, y, RIGHT, y, "stroke", "#eeeeee");
        svg.text(LEFT - 8, y + 5, "" + percent, "text-anchor", "end", "font-size", "13");
      }
    }
    for (int decade = (int) Math.floor(Math.log10(least)); decade <= LADDER; decade++) {
      for (int step : new int[] {1, 2, 5}) {
        double cost = step * Math.pow(10, decade);
        if (cost >= least && cost <= most) {
          svg.line(x(cost), TOP, x(cost), BOTTOM, "stroke", "#eeeeee");
          // one digit: SignificantDigits would show four
          String text = new BigDecimal(step).scaleByPowerOfTen(decade).toPlainString();
          svg.text(x(cost), BOTTOM + 18, text, "text-anchor", "middle", "font-size", "13");
        }
      }
    }
    svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, "stroke", "#222222");
    svg.line(LEFT, TOP, LEFT, BOTTOM, "stroke", "#222222");
    svg.text(
        (LEFT + RIGHT) / 2, BOTTOM + 38, heading(), "text-anchor", "middle", "font-size", "14");
    svg.text(
        0,
        0,
        "accuracy [%]",
        "transform",
        "translate(18 %d) rotate(-90)".formatted((int) (TOP + BOTTOM) / 2),
        "text-anchor",
        "middle",
        "font-size",
        "14");
  }

  private String heading() {
    Objective objective = fronts.problem().objective();
    for (Metric metric : Metric.values()) {
      if (metric.label().equalsIgnoreCase(objective.name())) {
        return metric.heading();
      }
    }
    return objective.name();
  }

  /** The true front as a band. */
  private void band(Line line) {
    double[][] stairs = stairs(line);
    double[] xs = stairs[0];
    double[] ys = stairs[1];
    svg.polyline(xs, ys, "stroke", line.color, "stroke-width", "7", "stroke-linejoin", "round");
    for (int i = 0; i + 1 < xs.length; i++) {
      double low = Math.min(ys[i], ys[i + 1]) - 4;
      double height = Math.abs(ys[i + 1] - ys[i]) + 8;
      taken.add(new double[] {xs[i] - 4, low, xs[i + 1] - xs[i] + 8, height});
    }
  }

  /**
   * Up to each cost the accuracy of the best design that costs no more: {@code [x, y][corners]}.
   */
  private double[][] stairs(Line line) {
    List<Design> seen = seen(line);
    int n = seen.size();
    double[] xs = new double[2 * n];
    double[] ys = new double[2 * n];
    for (int i = 0; i < n; i++) {
      xs[2 * i] = x(fronts.cost(seen.get(i)));
      ys[2 * i] = y(accuracy(seen.get(i)));
      xs[2 * i + 1] = i + 1 < n ? x(fronts.cost(seen.get(i + 1))) : RIGHT;
      ys[2 * i + 1] = ys[2 * i];
    }
    return new double[][] {xs, ys};
  }

  /**
   * Points, those of later methods on thin stairs; the first method's are filled, so that others
   * are seen around them.
   */
  private void line(Line line, int place) {
    double[][] stairs = stairs(line);
    // where points are dense the stairs are those of the band; elsewhere they are seen
    if (stairs[0].length > 0 && place > 1) {
      svg.polyline(stairs[0], stairs[1], "stroke", line.color, "stroke-opacity", "0.45");
    }
    for (int i = 0; i < stairs[0].length; i += 2) {
      double x = stairs[0][i];
      double y = stairs[1][i];
      svg.circle(
          x,
          y,
          place == 1 ? 3.5 : 5 + place / 2.0,
          "fill",
          place == 1 ? line.color : "none",
          "stroke",
          line.color,
          "stroke-width",
          "2");
      taken.add(new double[] {x - 8, y - 8, 16, 16});
    }
  }

  /** Where it hides least, near a point of its line. */
  private void label(Line line, String color) {
    double width = 0.63 * FONT * line.label.length();
    double[] best = null;
    double least = Double.POSITIVE_INFINITY;
    List<Design> seen = seen(line);
    for (int i = 0; i < seen.size(); i++) {
      double x = x(fronts.cost(seen.get(i)));
      double y = y(accuracy(seen.get(i)));
      for (double side : new double[] {12, -12 - width, -width / 2}) {
        for (double shift : new double[] {0, -22, 22, -36, 36, -54, 54}) {
          double[] box = {x + side, y + shift - FONT / 2, width, FONT + 2};
          double hidden = hidden(box) + (side == -width / 2 && shift == 0 ? 1e6 : 0);
          double far = Math.abs(shift) + Math.abs(i - seen.size() / 2.0) / seen.size();
          if (100 * hidden + far < least) {
            least = 100 * hidden + far;
            best = box;
          }
        }
      }
    }
    if (best != null) {
      svg.text(
          best[0],
          best[1] + FONT - 1,
          line.label,
          "font-size",
          "14",
          "font-weight",
          "bold",
          "fill",
          color);
      taken.add(best);
    }
  }

  /** The area that a box would hide, and what of it is outside. */
  private double hidden(double[] box) {
    double sum = 0;
    for (double[] other : taken) {
      sum += overlap(box, other);
    }
    double inside = overlap(box, new double[] {LEFT + 4, TOP, RIGHT - LEFT - 4, BOTTOM - TOP - 4});
    return sum + 100 * (box[2] * box[3] - inside);
  }

  private static double overlap(double[] a, double[] b) {
    double width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
    double height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
    return width > 0 && height > 0 ? width * height : 0;
  }

  private List<Design> seen(Line line) {
    return line.designs.stream().filter(d -> accuracy(d) >= floor).toList();
  }

  private double x(double cost) {
    return LEFT + (RIGHT - LEFT) * Math.log(cost / least) / Math.log(most / least);
  }

  private double y(double accuracy) {
    return BOTTOM - (BOTTOM - TOP) * (accuracy - floor) / (ceiling - floor);
  }

  private static double accuracy(Design design) {
    return design.accuracy().getAsDouble();
  }
}
