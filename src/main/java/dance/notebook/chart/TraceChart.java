package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Design;
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

/** A quantity of a training or a search by epoch: loss, accuracy, expected cost. */
public final class TraceChart {
  private static final int MOST_MARKERS = 30;

  /**
   * Minimum distance of ticks in pixels; with few epochs they are farther apart, as there are none
   * between them.
   */
  private static final int NEAREST_TICKS = 74;

  private TraceChart() {}

  /**
   * The chart; quantities of different units belong into different charts.
   *
   * @param heading the quantity, with its unit in brackets
   * @param traces {@code [epochs]} by name, in the order of the map; values that are not finite are
   *     omitted
   * @throws IllegalArgumentException if there is nothing to draw
   */
  public static XYChart of(String title, String heading, Map<String, double[]> traces) {
    double[] all = traces.values().stream().flatMapToDouble(Arrays::stream).toArray();
    new Rules()
        .require(
            Arrays.stream(all).anyMatch(Double::isFinite), "traces %s are empty", traces.keySet())
        .check();
    int epochs = traces.values().stream().mapToInt(v -> v.length).max().orElse(1);
    // room for half a marker on both sides
    double margin = Math.max(0.4, 0.02 * epochs);
    AxisRange x = new AxisRange(1 - margin, epochs + margin, false);
    Plane plane = Plane.of(title, "epoch", heading, x, AxisRange.of(all));
    traces.forEach((name, values) -> add(plane, name, values));
    plane
        .chart
        .getStyler()
        .setXAxisTickMarkSpacingHint(Math.max(NEAREST_TICKS, Math.min(300, 600 / epochs)));
    return Charts.legend(plane.chart);
  }

  /**
   * The terms of the loss of a search by epoch.
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
    String title =
        result.method() + ", seed " + result.seed() + Design.heldOut(result.accuracyError());
    return of(title, "loss, cost, entropy [1]", traces);
  }

  private static double[] values(List<Trace.Epoch> epochs, ToDoubleFunction<Trace.Epoch> figure) {
    return epochs.stream().mapToDouble(figure).toArray();
  }

  private static void add(Plane plane, String name, double[] values) {
    long known = Arrays.stream(values).filter(Double::isFinite).count();
    if (known > 0) {
      int index = plane.chart.getSeriesCollection().size();
      double[] epochs = IntStream.rangeClosed(1, values.length).asDoubleStream().toArray();
      plane
          .line(name, epochs, values)
          .setMarker(known <= MOST_MARKERS ? PaperTheme.marker(index) : SeriesMarkers.NONE)
          .setMarkerColor(Palette.category(index))
          .setLineColor(Palette.category(index))
          .setLineStyle(PaperTheme.line(index));
    }
  }
}
