package dance.notebook.chart;

import dance.cost.Figures;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;

/** Values over two ordered scales, from dark (least) to bright (most). */
final class HeatMap {
  private HeatMap() {}

  /**
   * A heat map; the colours are by ratio where the range is logarithmic.
   *
   * @param values {@code [across, up]}; cells that are not finite stay empty
   * @param range what the ends of the colours stand for
   * @param classes whether the colours are steps with a range each in the legend, which can show
   *     any number; otherwise they are even
   */
  static HeatMapChart of(
      String title,
      String across,
      List<?> columns,
      String up,
      List<?> rows,
      double[][] values,
      Span range,
      boolean classes) {
    HeatMapChart chart = new HeatMapChart(PaperTheme.WIDTH, PaperTheme.HEIGHT, new PaperTheme());
    Charts.entitle(chart, title);
    chart.setXAxisTitle(across);
    chart.setYAxisTitle(up);
    List<Number[]> cells = new ArrayList<>();
    for (int x = 0; x < columns.size(); x++) {
      for (int y = 0; y < rows.size(); y++) {
        double value = range.log() ? Math.log10(values[x][y]) : values[x][y];
        if (Double.isFinite(value)) {
          cells.add(new Number[] {x, y, value});
        }
      }
    }
    chart
        .getStyler()
        .setRangeColors(Palette.viridis())
        .setMin(range.log() ? Math.log10(range.low()) : range.low())
        .setMax(range.log() ? Math.log10(range.high()) : range.high())
        .setHeatMapDecimalValueFormatter(v -> Figures.brief(range.log() ? Math.pow(10, v) : v))
        .setPiecewise(classes)
        .setSplitNumber(Palette.viridis().length)
        .setGradientColorColumnHeight(240)
        .setDrawBorder(true)
        .setPlotGridLinesVisible(false)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setPlotContentSize(1)
        .setPlotBackgroundColor(Color.WHITE)
        .setLocale(Locale.ROOT);
    chart.addSeries(title, columns, rows, cells);
    return chart;
  }
}
