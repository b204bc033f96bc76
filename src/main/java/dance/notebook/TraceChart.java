package dance.notebook;

import dance.check.Rules;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A quantity of a training or a search, epoch after epoch: loss, accuracy, expected cost. */
public final class TraceChart {
  private static final int MOST_MARKERS = 30;

  private TraceChart() {}

  /**
   * The chart; quantities of different units belong into different charts.
   *
   * @param heading what is traced, with its unit in brackets
   * @param traces {@code [epochs]} by name, in the order of the map; what is not finite is left out
   * @throws IllegalArgumentException if there is nothing to draw
   */
  public static XYChart of(String title, String heading, Map<String, double[]> traces) {
    double[] all = traces.values().stream().flatMapToDouble(Arrays::stream).toArray();
    new Rules()
        .require(
            Arrays.stream(all).anyMatch(Double::isFinite), "traces %s are empty", traces.keySet())
        .check();
    XYChart chart = Charts.xy(title, "epoch", heading);
    Span.of(all).vertical(chart.getStyler());
    for (Map.Entry<String, double[]> trace : traces.entrySet()) {
      add(chart, trace.getKey(), trace.getValue());
    }
    int epochs = traces.values().stream().mapToInt(v -> v.length).max().orElse(1);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(Math.max(2.0, epochs));
    return chart;
  }

  private static void add(XYChart chart, String name, double[] values) {
    int[] epochs =
        IntStream.range(0, values.length).filter(i -> Double.isFinite(values[i])).toArray();
    if (epochs.length > 0) {
      var series =
          chart.addSeries(
              name,
              Arrays.stream(epochs).mapToDouble(i -> i + 1).toArray(),
              Arrays.stream(epochs).mapToDouble(i -> values[i]).toArray());
      int index = chart.getSeriesCollection().size() - 1;
      boolean marked = epochs.length <= MOST_MARKERS;
      series
          .setMarker(marked ? PaperTheme.marker(index) : SeriesMarkers.NONE)
          .setLineStyle(PaperTheme.line(index));
    }
  }
}
