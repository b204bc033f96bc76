package dance.notebook.chart;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.cost.Figures;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapping.AccessCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The layers of a network under the roof of an accelerator: what its off-chip memory and its MAC
 * units allow, {@code performance ≤ min(peak, intensity · bandwidth)}.
 *
 * <p>Williams, Waterman and Patterson, "Roofline: an insightful visual performance model for
 * multicore architectures", Communications of the ACM 52(4), 2009. An operation is a multiplication
 * with its addition, or an addition where there is nothing else.
 */
public final class RooflineChart {
  private static final int NAMED_LAYERS = 3;

  private RooflineChart() {}

  /**
   * Where a layer stands.
   *
   * @param layer its name
   * @param group what kind of layer it is
   * @param intensityOpsPerByte operations per byte that crosses the port of the outermost level
   * @param performanceGopsPerSecond operations per nanosecond
   * @param latencyMs time of all repeats
   */
  public record Point(
      String layer,
      String group,
      double intensityOpsPerByte,
      double performanceGopsPerSecond,
      double latencyMs) {}

  /** Where the layers stand, in their order. */
  public static List<Point> points(NetworkEvaluation evaluation) {
    return evaluation.layers().stream().map(RooflineChart::point).toList();
  }

  private static Point point(LayerEvaluation layer) {
    double words = 0;
    for (AccessCounts.Tensor tensor : layer.evaluation().counts().levels().get(0).tensors()) {
      words += tensor.reads() + tensor.fills() + tensor.updates();
    }
    int wordBits = layer.evaluation().accelerator().levels().get(0).wordBits();
    return new Point(
        layer.layer().name(),
        LayerGroup.of(layer.layer()).label,
        layer.evaluation().einsum().points() / (words * wordBits / 8),
        layer.operations() / layer.latencyMs() / 1e6,
        layer.latencyMs());
  }

  /** What all MAC units together could do, in operations per nanosecond. */
  public static double peakGopsPerSecond(Accelerator accelerator) {
    return accelerator.macUnits() * accelerator.clockMhz() / 1e3;
  }

  /** What the ports of the outermost level let through, in bytes per nanosecond. */
  public static double gigabytesPerSecond(Accelerator accelerator) {
    MemoryLevel level = accelerator.levels().get(0);
    double words =
        Math.min(
            level.sharedWordsPerCycle(), level.readWordsPerCycle() + level.writeWordsPerCycle());
    return words * level.wordBits() / 8 * accelerator.clockMhz() / 1e3;
  }

  /**
   * The chart; the layers that take most of the time are named.
   *
   * @throws IllegalArgumentException if there are no layers
   */
  public static XYChart of(NetworkEvaluation evaluation) {
    List<Point> points = points(evaluation);
    new Rules().require(!points.isEmpty(), "a roofline needs at least one layer").check();
    Accelerator accelerator = evaluation.accelerator();
    String memory = accelerator.levels().get(0).name();
    double peak = peakGopsPerSecond(accelerator);
    double bandwidth = gigabytesPerSecond(accelerator);
    double[] xs = points.stream().mapToDouble(Point::intensityOpsPerByte).toArray();
    double[] ys = points.stream().mapToDouble(Point::performanceGopsPerSecond).toArray();
    // without a limit to the bandwidth there is no slope, and the roof is flat everywhere
    double ridge = Double.isInfinite(bandwidth) ? xs[0] : peak / bandwidth;
    Span x = Span.logarithmic(least(xs, ridge) / 2, -least(negative(xs), -ridge) * 2);
    Span y = Span.logarithmic(least(ys, peak) / 2, peak * 1.4);
    XYChart chart =
        Charts.xy(
            Charts.title(evaluation),
            "operational intensity [op/byte of " + memory + "]",
            "performance [Gop/s]");
    x.horizontal(chart.getStyler());
    y.vertical(chart.getStyler());
    roof(
        chart,
        "peak " + Figures.brief(peak) + " Gop/s",
        new double[] {Double.isFinite(bandwidth) ? ridge : x.low(), x.high()},
        new double[] {peak, peak});
    if (Double.isFinite(bandwidth)) {
      double start = Math.max(x.low(), y.low() / bandwidth);
      roof(
          chart,
          memory + " " + Figures.brief(bandwidth) + " GB/s",
          new double[] {start, ridge},
          new double[] {start * bandwidth, peak});
    }
    for (LayerGroup group : LayerGroup.values()) {
      add(chart, group, points.stream().filter(p -> p.group().equals(group.label)).toList());
    }
    nameSlowest(chart, points, x, y);
    return chart;
  }

  private static double least(double[] some, double one) {
    return DoubleStream.concat(DoubleStream.of(some), DoubleStream.of(one)).min().orElseThrow();
  }

  private static double[] negative(double[] values) {
    return DoubleStream.of(values).map(v -> -v).toArray();
  }

  private static void roof(XYChart chart, String name, double[] x, double[] y) {
    chart
        .addSeries(name, x, y)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Palette.BLACK)
        .setLineStyle(x[0] == x[1] || y[0] == y[1] ? PaperTheme.stroke() : PaperTheme.stroke(6, 3));
  }

  private static void add(XYChart chart, LayerGroup group, List<Point> members) {
    if (!members.isEmpty()) {
      chart
          .addSeries(
              group.label,
              members.stream().mapToDouble(Point::intensityOpsPerByte).toArray(),
              members.stream().mapToDouble(Point::performanceGopsPerSecond).toArray())
          .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
          .setMarkerColor(Palette.opacity(group.color, 0.8))
          .setMarker(PaperTheme.marker(group.ordinal()));
    }
  }

  /** Writes names under the points of most time, unless another name is there already. */
  private static void nameSlowest(XYChart chart, List<Point> points, Span x, Span y) {
    List<Point> named = new ArrayList<>();
    List<Point> slowest =
        points.stream().sorted(Comparator.comparingDouble(Point::latencyMs).reversed()).toList();
    for (Point point : slowest) {
      boolean free =
          named.stream()
              .allMatch(
                  other ->
                      x.distance(point.intensityOpsPerByte, other.intensityOpsPerByte) > 0.2
                          || y.distance(
                                  point.performanceGopsPerSecond, other.performanceGopsPerSecond)
                              > 0.05);
      if (free && named.size() < NAMED_LAYERS) {
        named.add(point);
        double halfWidth = 0.006 * point.layer.length();
        double right = x.at(point.intensityOpsPerByte, halfWidth);
        boolean fits = x.at(right, halfWidth) < x.high();
        chart.addAnnotation(
            new AnnotationText(
                point.layer,
                fits ? right : x.at(point.intensityOpsPerByte, -halfWidth),
                y.at(point.performanceGopsPerSecond, -0.045),
                false));
      }
    }
  }
}
