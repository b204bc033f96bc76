package dance.notebook.chart;

import dance.cost.SignificantDigits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart with two axes for arbitrary points: those off the axes, such as infinity, are omitted and
 * counted in the legend; large numbers of points are thinned without visible difference.
 */
final class Plane {
  /** Larger numbers of points are thinned. */
  static final int MOST_POINTS = 6000;

  /** Cells along an axis, about half a pixel of a picture each. */
  private static final int CELLS = 1500;

  final XYChart chart;
  final AxisRange x;
  final AxisRange y;

  private Plane(XYChart chart, AxisRange x, AxisRange y) {
    this.chart = chart;
    this.x = x;
    this.y = y;
  }

  /** An empty chart of these axes. */
  static Plane of(String title, String horizontal, String vertical, AxisRange x, AxisRange y) {
    XYChart chart = Charts.xy(title, horizontal, vertical);
    x.horizontal(chart.getStyler());
    y.vertical(chart.getStyler());
    return new Plane(chart, x, y);
  }

  /** Points without lines; {@code [points]} each. */
  XYSeries scatter(String name, double[] xs, double[] ys) {
    int[] placed = placed(xs, ys);
    int[] kept = placed.length <= MOST_POINTS ? placed : apart(xs, ys, placed);
    XYSeries series = add(name, xs, ys, kept);
    if (placed.length < xs.length) {
      int missing = xs.length - placed.length;
      series.setLabel(
          series.getLabel() + " (" + SignificantDigits.count(missing) + " off the axes)");
    }
    return series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
  }

  /** A line without marks from point to point, {@code [points]} each, ascending in x. */
  XYSeries line(String name, double[] xs, double[] ys) {
    int[] placed = placed(xs, ys);
    int[] kept = placed.length <= MOST_POINTS ? placed : extremes(xs, ys, placed);
    XYSeries series = add(name, xs, ys, kept);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  private XYSeries add(String name, double[] xs, double[] ys, int[] kept) {
    // the library does not draw an empty series
    double[] placesX = kept.length == 0 ? new double[] {Double.NaN} : x.places(pick(xs, kept));
    double[] placesY = kept.length == 0 ? new double[] {Double.NaN} : y.places(pick(ys, kept));
    XYSeries series = chart.addSeries(Names.unique(name, Charts.taken(chart)), placesX, placesY);
    series.setLabel(Names.shown(name));
    return series;
  }

  private static double[] pick(double[] values, int[] kept) {
    return Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
  }

  private int[] placed(double[] xs, double[] ys) {
    return IntStream.range(0, xs.length)
        .filter(i -> !Double.isNaN(x.place(xs[i])) && !Double.isNaN(y.place(ys[i])))
        .toArray();
  }

  /** The first point of every cell of the picture. */
  private int[] apart(double[] xs, double[] ys, int[] placed) {
    Set<Integer> seen = new HashSet<>();
    return Arrays.stream(placed)
        .filter(i -> seen.add(cell(x, xs[i]) * (CELLS + 1) + cell(y, ys[i])))
        .toArray();
  }

  /** The minimum and maximum of every column of the picture, which is all that a line shows. */
  private int[] extremes(double[] xs, double[] ys, int[] placed) {
    int[] least = new int[CELLS + 1];
    int[] most = new int[CELLS + 1];
    Arrays.fill(least, -1);
    Arrays.fill(most, -1);
    for (int i : placed) {
      int column = cell(x, xs[i]);
      least[column] = least[column] < 0 || ys[i] < ys[least[column]] ? i : least[column];
      most[column] = most[column] < 0 || ys[i] > ys[most[column]] ? i : most[column];
    }
    return IntStream.concat(Arrays.stream(least), Arrays.stream(most))
        .filter(i -> i >= 0)
        .distinct()
        .sorted()
        .toArray();
  }

  private static int cell(AxisRange axis, double value) {
    double low = axis.place(axis.low());
    double high = axis.place(axis.high());
    double at = axis.place(value);
    boolean ratios = axis.log() && low > 0;
    double part = ratios ? Math.log(at / low) / Math.log(high / low) : (at - low) / (high - low);
    return (int) Math.max(0, Math.min(CELLS, part * CELLS));
  }
}
