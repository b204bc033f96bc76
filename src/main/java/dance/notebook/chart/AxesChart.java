package dance.notebook.chart;

import dance.check.Rules;
import dance.evaluate.Landscape;
import java.util.List;
import org.knowm.xchart.CategoryChart;

/** Effect of each axis of a space of designs, by objective. */
public final class AxesChart {
  private AxesChart() {}

  /**
   * One bar per axis and objective: the fraction of the variance of the logarithm of the cost over
   * all designs that the axis alone explains.
   *
   * @throws IllegalArgumentException if there are no landscapes, or they are of different spaces
   */
  public static CategoryChart of(List<Landscape> landscapes) {
    List<List<String>> axes =
        landscapes.stream()
            .map(l -> l.axes().stream().map(Landscape.Axis::name).toList())
            .distinct()
            .toList();
    new Rules()
        .require(!landscapes.isEmpty(), "a chart of axes needs at least one landscape")
        .require(axes.size() <= 1, "landscapes must have the same axes, not %s", axes)
        .check();
    double[] percents =
        landscapes.stream()
            .flatMap(l -> l.axes().stream())
            .mapToDouble(axis -> 100 * axis.variance())
            .toArray();
    AxisRange y = AxisRange.fromZero(percents);
    CategoryChart chart =
        Charts.bars(
            "What one axis alone explains of the cost of a design",
            "axis",
            "variance of the logarithm of the cost [%]",
            y);
    chart.getStyler().setXAxisMaxLabelCount(PaperTheme.labels(axes.get(0).size()));
    for (Landscape landscape : landscapes) {
      String name = landscape.objective().label();
      chart
          .addSeries(
              Names.unique(name, Charts.taken(chart)),
              Names.shown(axes.get(0)),
              landscape.axes().stream().map(a -> y.place(100 * a.variance())).toList())
          .setLabel(Names.shown(name));
    }
    return Charts.legend(chart);
  }
}
