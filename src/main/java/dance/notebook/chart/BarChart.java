package dance.notebook.chart;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.internal.chartpart.Legend_Marker;
import org.knowm.xchart.style.theme.Theme;

/** Bars; if they are stacked, the legend is in the order of the stack, the uppermost first. */
final class BarChart extends CategoryChart {
  private final int width;
  private final int height;
  private final Theme theme;

  BarChart(int width, int height, Theme theme) {
    super(width, height, theme);
    this.width = width;
    this.height = height;
    this.theme = theme;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    if (getStyler().isStacked()) {
      legend = new Legend_Marker<>(upsideDown());
    }
    super.paint(graphics, width, height);
  }

  /** The same series in reverse order, in place. */
  private BarChart upsideDown() {
    BarChart other = new BarChart(width, height, theme);
    List<CategorySeries> series = new ArrayList<>(getSeriesCollection());
    Collections.reverse(series);
    series.forEach(s -> other.seriesMap.put(s.getName(), s));
    other.plot = plot;
    other.getStyler().setLegendPadding(getStyler().getLegendPadding());
    return other;
  }
}
