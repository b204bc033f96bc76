package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.ParetoFront;
import dance.cost.SignificantDigits;
import dance.search.Comparison;
import dance.search.ExhaustiveOptimum;
import dance.search.FrontSurvey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * Designs in the plane of two metrics: all of them grey, those found by methods colored, and the
 * common front, computed on the very metrics that are drawn.
 */
public final class ParetoChart {
  /** Maximum number of designs of a method that do not hide the front below them. */
  private static final int CROWD = 300;

  private static final int CROWDED_MARKER = 6;
  private static final String ERROR = "classification error [%]";

  private ParetoChart() {}

  /**
   * The chart of two metrics.
   *
   * @param all all evaluated designs, possibly none
   * @param methods designs found by each method, by its name, in the order of the map
   * @throws IllegalArgumentException if there are no designs at all, or if a metric is the
   *     utilization, which is to be maximised
   */
  public static XYChart of(
      Collection<Design> all,
      Map<String, ? extends Collection<Design>> methods,
      Metric horizontal,
      Metric vertical) {
    for (Metric metric : List.of(horizontal, vertical)) {
      requireCost(metric);
    }
    return chart(
        every(all), all, methods, horizontal, vertical.heading(), d -> vertical.of(d.metrics()));
  }

  /**
   * The chart of a metric and the classification error.
   *
   * @throws IllegalArgumentException as {@link #of}, or if the accuracy of a design is unknown
   */
  public static XYChart ofAccuracy(
      Collection<Design> all,
      Map<String, ? extends Collection<Design>> methods,
      Metric horizontal) {
    requireCost(horizontal);
    return chart(every(all), all, methods, horizontal, ERROR, ParetoChart::errorPercent);
  }

  /**
   * The designs found by the searches of each method, with the true front, if known, behind them.
   *
   * @throws IllegalArgumentException if nothing was found
   */
  public static XYChart of(Comparison comparison) {
    Map<String, List<Design>> methods = new LinkedHashMap<>();
    comparison.results().keySet().forEach(m -> methods.put(m, comparison.found(m)));
    XYChart chart = ofAccuracy(comparison.truth(), methods, Metric.EDAP);
    Charts.entitle(chart, Charts.title(comparison.problem()));
    return chart;
  }

  /** What each method finds over several weights of the cost, before the true front. */
  public static XYChart of(FrontSurvey fronts) {
    Map<String, List<Design>> methods = new LinkedHashMap<>();
    fronts.found().keySet().forEach(m -> methods.put(m, fronts.designs(m)));
    XYChart chart = ofAccuracy(Optional.of(fronts.truth()), methods, Metric.EDAP);
    Charts.entitle(chart, Charts.title(fronts.problem()) + ", every λ");
    return chart;
  }

  /**
   * The chart of a metric and the classification error.
   *
   * @param truth exhaustive optimum whose front is drawn in the background
   * @throws IllegalArgumentException as {@link #of}, or if the accuracy of a design is unknown
   */
  public static XYChart ofAccuracy(
      Optional<ExhaustiveOptimum> truth,
      Map<String, ? extends Collection<Design>> methods,
      Metric horizontal) {
    requireCost(horizontal);
    List<Design> front = truth.map(ExhaustiveOptimum::front).orElse(List.of());
    return chart(
        "true front (" + front.size() + ")",
        front,
        methods,
        horizontal,
        ERROR,
        ParetoChart::errorPercent);
  }

  /** What the title says of predicted accuracies, if some of the designs have such. */
  private static String heldOut(String heading, Collection<Design> drawn) {
    return heading.equals(ERROR)
        ? drawn.stream()
            .map(Design::accuracyError)
            .filter(OptionalDouble::isPresent)
            .findFirst()
            .map(Design::heldOut)
            .orElse("")
        : "";
  }

  private static void requireCost(Metric metric) {
    new Rules()
        .require(
            metric != Metric.UTILIZATION,
            "a front minimises both its metrics, but %s is to be maximised. Maybe latency was "
                + "meant.",
            metric.label())
        .check();
  }

  private static double errorPercent(Design design) {
    new Rules()
        .require(
            design.accuracy().isPresent(),
            "the accuracy of %s on %s is unknown",
            design.network(),
            design.accelerator().name())
        .check();
    return 100 * (1 - design.accuracy().getAsDouble());
  }

