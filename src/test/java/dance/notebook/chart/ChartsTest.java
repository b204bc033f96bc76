package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dance.accelerator.Dataflow;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.Landscape;
import dance.notebook.Examples;
import dance.simulate.NetworkEvaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all charts have in common: they can be seen, read, and printed. */
class ChartsTest {

  static Stream<Named<Chart<?, ?>>> charts() {
    List<Design> designs = Examples.designs(1, 2);
    double[] exact = designs.stream().mapToDouble(d -> Metric.EDAP.of(d.metrics())).toArray();
    double[] predicted = Arrays.stream(exact).map(v -> v * 1.1).toArray();
    NetworkEvaluation oneLayer =
        Examples.simulate(
            Network.of("one", Layer.conv("stem", 3, 8).kernel(3).output(12)), Examples.DESIGN);
    Landscape landscape = Examples.landscape(Objective.EDAP);
    Map<String, double[]> traces = new LinkedHashMap<>();
    traces.put("training", new double[] {2, 1, 0.5, 0.2, 0.05});
    traces.put("validation", new double[] {2.1, 1.2, Double.NaN, 0.4, 0.3});
    return Stream.of(
        Named.of("roofline", RooflineChart.of(Examples.EVALUATION)),
        Named.of("energy", EnergyChart.of(Examples.EVALUATION)),
        Named.of(
            "energies",
            EnergyChart.of(
                List.of(
                    Examples.EVALUATION,
                    Examples.simulate(Examples.DESIGN.dataflow(Dataflow.OUTPUT_STATIONARY))))),
        Named.of("energy of one layer", EnergyChart.of(oneLayer)),
        Named.of("one energy", EnergyChart.of(List.of(oneLayer))),
        Named.of("winners", WinnersHeatMap.of(landscape, "pe_x", "pe_y")),
        Named.of("axes", AxesChart.of(List.of(landscape))),
        Named.of("heat map", DesignHeatMap.of(designs, Metric.EDAP)),
        Named.of("one design", DesignHeatMap.of(designs.subList(0, 1), Metric.LATENCY)),
        Named.of(
            "Pareto",
            ParetoChart.of(
                designs, Map.of("ours", designs.subList(3, 7)), Metric.LATENCY, Metric.ENERGY)),
        Named.of("error", ParetoChart.ofAccuracy(designs, Map.of(), Metric.EDAP)),
        Named.of("fidelity", FidelityChart.of(Metric.EDAP, exact, predicted)),
        Named.of("trace", TraceChart.of("Supernet", "loss", traces)),
        Named.of(
            "alpha",
            AlphaChart.of("Block 1", List.of("a", "b"), new double[][] {{0.5, 0.5}, {1, 0}})),
        Named.of(
            "alpha of one epoch",
            AlphaChart.of("Block 1", List.of("a", "b"), new double[][] {{0.5, 0.5}})),
        Named.of("regret", RegretChart.of("small", "evaluations", Examples.searches())),
        Named.of(
            "comparison",
            ComparisonChart.of(
                Map.of("a", designs.get(0).metrics(), "b", designs.get(1).metrics()))));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void picturesShowSomethingInSeveralColors(Chart<?, ?> chart) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Charts.png(chart)));
    assertThat(image.getWidth()).isEqualTo(2 * chart.getWidth());
    assertThat(image.getHeight()).isEqualTo(2 * chart.getHeight());
    Set<Integer> colors = new HashSet<>();
    int drawn = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colors.add(image.getRGB(x, y));
        drawn += image.getRGB(x, y) == 0xffffffff ? 0 : 1;
      }
    }
    assertThat(colors).hasSizeGreaterThan(20);
    assertThat(drawn).isGreaterThan(image.getWidth() * image.getHeight() / 100);
  }

  @ParameterizedTest
  @MethodSource("charts")
  void vectorGraphicsAreWellFormed(Chart<?, ?> chart) {
    assertThatCode(
            () ->
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(
                        new ByteArrayInputStream(
                            new String(Charts.svg(chart), "UTF-8")
                                .replaceFirst("(?s)<!DOCTYPE[^>]*>", "")
                                .getBytes("UTF-8"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("charts")
  void chartsHaveTitlesAndLegendsBesideTheData(Chart<?, ?> chart) {
    assertThat(chart.getTitle()).isNotBlank();
    assertThat(chart.getStyler().getLegendPosition()).isEqualTo(LegendPosition.OutsideE);
  }

  @Test
  void longTitlesAreNotCut() {
    XYChart chart = Charts.xy("x".repeat(116), "a", "b");
    assertThat(chart.getStyler().getChartTitleFont().getSize2D()).isEqualTo(7.5f);
    assertThat(Charts.xy("short", "a", "b").getStyler().getChartTitleFont().getSize2D())
        .isEqualTo(15f);
  }

  @Test
  void axesTakeTheirUnitsFromTheMetric() {
    XYChart pareto = ParetoChart.of(Examples.designs(1, 1), Map.of(), Metric.AREA, Metric.EDAP);
    assertThat(pareto.getXAxisTitle()).isEqualTo("area [mm²]");
    assertThat(pareto.getYAxisTitle()).isEqualTo("EDAP [mJ·ms·mm²]");
    assertThat(EnergyChart.of(Examples.EVALUATION).getYAxisTitle()).isEqualTo("energy [mJ]");
    assertThat(FidelityChart.of(Metric.LATENCY, new double[] {1}, new double[] {2}).getXAxisTitle())
        .isEqualTo("exact latency [ms]");
  }

  @Test
  void theProgramItselfSaysThatItNeedsNoScreen() throws Exception {
    String before = System.clearProperty("java.awt.headless");
    List<URL> urls = new ArrayList<>();
    for (Class<?> type : List.of(PaperTheme.class, XYChart.class)) {
      urls.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    try (URLClassLoader fresh =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class.forName("dance.notebook.chart.PaperTheme", true, fresh);
      assertThat(System.getProperty("java.awt.headless")).isEqualTo("true");
    } finally {
      System.setProperty("java.awt.headless", before == null ? "true" : before);
    }
  }

  @Test
  void categoriesDifferInLightnessFromTheirNeighbours() {
    for (int i = 1; i < Palette.categories().length; i++) {
      assertThat(Math.abs(lightness(i) - lightness(i - 1))).isGreaterThan(10);
    }
  }

  /**
   * What readers without red, green or blue cones see: Machado and others, IEEE TVCG 15(6), 2009.
   */
  private static final double[][][] VISIONS = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {
      {0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}
    },
    {
      {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.01182, 0.04294, 0.968881}
    },
    {
      {1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.3039}
    }
  };

  @Test
  void threeCategoriesDifferForEveryReaderInColorAndShape() {
    for (double[][] vision : VISIONS) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < i; j++) {
          double[] some = seen(Palette.category(i), vision);
          double[] other = seen(Palette.category(j), vision);
          double distance =
              Math.sqrt(
                  IntStream.range(0, 3).mapToDouble(k -> Math.pow(some[k] - other[k], 2)).sum());
          assertThat(distance).as("categories %d and %d", i, j).isGreaterThan(40);
          assertThat(PaperTheme.marker(i)).isNotSameAs(PaperTheme.marker(j));
        }
      }
    }
  }

  /** CIE L*a*b* of a color as it is seen. */
  private static double[] seen(java.awt.Color color, double[][] vision) {
    double[] linear = new double[3];
    float[] parts = color.getRGBColorComponents(null);
    for (int i = 0; i < 3; i++) {
      linear[i] =
          parts[i] <= 0.04045 ? parts[i] / 12.92 : Math.pow((parts[i] + 0.055) / 1.055, 2.4);
    }
    double[] rgb = times(vision, linear);
    for (int i = 0; i < 3; i++) {
      rgb[i] = Math.max(0, Math.min(1, rgb[i]));
    }
    double[] xyz =
        times(
            new double[][] {
              {0.4339, 0.3762, 0.1899}, {0.2126, 0.7152, 0.0722}, {0.0177, 0.1095, 0.8729}
            },
            rgb);
    double[] f =
        Arrays.stream(xyz).map(v -> v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116.0).toArray();
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix)
        .mapToDouble(r -> r[0] * vector[0] + r[1] * vector[1] + r[2] * vector[2])
        .toArray();
  }

  @Test
  void quantitiesGetLighterStepByStep() {
    double before = -1;
    for (java.awt.Color color : Palette.viridis()) {
      assertThat(lightness(color)).isGreaterThan(before + 5);
      before = lightness(color);
    }
  }

  private static double lightness(int category) {
    return lightness(Palette.category(category));
  }

  /** Grey value 0…255 after ITU-R BT.601, as black-and-white printers weigh colors. */
  private static double lightness(java.awt.Color c) {
    return 0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue();
  }
}
