package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Figures;
import dance.search.SearchResult;
import dance.search.Trace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A quantity of a training or a search, epoch after epoch: loss, accuracy, expected cost. */
public final class TraceChart {
  private static final int MOST_MARKERS = 30;

  /** Pixels between ticks; few epochs are farther apart, as there are none between them. */
  private static final int NEAREST_TICKS = 74;

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
    // room for half a marker on both sides
    double margin = Math.max(0.4, 0.02 * epochs);
    chart
        .getStyler()
        .setXAxisMin(1 - margin)
        .setXAxisMax(epochs + margin)
        .setXAxisTickLabelsFormattingFunction(Figures::brief)
        .setXAxisTickMarkSpacingHint(Math.max(NEAREST_TICKS, Math.min(300, 600 / epochs)));
    return chart;
  }

  /**
   * The terms that a search minimises, epoch after epoch.
   *
   * @throws IllegalArgumentException if its trace has none
   */
  public static XYChart of(SearchResult result) {
    List<Trace.Epoch> epochs = result.trace().epochs();
    Map<String, double[]> traces = new LinkedHashMap<>();
    traces.put("loss", values(epochs, Trace.Epoch::loss));
    traces.put("accuracy loss", values(epochs, Trace.Epoch::accuracyLoss));
    traces.put("expected cost / reference", values(epochs, Trace.Epoch::expectedCost));
    traces.put("entropy", values(epochs, Trace.Epoch::entropy));
    new Rules()
        .require(
            traces.values().stream().flatMapToDouble(Arrays::stream).anyMatch(Double::isFinite),
            "the trace of %s has no losses",
            result.method())
        .check();
    return of(result.method() + ", seed " + result.seed(), "loss, cost, entropy [1]", traces);
  }

  private static double[] values(List<Trace.Epoch> epochs, ToDoubleFunction<Trace.Epoch> figure) {
    return epochs.stream().mapToDouble(figure).toArray();
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
