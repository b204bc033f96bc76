package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Figures;
import dance.evaluate.Landscape;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;

/** What each axis of a space of designs matters, by objective. */
public final class AxesChart {
  private AxesChart() {}

  /**
   * Bars for each axis, one for each objective: the part of the variance of the logarithm of the
   * cost over all designs that the axis alone explains.
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
    double most =
        landscapes.stream()
            .flatMap(l -> l.axes().stream())
            .mapToDouble(Landscape.Axis::variance)
            .max()
            .orElseThrow();
    CategoryChart chart = new CategoryChart(PaperTheme.WIDTH, PaperTheme.HEIGHT, new PaperTheme());
    chart.setTitle("What one axis alone explains of the cost of a design");
    chart.setXAxisTitle("axis");
    chart.setYAxisTitle("variance of the logarithm of the cost [%]");
    chart
        .getStyler()
        .setAvailableSpaceFill(0.8)
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisMaxLabelCount(PaperTheme.labels(axes.get(0).size()))
        .setYAxisMin(0.0)
        .setYAxisMax(110 * most)
        .setYAxisTickLabelsFormattingFunction(Figures::brief)
        .setPlotContentSize(PaperTheme.CONTENT)
        .setLocale(Locale.ROOT);
    for (Landscape landscape : landscapes) {
      chart.addSeries(
          Charts.label(landscape.objective()),
          axes.get(0),
          landscape.axes().stream().map(a -> 100 * a.variance()).toList());
    }
    return chart;
  }
}
