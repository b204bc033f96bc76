package dance.notebook.chart;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * The layers of a network under the roofline of an accelerator, given by its off-chip bandwidth and
 * its MAC units: {@code performance ≤ min(peak, intensity · bandwidth)}.
 *
 * <p>Williams, Waterman and Patterson, "Roofline: an insightful visual performance model for
 * multicore architectures", Communications of the ACM 52(4), 2009. A MAC counts as one operation,
 * and so does an addition alone.
 */
public final class RooflineChart {
  private static final int NAMED_LAYERS = 3;

  private RooflineChart() {}

  /**
   * Position of a layer.
   *
   * @param layer its name
   * @param group kind of layer
   * @param intensityOpsPerByte operations per byte transferred by the outermost level, coded
   * @param performanceGopsPerSecond operations per nanosecond
   * @param latencyMs latency of all repeats
   */
  public record Point(
      String layer,
      String group,
      double intensityOpsPerByte,
      double performanceGopsPerSecond,
      double latencyMs) {}

  /** Positions of the layers, in their order. */
  public static List<Point> points(NetworkEvaluation evaluation) {
    return evaluation.layers().stream().map(RooflineChart::point).toList();
  }

  private static Point point(LayerEvaluation layer) {
    return new Point(
        layer.layer().name(),
        LayerGroup.of(layer.layer()).label,
        layer.evaluation().einsum().points() / layer.evaluation().offChipBytes(),
        layer.operations() / layer.latencyMs() / 1e6,
        layer.latencyMs());
  }

  /** Peak performance of all MAC units, in operations per nanosecond. */
  public static double peakGopsPerSecond(Accelerator accelerator) {
    return accelerator.macUnits() * accelerator.clockMhz() / 1e3;
  }

  /** Bandwidth of the outermost level, in bytes per nanosecond. */
  public static double gigabytesPerSecond(Accelerator accelerator) {
    MemoryLevel level = accelerator.levels().get(0);
    double words =
        Math.min(
            level.sharedWordsPerCycle(), level.readWordsPerCycle() + level.writeWordsPerCycle());
    return words * level.wordBits() / 8 * accelerator.clockMhz() / 1e3;
  }

  /**
   * The chart; the layers of the largest latency are labelled.
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
    List<Point> placed =
        points.stream()
            .filter(
                p -> positive(p.intensityOpsPerByte()) && positive(p.performanceGopsPerSecond()))
            .toList();
    new Rules()
        .require(!placed.isEmpty(), "no layer has a finite intensity and performance")
        .require(positive(peak), "the peak of %s must be positive", accelerator.name())
        .check();
    DoubleSummaryStatistics acrossX =
        placed.stream().mapToDouble(Point::intensityOpsPerByte).summaryStatistics();
    double slowest =
        placed.stream().mapToDouble(Point::performanceGopsPerSecond).min().orElseThrow();
    // with unlimited bandwidth there is no slope: the roof is flat
    double ridge = positive(bandwidth) ? peak / bandwidth : acrossX.getMin();
    Plane plane =
        Plane.of(
            Charts.title(evaluation),
            "operational intensity [op/byte of " + memory + "]",
            "performance [Gop/s]; a MAC is one op",
            AxisRange.logarithmic(
                Math.min(acrossX.getMin(), ridge) / 2, Math.max(acrossX.getMax(), ridge) * 2),
            AxisRange.logarithmic(Math.min(slowest, peak) / 2, peak * 1.4));
    roof(
        plane,
        "peak " + SignificantDigits.brief(peak) + " Gop/s",
        new double[] {positive(bandwidth) ? ridge : plane.x.low(), plane.x.high()},
        new double[] {peak, peak},
        PaperTheme.stroke());
    if (positive(bandwidth)) {
      double start = Math.max(plane.x.low(), plane.y.low() / bandwidth);
      roof(
          plane,
          memory + " " + SignificantDigits.brief(bandwidth) + " GB/s",
          new double[] {start, ridge},
          new double[] {start * bandwidth, peak},
          PaperTheme.stroke(6, 3));
    }
    for (LayerGroup group : LayerGroup.values()) {
      add(plane, group, points.stream().filter(p -> p.group().equals(group.label)).toList());
    }
    nameSlowest(plane, placed);
    return Charts.legend(plane.chart);
  }

  private static boolean positive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static void roof(Plane plane, String name, double[] x, double[] y, BasicStroke stroke) {
    plane.line(name, x, y).setLineColor(Palette.BLACK).setLineStyle(stroke);
  }

  private static void add(Plane plane, LayerGroup group, List<Point> members) {
    if (!members.isEmpty()) {
      plane
          .scatter(
              group.label,
              members.stream().mapToDouble(Point::intensityOpsPerByte).toArray(),
              members.stream().mapToDouble(Point::performanceGopsPerSecond).toArray())
          .setMarkerColor(Palette.opacity(group.color, 0.8))
          .setMarker(PaperTheme.marker(group.ordinal()));
    }
  }

  /** Labels the points of the largest latency; coincident ones once. */
  private static void nameSlowest(Plane plane, List<Point> points) {
    List<Point> slowest =
        points.stream().sorted(Comparator.comparingDouble(Point::latencyMs).reversed()).toList();
    List<Point> named = new ArrayList<>();
    for (Point point : slowest) {
      boolean free =
          named.stream()
              .allMatch(
                  other ->
                      plane.x.distance(point.intensityOpsPerByte, other.intensityOpsPerByte) > 0.02
                          || plane.y.distance(
                                  point.performanceGopsPerSecond, other.performanceGopsPerSecond)
                              > 0.02);
      if (free && named.size() < NAMED_LAYERS) {
        named.add(point);
      }
    }
    plane.chart.addAnnotation(
        new PointLabels(
            plane,
            slowest.stream().mapToDouble(Point::intensityOpsPerByte).toArray(),
            slowest.stream().mapToDouble(Point::performanceGopsPerSecond).toArray(),
            slowest.stream()
                .map(p -> named.contains(p) ? Names.shown(p.layer()) : null)
                .toArray(String[]::new)));
  }
}
