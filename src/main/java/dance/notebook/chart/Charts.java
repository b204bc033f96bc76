package dance.notebook.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dance.check.Library;
import dance.cost.Design;
import dance.cost.SignificantDigits;
import dance.search.SearchProblem;
import dance.simulate.NetworkEvaluation;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;

/** Charts as pictures. */
public final class Charts {
  /** Scale of the picture, so that it is sharp on paper. */
  private static final int SCALE = 2;

  /** Maximum number of letters of a title at its usual size. */
  private static final int LONGEST_TITLE = 58;

  /** Maximum number of series in a legend. */
  private static final int MOST_NAMED = 22;

  private Charts() {}

  static XYChart xy(String title, String horizontal, String vertical) {
    XYChart chart = new XYChart(PaperTheme.WIDTH, PaperTheme.HEIGHT, new PaperTheme());
    entitle(chart, title);
    titles(chart, horizontal, vertical);
    chart
        .getStyler()
        .setPlotContentSize(PaperTheme.CONTENT)
        .setAnnotationTextFont(new PaperTheme().getBaseFont())
        .setLocale(Locale.ROOT);
    return chart;
  }

  /** An empty chart of bars. */
  static CategoryChart bars(String title, String horizontal, String vertical, AxisRange y) {
    CategoryChart chart = new BarChart(PaperTheme.WIDTH, PaperTheme.HEIGHT, new PaperTheme());
    entitle(chart, title);
    titles(chart, horizontal, vertical);
    y.vertical(chart.getStyler());
    chart
        .getStyler()
        .setAvailableSpaceFill(0.8)
        .setPlotGridVerticalLinesVisible(false)
        .setPlotContentSize(PaperTheme.CONTENT)
        .setLocale(Locale.ROOT);
    return chart;
  }

  /** Sets the axis titles, shortened to fit. */
  static void titles(AxesChart<?, ?> chart, String horizontal, String vertical) {
    chart.setXAxisTitle(Names.shortened(horizontal, LONGEST_TITLE));
    chart.setYAxisTitle(Names.shortened(vertical, LONGEST_TITLE));
  }

  /**
   * Sets a title in a font size that fits; one that would become too small to read is shortened in
   * the middle.
   */
  static void entitle(Chart<?, ?> chart, String title) {
    String shown = Names.shortened(title, 2 * LONGEST_TITLE);
    chart.setTitle(shown);
    Font font = new PaperTheme().getChartTitleFont();
    float fitting = font.getSize2D() * Math.min(1, LONGEST_TITLE / (float) Names.columns(shown));
    chart.getStyler().setChartTitleFont(font.deriveFont(fitting));
  }

  /** The names of the series, which must differ. */
  static Set<String> taken(Chart<?, ?> chart) {
    return chart.getSeriesCollection().stream().map(Series::getName).collect(Collectors.toSet());
  }

  /** Limits a legend to the picture: it shows the first series and the number of the others. */
  static <C extends Chart<?, ?>> C legend(C chart) {
    List<? extends Series> named =
        chart.getSeriesCollection().stream().filter(Series::isShowInLegend).toList();
    if (named.size() > MOST_NAMED) {
      Series last = named.get(MOST_NAMED - 1);
      last.setLabel(last.getLabel() + ", and " + (named.size() - MOST_NAMED) + " more");
      named.subList(MOST_NAMED, named.size()).forEach(series -> series.setShowInLegend(false));
    }
    return chart;
  }

  /** Title for a search problem. */
  static String title(SearchProblem problem) {
    return problem.task().label()
        + " × "
        + problem.table().acceleratorSpace().name()
        + ", "
        + problem.objective().label()
        + Design.heldOut(problem.task().predictionError());
  }

  static String title(NetworkEvaluation evaluation) {
    return evaluation.network().name()
        + " on "
        + evaluation.accelerator().name()
        + ", "
        + SignificantDigits.words(evaluation.accelerator().dataflow());
  }

  /** Title for designs; names their network if they have one in common. */
  static String title(String what, Collection<Design> designs) {
    List<String> networks = designs.stream().map(Design::network).distinct().toList();
    return networks.size() == 1 ? what + " of " + networks.get(0) : what;
  }

  /** The chart as pixels, at twice its size. */
  public static BufferedImage image(Chart<?, ?> chart) {
    BufferedImage image =
        new BufferedImage(
            SCALE * chart.getWidth(), SCALE * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return image;
  }

  /** The chart as a PNG file. */
  public static byte[] png(Chart<?, ?> chart) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(chart), "png", bytes);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  /** The chart as an SVG document, by the library VectorGraphics2D. */
  public static byte[] svg(Chart<?, ?> chart) {
    Library.VECTOR_GRAPHICS.need("charts as .svg");
    return Encoder.svg(chart);
  }

  /** A class of its own, because drawings use the enclosing one without XChart. */
  private static final class Encoder {
    private Encoder() {}

    static byte[] svg(Chart<?, ?> chart) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        ChartEncoder.saveChart(chart, bytes, "svg");
      } catch (IOException inMemory) {
        throw new UncheckedIOException(inMemory);
      }
      return described(bytes.toString(UTF_8), ChartText.of(chart)).getBytes(UTF_8);
    }

    /** The picture with its alternative text, which screen readers say. */
    private static String described(String svg, String text) {
      String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      int tag = svg.indexOf('>', svg.indexOf("<svg")) + 1;
      return svg.substring(0, tag) + "<desc>" + escaped + "</desc>" + svg.substring(tag);
    }
  }
}
