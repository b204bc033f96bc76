package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.search.Comparison;
import dance.search.Information;
import dance.search.SearchResult;
import dance.search.Trace;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Regret of the best design so far over the cost of the search: median over repeated searches, with
 * the interquartile range if there are few methods.
 */
public final class RegretChart {
  /** Steps of the cost at which regrets are sampled. */
  private static final int GRID = 40;

  /** Maximum number of bands, which would hide each other. */
  private static final int MOST_BANDS = 5;

  /** Number of error bars per method, if bands would hide each other. */
  private static final int MOST_BARS = 5;

  private RegretChart() {}

  /**
   * The repeated searches of a method.
   *
   * @param cost {@code [steps]} of the search, ascending: evaluations or seconds
   * @param regrets {@code [searches, steps]}: relative distance to the optimum, 0 at the optimum
   */
  public record Searches(double[] cost, double[][] regrets) {
    /**
     * @throws IllegalArgumentException if there is no search or no step, or a search has another
     *     number of steps
     */
    public Searches {
      Rules rules = new Rules().require(regrets.length > 0, "regret needs at least one search");
      rules.require(cost.length > 0, "regret needs at least one step");
      for (int i = 0; i < regrets.length; i++) {
        rules.require(
            regrets[i].length == cost.length,
            "search %d has %d regrets for %d steps",
            i + 1,
            regrets[i].length,
            cost.length);
      }
      rules.check();
    }

    /** This quantile of the regret, step by step, in per cent. */
    double[] quantilePercent(double part) {
      return IntStream.range(0, cost.length)
          .mapToDouble(
              step -> {
                double[] sorted =
                    Arrays.stream(regrets).mapToDouble(search -> search[step]).sorted().toArray();
                double position = part * (sorted.length - 1);
                int below = (int) position;
                int above = Math.min(below + 1, sorted.length - 1);
                double between = position - below;
                return 100 * (sorted[below] * (1 - between) + sorted[above] * between);
              })
          .toArray();
    }
  }

  /**
   * The chart. On a logarithmic axis a regret of 0 is drawn at its lower end.
   *
   * @param cost the cost of a search, with its unit in brackets: {@code evaluations}, {@code time
   *     [s]}
   * @param methods the searches of each method by its name, in the order of the map
   * @throws IllegalArgumentException if there are no methods
   */
  public static XYChart of(String title, String cost, Map<String, Searches> methods) {
    new Rules().require(!methods.isEmpty(), "regret needs at least one method").check();
    double[] costs =
        methods.values().stream().flatMapToDouble(s -> Arrays.stream(s.cost)).toArray();
    double[] positive =
        methods.values().stream()
            .flatMapToDouble(s -> DoubleStream.of(s.quantilePercent(0.75)))
            .filter(v -> v > 0)
            .toArray();
    AxisRange y = AxisRange.of(positive);
    Plane plane = Plane.of(title, cost, "regret [%], median and quartiles", AxisRange.of(costs), y);
    floorLabel(plane.chart, methods.values(), y);
    int color = 0;
    for (Searches searches : methods.values()) {
      if (methods.size() <= MOST_BANDS) {
        band(plane, searches, color++);
      } else {
        bars(plane, searches, color++, methods.size());
      }
    }
    color = 0;
    for (Map.Entry<String, Searches> method : methods.entrySet()) {
      line(plane, method.getKey(), method.getValue(), color++);
    }
    return Charts.legend(plane.chart);
  }

  /**
   * The chart over evaluations, of the methods that pay for each; those with full information have
   * another currency and are left out.
   *
   * @throws IllegalArgumentException if the exhaustive optimum is unknown, or no method counts
   *     evaluations
   */
  public static XYChart of(Comparison comparison) {
    List<String> counted = comparison.methods(Information.EVALUATIONS);
    new Rules()
        .require(
            !counted.isEmpty(),
            "methods %s have full information or a supernet, which evaluations do not measure."
                + " Maybe add random or straight-through.",
            comparison.results().keySet())
        .check();
    Map<String, Searches> searches = new LinkedHashMap<>();
    counted.forEach(m -> searches.put(m, searches(comparison, comparison.results().get(m))));
    return of(Charts.title(comparison.problem()), "evaluations", searches);
  }

