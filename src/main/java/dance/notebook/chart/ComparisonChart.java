package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Metric;
import dance.cost.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;

/** Designs side by side: each metric as a multiple of the first design's. */
public final class ComparisonChart {
  private static final List<Metric> COSTS =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDP, Metric.EDAP);

  private ComparisonChart() {}

  /**
   * The chart; lower is better in every metric.
   *
   * @param designs by name, in the order of the map; the first is the baseline
   * @throws IllegalArgumentException if there are no designs, if a metric of the first is not
   *     positive, or one of any is not finite
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
    designs.forEach(
        (name, metrics) ->
            COSTS.forEach(
                metric ->
                    rules.require(
                        Double.isFinite(metric.of(metrics) / metric.of(first.getValue())),
                        "%s of %s must be a finite multiple of that of %s",
                        metric.label(),
                        name,
                        first.getKey())));
    rules.check();
    double[] all =
        designs.values().stream()
            .flatMapToDouble(d -> COSTS.stream().mapToDouble(m -> m.of(d) / m.of(first.getValue())))
            .toArray();
    AxisRange span = AxisRange.of(all);
    AxisRange y = span.log() ? span : AxisRange.fromZero(all);
    CategoryChart chart =
        Charts.bars(
            "Multiples of " + first.getKey() + " (less is better)",
            "",
            "relative to " + first.getKey(),
            y);
    List<String> labels = COSTS.stream().map(Metric::label).toList();
    designs.forEach(
        (name, metrics) -> {
          double[] multiples =
              COSTS.stream().mapToDouble(m -> m.of(metrics) / m.of(first.getValue())).toArray();
          chart
              .addSeries(
                  Names.unique(name, Charts.taken(chart)),
                  labels,
                  Arrays.stream(y.places(multiples)).boxed().toList())
              .setLabel(Names.shown(name));
        });
    return Charts.legend(chart);
  }
}
