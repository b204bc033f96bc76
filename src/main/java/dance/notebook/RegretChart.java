package dance.notebook;

import dance.check.Rules;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How far the best design so far is from the true best, over what the search has cost: median over
 * repeated searches, with the interval between the quartiles.
 */
public final class RegretChart {
  private RegretChart() {}

  /**
   * The repeated searches of a method.
   *
   * @param cost {@code [steps]} of the search, ascending: evaluations or seconds
   * @param regrets {@code [searches, steps]}: relative distance to the true best, 0 at the best
   */
  public record Searches(double[] cost, double[][] regrets) {
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

    /** The regret below which this part of the searches is, step by step, in percent. */
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
   * @param cost what the search costs, with its unit in brackets: {@code evaluations}, {@code time
   *     [s]}
   * @param methods the searches of each method by its name, in the order of the map
   * @throws IllegalArgumentException if there are no methods
   */
  public static XYChart of(String title, String cost, Map<String, Searches> methods) {
    new Rules().require(!methods.isEmpty(), "regret needs at least one method").check();
    XYChart chart = Charts.xy(title, cost, "regret [%]");
    double[] costs =
        methods.values().stream().flatMapToDouble(s -> Arrays.stream(s.cost)).toArray();
    double[] positive =
        methods.values().stream()
            .flatMapToDouble(s -> DoubleStream.of(s.quantilePercent(0.75)))
            .filter(v -> v > 0)
            .toArray();
    Span x = Span.of(costs);
    Span y = Span.of(positive);
    x.horizontal(chart.getStyler());
    y.vertical(chart.getStyler());
    int color = 0;
    for (Map.Entry<String, Searches> method : methods.entrySet()) {
      add(chart, method.getKey(), method.getValue(), y, color++);
    }
    return chart;
  }

  private static void add(XYChart chart, String name, Searches searches, Span y, int color) {
    double[] low = floor(searches.quantilePercent(0.25), y);
    double[] high = floor(searches.quantilePercent(0.75), y);
    int steps = searches.cost.length;
    double[] aroundX = new double[2 * steps];
    double[] aroundY = new double[2 * steps];
    for (int i = 0; i < steps; i++) {
      aroundX[i] = aroundX[2 * steps - 1 - i] = searches.cost[i];
      aroundY[i] = high[i];
      aroundY[2 * steps - 1 - i] = low[i];
    }
    chart
        .addSeries(name + ", quartiles", aroundX, aroundY)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Palette.opacity(Palette.category(color), 0))
        .setShowInLegend(false);
    chart
        .getSeries(name + ", quartiles")
        .setFillColor(Palette.opacity(Palette.category(color), 0.2));
    chart
        .addSeries(name, searches.cost, floor(searches.quantilePercent(0.5), y))
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Palette.category(color))
        .setLineStyle(PaperTheme.line(color));
  }

  private static double[] floor(double[] percent, Span y) {
    return Arrays.stream(percent).map(v -> Math.max(v, y.low())).toArray();
  }
}
