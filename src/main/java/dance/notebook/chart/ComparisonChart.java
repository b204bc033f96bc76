package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Metric;
import dance.cost.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.CategoryChart;

/** A few designs side by side: each metric as a multiple of the first design's. */
public final class ComparisonChart {
  private static final List<Metric> COSTS =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDP, Metric.EDAP);

  private ComparisonChart() {}

  /**
   * The chart; less is better in every metric.
   *
   * @param designs by name, in the order of the map; the first is what the others are measured by
   * @throws IllegalArgumentException if there are no designs, or one of the first one's metrics is
   *     not positive
   */
  public static CategoryChart of(Map<String, Metrics> designs) {
    new Rules().require(!designs.isEmpty(), "a comparison needs at least one design").check();
    Map.Entry<String, Metrics> first = designs.entrySet().iterator().next();
    Rules rules = new Rules();
    for (Metric metric : COSTS) {
      rules.require(
          metric.of(first.getValue()) > 0,
          "%s of %s must be positive to measure others by",
          metric.label(),
          first.getKey());
    }
    rules.check();
    CategoryChart chart = new CategoryChart(PaperTheme.WIDTH, PaperTheme.HEIGHT, new PaperTheme());
    chart.setTitle("Multiples of " + first.getKey() + " (less is better)");
    chart.setYAxisTitle("relative to " + first.getKey());
    chart
        .getStyler()
        .setAvailableSpaceFill(0.8)
        .setPlotGridVerticalLinesVisible(false)
        .setLocale(Locale.ROOT);
    List<String> labels = COSTS.stream().map(Metric::label).toList();
    designs.forEach(
        (name, metrics) ->
            chart.addSeries(
                name,
                labels,
                COSTS.stream().map(m -> m.of(metrics) / m.of(first.getValue())).toList()));
    double[] all =
        designs.values().stream()
            .flatMapToDouble(d -> COSTS.stream().mapToDouble(m -> m.of(d) / m.of(first.getValue())))
            .toArray();
    Span span = Span.of(all);
    (span.log() ? span : new Span(0, span.high(), false)).vertical(chart.getStyler());
    chart.getStyler().setPlotContentSize(PaperTheme.CONTENT);
    return chart;
  }
}