  private static String every(Collection<Design> all) {
    return "all " + SignificantDigits.count(all.size()) + " designs";
  }

  private static XYChart chart(
      String name,
      Collection<Design> all,
      Map<String, ? extends Collection<Design>> methods,
      Metric horizontal,
      String heading,
      ToDoubleFunction<Design> y) {
    ToDoubleFunction<Design> x = d -> horizontal.of(d.metrics());
    List<Design> drawn = new ArrayList<>(all);
    methods.values().forEach(drawn::addAll);
    new Rules().require(!drawn.isEmpty(), "a front needs at least one design").check();
    List<Design> placed =
        drawn.stream()
            .filter(d -> Double.isFinite(x.applyAsDouble(d)) && Double.isFinite(y.applyAsDouble(d)))
            .toList();
    new Rules()
        .require(!placed.isEmpty(), "no design has a finite %s and %s", horizontal.label(), heading)
        .check();
    Plane plane =
        Plane.of(
            Charts.title(
                    heading.replaceFirst(" \\[.*", "") + " against " + horizontal.label(), drawn)
                + heldOut(heading, drawn),
            horizontal.heading(),
            heading,
            AxisRange.of(values(placed, x)),
            AxisRange.of(values(placed, y)));
    if (!all.isEmpty()) {
      scatter(plane, name, all, x, y).setMarker(PaperTheme.DOT).setMarkerColor(Palette.GREY);
    }
    boolean crowded = methods.values().stream().anyMatch(m -> m.size() > CROWD);
    if (crowded) {
      plane.chart.getStyler().setMarkerSize(CROWDED_MARKER);
    }
    int color = 0;
    for (Map.Entry<String, ? extends Collection<Design>> method : methods.entrySet()) {
      if (!method.getValue().isEmpty()) {
        scatter(plane, method.getKey(), method.getValue(), x, y)
            .setMarker(PaperTheme.marker(color))
            .setMarkerColor(Palette.category(color));
      }
      color++;
    }
    // above the crowd: the line, and on it the points once more
    List<Design> front = ParetoFront.<Design>of(placed.stream().distinct().toList(), x, y).points();
    front(plane, front, x, y);
    again(plane, front, x, y).setMarker(PaperTheme.DOT).setMarkerColor(Palette.BLACK);
    color = 0;
    for (Collection<Design> found : methods.values()) {
      List<Design> best = front.stream().filter(new HashSet<>(found)::contains).toList();
      if (!best.isEmpty()) {
        again(plane, best, x, y)
            .setMarker(PaperTheme.marker(color))
            .setMarkerColor(Palette.category(color));
      }
      color++;
    }
    return Charts.legend(plane.chart);
  }

  private static XYSeries scatter(
      Plane plane,
      String name,
      Collection<Design> designs,
      ToDoubleFunction<Design> x,
      ToDoubleFunction<Design> y) {
    return plane.scatter(name, values(designs, x), values(designs, y));
  }

  /** Points of the front, which the legend names already. */
  private static XYSeries again(
      Plane plane, List<Design> front, ToDoubleFunction<Design> x, ToDoubleFunction<Design> y) {
    XYSeries series = scatter(plane, "points of the front", front, x, y);
    series.setShowInLegend(false);
    return series;
  }

  /** The boundary of the dominated region: steps from design to design. */
  private static void front(
      Plane plane, List<Design> front, ToDoubleFunction<Design> x, ToDoubleFunction<Design> y) {
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    double above = plane.y.high();
    for (Design design : front) {
      xs.add(x.applyAsDouble(design));
      ys.add(above);
      above = y.applyAsDouble(design);
      xs.add(x.applyAsDouble(design));
      ys.add(above);
    }
    xs.add(plane.x.high());
    ys.add(above);
    plane
        .line("front (" + front.size() + ")", array(xs), array(ys))
        .setLineColor(Palette.BLACK)
        .setLineStyle(PaperTheme.stroke());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static double[] values(Collection<Design> designs, ToDoubleFunction<Design> of) {
    return designs.stream().mapToDouble(of).toArray();
  }
}
