package dance.notebook.chart;

import dance.cost.SignificantDigits;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;

/** Values over two ordered scales, from dark (minimum) to bright (maximum). */
final class HeatMap {
  /** Maximum number of labels on an axis. */
  private static final int MOST_LABELS = 24;

  private static final int CLASSES = Palette.viridis().length;

  private HeatMap() {}

  /**
   * A heat map in even steps of color.
   *
   * @param values {@code [across, up]}; cells that are not finite stay empty
   * @param range range of the color scale; by ratio if it is logarithmic
   * @param classes whether the colors are discrete, with a range each in the legend; otherwise
   *     continuous
   */
  static CellChart of(
      String title,
      String across,
      List<?> columns,
      String up,
      List<?> rows,
      double[][] values,
      AxisRange range,
      boolean classes) {
    CellChart chart =
        chart(title, across, columns, up, rows, values, range.log() ? Math::log10 : v -> v);
    chart
        .getStyler()
        .setMin(range.log() ? Math.log10(range.low()) : range.low())
        .setMax(range.log() ? Math.log10(range.high()) : range.high())
        .setHeatMapDecimalValueFormatter(
            v -> SignificantDigits.brief(range.log() ? Math.pow(10, v) : v))
        .setPiecewise(classes)
        .setSplitNumber(CLASSES);
    return chart;
  }

  /**
   * A heat map in which every color has equally many cells, so that plateaus with small differences
   * are resolved as well as steep slopes.
   *
   * @param values {@code [across, up]}; cells that are not finite stay empty
   */
  static CellChart byQuantiles(
      String title, String across, List<?> columns, String up, List<?> rows, double[][] values) {
    double[] sorted =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    int classes = (int) Math.min(CLASSES, Math.max(1, Arrays.stream(sorted).distinct().count()));
    CellChart chart = chart(title, across, columns, up, rows, values, v -> rank(sorted, v));
    chart
        .getStyler()
        .setMin(0)
        .setMax(1)
        .setHeatMapDecimalValueFormatter(part -> SignificantDigits.brief(quantile(sorted, part)))
        .setPiecewise(true)
        .setSplitNumber(classes);
    return chart;
  }

  /** The fraction of the cells below a value, counting half of those equal to it. */
  private static double rank(double[] sorted, double value) {
    long below = Arrays.stream(sorted).filter(v -> v < value).count();
    long equal = Arrays.stream(sorted).filter(v -> v == value).count();
    return (below + equal / 2.0) / sorted.length;
  }

  private static double quantile(double[] sorted, double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int at = (int) Math.floor(part * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
  }

  private static CellChart chart(
      String title,
      String across,
      List<?> columns,
      String up,
      List<?> rows,
      double[][] values,
      DoubleUnaryOperator level) {
    CellChart chart = new CellChart(columns.size(), rows.size());
    Charts.entitle(chart, title);
    Charts.titles(chart, across, up);
    chart.describe(columns, rows, values);
    List<Number[]> cells = new ArrayList<>();
    for (int x = 0; x < columns.size(); x++) {
      for (int y = 0; y < rows.size(); y++) {
        double value = level.applyAsDouble(values[x][y]);
        if (Double.isFinite(values[x][y]) && Double.isFinite(value)) {
          cells.add(new Number[] {x, y, value});
        }
      }
    }
    chart
        .getStyler()
        .setRangeColors(Palette.viridis())
        .setGradientColorColumnHeight(240)
        .setDrawBorder(true)
        .setPlotGridLinesVisible(false)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setPlotContentSize(1)
        .setPlotBackgroundColor(Color.WHITE)
        .setLocale(Locale.ROOT);
    chart.getStyler().setXAxisMaxLabelCount(PaperTheme.labels(columns.size()));
    chart
        .addSeries(Names.printable(title), labels(columns), labels(rows), cells)
        .setLabel(Names.shown(title));
    return chart;
  }

  /**
   * The labels of an axis: all, or a regular subset; of whole numbers the multiples of a power of
   * two, which are typical sizes of hardware.
   */
  static List<String> labels(List<?> values) {
    if (values.size() <= MOST_LABELS) {
      return values.stream().map(v -> Names.shown(v.toString())).toList();
    }
    boolean whole = values.stream().allMatch(v -> v instanceof Integer);
    int step = 1;
    while (values.size() / step > MOST_LABELS / 2) {
      step *= 2;
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      int at = whole ? (Integer) values.get(i) : i;
      // the axis cannot lay out an empty label
      labels.add(at % step == 0 ? Names.shown(values.get(i).toString()) : " ");
    }
    return labels;
  }
}
