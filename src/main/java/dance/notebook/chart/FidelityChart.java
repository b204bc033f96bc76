package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Metric;
import dance.cost.SignificantDigits;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * Predicted against exact values: on the diagonal they agree, and 95 % of the predictions are
 * within the band, whose relative width is constant.
 */
public final class FidelityChart {
  private static final double SHARE = 0.95;

  private FidelityChart() {}

  /**
   * The chart.
   *
   * @param exact {@code [designs]} in the metric's unit, positive
   * @param predicted {@code [designs]} in the same unit; non-positive values are omitted
   * @throws IllegalArgumentException if the arrays are empty or differ in length, or an exact value
   *     is not positive
   */
  public static XYChart of(Metric metric, double[] exact, double[] predicted) {
    new Rules()
        .require(exact.length > 0, "fidelity needs at least one design")
        .require(
            exact.length == predicted.length,
            "%d exact values need as many predictions, not %d",
            exact.length,
            predicted.length)
        .require(
            Arrays.stream(exact).allMatch(v -> v > 0 && Double.isFinite(v)),
            "exact values of %s must be positive",
            metric.label())
        .check();
    double[] errors =
        IntStream.range(0, exact.length)
            .mapToDouble(i -> Math.abs(predicted[i] - exact[i]) / exact[i])
            .sorted()
            .toArray();
    double band = errors[(int) Math.ceil(SHARE * errors.length) - 1];
    double mean = Arrays.stream(errors).average().orElseThrow();
    double[] shown = Arrays.stream(predicted).filter(v -> v > 0).toArray();
    AxisRange span = AxisRange.of(exact, shown);
    Plane plane =
        Plane.of(
            metric.label() + ": mean relative error " + SignificantDigits.brief(100 * mean) + " %",
            "exact " + metric.heading(),
            "predicted " + metric.heading(),
            span,
            span);
    plane
        .scatter(SignificantDigits.count(exact.length) + " designs", exact, predicted)
        .setMarker(PaperTheme.DOT)
        .setMarkerColor(Palette.BLUE);
    line(plane, "exact", 0, span, true);
    if (Double.isFinite(band)) {
      line(plane, "95 % within ±" + SignificantDigits.brief(100 * band) + " %", band, span, false);
    }
    if (band < 1) {
      line(plane, "below", -band, span, false).setShowInLegend(false);
    }
    return plane.chart;
  }

  /** The line of this relative error, clipped to the chart. */
  private static XYSeries line(
      Plane plane, String name, double error, AxisRange span, boolean solid) {
    double factor = 1 + error;
    double low = Math.max(span.low(), span.low() / factor);
    double high = Math.min(span.high(), span.high() / factor);
    XYSeries series =
        plane.line(name, new double[] {low, high}, new double[] {low * factor, high * factor});
    series
        .setLineColor(solid ? Palette.BLACK : Palette.VERMILION)
        .setLineStyle(solid ? PaperTheme.stroke() : PaperTheme.stroke(6, 4));
    return series;
  }
}
