package dance.notebook.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.knowm.xchart.style.theme.AbstractBaseTheme;

/**
 * The style of charts, for use in papers: white background, faint grid, legend beside the data, and
 * series that differ in color, marker and stroke at once.
 */
final class PaperTheme extends AbstractBaseTheme {
  /** Pixels of a chart in a cell. */
  static final int WIDTH = 760;

  static final int HEIGHT = 460;

  /**
   * Fraction of the plot that the axes span; the rest keeps the outermost labels from being cut.
   */
  static final double CONTENT = 0.99;

  static {
    // Charts need no screen; an existing setting of the property is kept.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  /** Markers in the order of the colors. */
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.CROSS,
    SeriesMarkers.SQUARE,
    SeriesMarkers.PLUS,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.OVAL
  };

  private static final BasicStroke[] LINES = {
    stroke(),
    stroke(8, 4),
    stroke(2, 3),
    stroke(10, 3, 2, 3),
    stroke(16, 4),
    stroke(5, 2),
    stroke(10, 3, 2, 3, 2, 3),
    stroke(4, 6),
    stroke(16, 3, 5, 3)
  };

  /** The marker of a series; they repeat as the colors do. */
  static Marker marker(int index) {
    return MARKERS[index % MARKERS.length];
  }

  /** The stroke of a series. */
  static BasicStroke line(int index) {
    return LINES[index % LINES.length];
  }

  /** The setting for this many labels along an axis; the library requires at least two. */
  static int labels(int count) {
    return Math.max(2, count);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  @Override
  public Font getBaseFont() {
    return font(Font.PLAIN, 12);
  }

  @Override
  public Font getChartTitleFont() {
    return font(Font.BOLD, 15);
  }

  @Override
  public Font getAxisTitleFont() {
    return font(Font.PLAIN, 13);
  }

  @Override
  public Font getAxisTickLabelsFont() {
    return getBaseFont();
  }

  @Override
  public Font getLegendFont() {
    return getBaseFont();
  }

  @Override
  public Color getChartBackgroundColor() {
    return Color.WHITE;
  }

  @Override
  public Color getChartFontColor() {
    return Palette.BLACK;
  }

  @Override
  public boolean isChartTitleBoxVisible() {
    return false;
  }

  @Override
  public Color[] getSeriesColors() {
    return Palette.categories();
  }

  @Override
  public Marker[] getSeriesMarkers() {
    return MARKERS.clone();
  }

  @Override
  public BasicStroke[] getSeriesLines() {
    return LINES.clone();
  }

  /** A line of two pixels; without lengths it is solid. */
  static BasicStroke stroke(float... dashes) {
    return new BasicStroke(
        2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes.length == 0 ? null : dashes, 0);
  }

  @Override
  public int getMarkerSize() {
    return 8;
  }

  @Override
  public Styler.LegendPosition getLegendPosition() {
    return Styler.LegendPosition.OutsideE;
  }

  @Override
  public Color getLegendBorderColor() {
    return Color.WHITE;
  }

  /** A dot of half the size, for the many points in the background. */
  static final Marker DOT =
      new Marker() {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
          graphics.fill(
              new Ellipse2D.Double(x - size / 4.0, y - size / 4.0, size / 2.0, size / 2.0));
        }
      };

  /** The end of an interval: a short level stroke. */
  static final Marker END =
      new Marker() {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
          graphics.fill(new Rectangle2D.Double(x - size / 2.0, y - 1, size, 2));
        }
      };

  @Override
  public int getLegendPadding() {
    return 6;
  }

  @Override
  public boolean isAxisTicksLineVisible() {
    return false;
  }

  @Override
  public Color getPlotBackgroundColor() {
    return Color.WHITE;
  }

  @Override
  public Color getPlotBorderColor() {
    return new Color(0x888888);
  }

  @Override
  public Color getPlotGridLinesColor() {
    return new Color(0xE4E4E4);
  }

  @Override
  public BasicStroke getPlotGridLinesStroke() {
    return new BasicStroke(1);
  }

  @Override
  public boolean isPlotTicksMarksVisible() {
    return false;
  }
}
