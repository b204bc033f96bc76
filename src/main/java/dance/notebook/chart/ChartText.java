package dance.notebook.chart;

import dance.cost.SignificantDigits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * What a chart shows, in words, for readers who do not see it: its kind, its axes and the extremes
 * of each series.
 */
public final class ChartText {
  /** Maximum number of series that are described one by one. */
  private static final int MOST_SERIES = 9;

  private ChartText() {}

  /** The alternative text of a chart, such as "chart: regret. 2 lines of …". */
  public static String of(Chart<?, ?> chart) {
    String text = "chart: " + chart.getTitle();
    if (chart instanceof CellChart cells) {
      return text + ". Heat map over " + axes(cells) + ": " + cells.extremes();
    }
    if (chart instanceof XYChart xy) {
      return text + ". " + kinds(xy.getSeriesCollection()) + " of " + axes(xy) + each(lines(xy));
    }
    if (chart instanceof CategoryChart bars) {
      return text + ". Bars of " + axes(bars) + each(bars(bars));
    }
    return text;
  }

  private static String axes(AxesChart<?, ?> chart) {
    String up = chart.getYAxisTitle();
    String across = chart.getXAxisTitle();
    boolean heat = chart instanceof HeatMapChart;
    if (up.isBlank() || across.isBlank()) {
      return up.isBlank() ? across : up;
    }
    return heat ? across + " and " + up : up + " over " + across;
  }

  private static String kinds(Collection<XYSeries> series) {
    boolean points = series.stream().anyMatch(ChartText::isPoints);
    boolean lines = !series.stream().allMatch(ChartText::isPoints);
    return points && lines ? "Points and lines" : points ? "Points" : "Lines";
  }

  private static boolean isPoints(XYSeries series) {
    return series.getXYSeriesRenderStyle().equals(Optional.of(XYSeriesRenderStyle.Scatter));
  }

  private static String each(List<String> series) {
    List<String> shown = series.subList(0, Math.min(MOST_SERIES, series.size()));
    String more =
        series.size() > MOST_SERIES ? "; and " + (series.size() - MOST_SERIES) + " more" : "";
    return shown.isEmpty() ? "" : ": " + String.join("; ", shown) + more;
  }

  private static List<String> lines(XYChart chart) {
    List<String> texts = new ArrayList<>();
    for (XYSeries series : chart.getSeriesCollection()) {
      double[] xs = series.getXData();
      double[] ys = series.getYData();
      double[] finite = Arrays.stream(ys).filter(Double::isFinite).toArray();
      if (finite.length == 0) {
        texts.add(series.getLabel() + ": none");
        continue;
      }
      int least = 0;
      int most = 0;
      for (int i = 0; i < ys.length; i++) {
        least = !(ys[least] <= ys[i]) && Double.isFinite(ys[i]) ? i : least;
        most = !(ys[most] >= ys[i]) && Double.isFinite(ys[i]) ? i : most;
      }
      String range =
          ys[least] == ys[most]
              ? SignificantDigits.brief(ys[least])
              : "%s (at %s) to %s (at %s)"
                  .formatted(
                      SignificantDigits.brief(ys[least]),
                      SignificantDigits.brief(xs[least]),
                      SignificantDigits.brief(ys[most]),
                      SignificantDigits.brief(xs[most]));
      texts.add(
          "%s, %s: %s"
              .formatted(
                  series.getLabel(), SignificantDigits.plural(finite.length, "point"), range));
    }
    return texts;
  }

  private static List<String> bars(CategoryChart chart) {
    List<String> texts = new ArrayList<>();
    for (CategorySeries series : chart.getSeriesCollection()) {
      List<?> names = List.copyOf(series.getXData());
      double[] values = series.getYData();
      int least = -1;
      int most = -1;
      for (int i = 0; i < values.length; i++) {
        if (Double.isFinite(values[i])) {
          least = least < 0 || values[i] < values[least] ? i : least;
          most = most < 0 || values[i] > values[most] ? i : most;
        }
      }
      String range;
      if (least < 0) {
        range = ": none";
      } else if (values[least] == values[most]) {
        range = " " + SignificantDigits.brief(values[least]);
      } else {
        range =
            " %s (%s) to %s (%s)"
                .formatted(
                    SignificantDigits.brief(values[least]),
                    names.get(least),
                    SignificantDigits.brief(values[most]),
                    names.get(most));
      }
      texts.add(series.getLabel() + range);
    }
    return texts;
  }
}