  private static Searches searches(Comparison comparison, List<SearchResult> found) {
    double most = found.stream().mapToDouble(r -> r.searchCost().evaluations()).max().orElse(1);
    double[] grid =
        IntStream.range(0, GRID).mapToDouble(i -> Math.pow(most, (i + 1.0) / GRID)).toArray();
    double[][] regrets =
        found.stream()
            .map(r -> finite(comparison.regrets(r, Trace.Epoch::evaluations, grid)))
            .toArray(double[][]::new);
    return new Searches(grid, regrets);
  }

  /** Infinite regrets, before anything was found, are drawn as 100 %. */
  private static double[] finite(double[] regrets) {
    return Arrays.stream(regrets).map(r -> Double.isFinite(r) ? r : 1).toArray();
  }

  private static void band(Plane plane, Searches searches, int color) {
    double[] low = floor(searches.quantilePercent(0.25), plane.y);
    double[] high = floor(searches.quantilePercent(0.75), plane.y);
    int[] placed =
        IntStream.range(0, searches.cost.length)
            .filter(i -> Double.isFinite(plane.x.place(searches.cost[i]) + low[i] + high[i]))
            .toArray();
    int steps = placed.length;
    if (steps == 0) {
      return;
    }
    double[] aroundX = new double[2 * steps];
    double[] aroundY = new double[2 * steps];
    for (int i = 0; i < steps; i++) {
      aroundX[i] = aroundX[2 * steps - 1 - i] = plane.x.place(searches.cost[placed[i]]);
      aroundY[i] = plane.y.place(high[placed[i]]);
      aroundY[2 * steps - 1 - i] = plane.y.place(low[placed[i]]);
    }
    plane
        .chart
        .addSeries("quartiles " + color, aroundX, aroundY)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Palette.opacity(Palette.category(color), 0))
        .setFillColor(Palette.opacity(Palette.category(color), 0.15))
        .setShowInLegend(false);
  }

  /** Error bars between the quartiles, at different costs for each method. */
  private static void bars(Plane plane, Searches searches, int color, int methods) {
    double[] low = floor(searches.quantilePercent(0.25), plane.y);
    double[] high = floor(searches.quantilePercent(0.75), plane.y);
    int steps = searches.cost.length;
    int bars = Math.max(1, Math.min(MOST_BARS, steps / methods));
    for (int bar = 0; bar < bars; bar++) {
      int step = Math.min(steps - 1, (bar * methods + color) * steps / (bars * methods));
      double at = searches.cost[step];
      plane
          .line(
              "quartiles " + color + " at " + at,
              new double[] {at, at},
              new double[] {low[step], high[step]})
          .setMarker(PaperTheme.END)
          .setMarkerColor(Palette.category(color))
          .setLineColor(Palette.category(color))
          .setLineStyle(PaperTheme.stroke())
          .setShowInLegend(false);
    }
  }

  private static void line(Plane plane, String name, Searches searches, int color) {
    plane
        .line(name, searches.cost, floor(searches.quantilePercent(0.5), plane.y))
        .setLineColor(Palette.category(color))
        .setLineStyle(PaperTheme.line(color));
  }

  /** Marks the lower end if it includes all smaller values. */
  private static void floorLabel(XYChart chart, Collection<Searches> methods, AxisRange y) {
    boolean below =
        methods.stream()
            .flatMapToDouble(s -> Arrays.stream(s.quantilePercent(0.25)))
            .anyMatch(percent -> percent < y.low());
    if (y.log() && below) {
      Function<Double, String> labels = chart.getStyler().getYAxisTickLabelsFormattingFunction();
      double least = y.place(y.low());
      chart
          .getStyler()
          .setYAxisTickLabelsFormattingFunction(
              v ->
                  v < least + 0.01 * Math.abs(least)
                      ? "≤ " + SignificantDigits.brief(y.low())
                      : labels.apply(v));
    }
  }

  private static double[] floor(double[] percent, AxisRange y) {
    return Arrays.stream(percent).map(v -> Math.max(v, y.low())).toArray();
  }
}
