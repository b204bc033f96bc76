package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.cost.ParetoFront;
import dance.evaluate.Landscape;
import dance.notebook.Examples;
import dance.simulate.LayerEvaluation;
import dance.space.AcceleratorSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** What each chart draws is what it was given. */
class ChartContentsTest {
  @Test
  void stackedEnergiesSumToTheEnergyOfEachLayer() {
    CategoryChart chart = EnergyChart.of(Examples.EVALUATION);
    List<LayerEvaluation> layers = Examples.EVALUATION.layers();
    for (int i = 0; i < layers.size(); i++) {
      int bar = i;
      double stacked =
          chart.getSeriesCollection().stream().mapToDouble(s -> s.getYData()[bar]).sum();
      assertThat(stacked).isCloseTo(layers.get(i).energyPj() / 1e9, within(1e-12));
    }
  }

  @Test
  void barsAreNamedByWhatEvaluationsDifferIn() {
    CategoryChart chart =
        EnergyChart.of(
            List.of(Examples.EVALUATION, Examples.simulate(Examples.DESIGN.named("other"))));
    assertThat(chart.getTitle()).isEqualTo("Energy: small, row-stationary");
    assertThat(chart.getSeriesCollection().iterator().next().getXData().toString())
        .isEqualTo("[template:5x4:rf32:rs, other]");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void cellsOfAHeatMapAreTheBestDesignsOfTheirArrays(long seed) {
    List<Design> designs = Examples.designs(seed, 1.2);
    HeatMapChart chart = DesignHeatMap.of(designs, Metric.EDP);
    double least =
        designs.stream().mapToDouble(d -> Metric.EDP.of(d.metrics())).min().orElseThrow();
    List<Number[]> cells = cells(chart);
    assertThat(cells).hasSize(5 * 4);
    boolean log = Math.abs(value(cells) - least) > 1e-9;
    assertThat(value(cells)).isCloseTo(log ? Math.log10(least) : least, within(1e-12));
    Number[] corner = cells.get(0);
    double expected =
        designs.stream()
            .filter(d -> d.accelerator().name().startsWith("template:3x2:"))
            .mapToDouble(d -> Metric.EDP.of(d.metrics()))
            .min()
            .orElseThrow();
    assertThat(corner[2].doubleValue())
        .isCloseTo(log ? Math.log10(expected) : expected, within(1e-12));
  }

  @Test
  void coloursAreByRatioWhereTheMetricSpansDecades() {
    HeatMapChart wide = DesignHeatMap.of(Examples.designs(1, 5), Metric.LATENCY);
    assertThat(value(cells(wide))).isLessThan(1.5);
    assertThat(wide.getStyler().getHeatMapDecimalValueFormatter().apply(3.0)).isEqualTo("1,000");
    HeatMapChart narrow = DesignHeatMap.of(Examples.designs(1, 0.5), Metric.LATENCY);
    assertThat(narrow.getStyler().getHeatMapDecimalValueFormatter().apply(3.0)).isEqualTo("3");
  }

  private static List<Number[]> cells(HeatMapChart chart) {
    return chart.getHeatMapSeries().getHeatData().stream().map(c -> (Number[]) c).toList();
  }

  private static double value(List<Number[]> cells) {
    return cells.stream().mapToDouble(c -> c[2].doubleValue()).min().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theFrontIsThatOfTheDrawnMetrics(long seed) {
    List<Design> designs = Examples.designs(seed, 2);
    List<Design> all = designs.subList(0, 40);
    List<Design> found = designs.subList(40, 60);
    XYChart chart = ParetoChart.of(all, Map.of("ours", found), Metric.LATENCY, Metric.ENERGY);
    ParetoFront<Design> front = ParetoFront.of(designs, Metric.LATENCY, Metric.ENERGY);
    XYSeries line = chart.getSeries("front (" + front.points().size() + ")");
    TreeSet<Double> corners = new TreeSet<>();
    Arrays.stream(line.getXData()).limit(line.getXData().length - 1).forEach(corners::add);
    assertThat(corners)
        .containsExactlyElementsOf(
            new TreeSet<>(front.points().stream().map(d -> d.metrics().latencyMs()).toList()));
    assertThat(chart.getSeries("all 40 designs").getXData()).hasSize(40);
    assertThat(chart.getSeries("ours").getYData())
        .containsExactly(found.stream().mapToDouble(d -> d.metrics().energyMj()).toArray());
    assertThat(chart.getStyler().isXAxisLogarithmic()).isTrue();
  }

  @Test
  void aFrontOfUtilisationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ParetoChart.of(Examples.designs(1, 1), Map.of(), Metric.UTILIZATION, Metric.ENERGY))
        .withMessageContaining("of utilisation more is better. Maybe");
  }

  @Test
  void theBandHoldsNinetyFivePercentAndTheTitleTheMeanError() {
    double[] exact = new double[100];
    double[] predicted = new double[100];
    for (int i = 0; i < 100; i++) {
      exact[i] = i + 1;
      predicted[i] = exact[i] * (1 + (i % 2 == 0 ? 1 : -1) * (i + 1) / 1000.0);
    }
    XYChart chart = FidelityChart.of(Metric.ENERGY, exact, predicted);
    assertThat(chart.getTitle()).isEqualTo("energy: mean relative error 5.05 %");
    XYSeries band = chart.getSeries("95 % within ±9.5 %");
    assertThat(band.getYData()[1] / band.getXData()[1]).isCloseTo(1.095, within(1e-12));
  }

  @Test
  void regretIsTheMedianBetweenItsQuartiles() {
    RegretChart.Searches searches =
        new RegretChart.Searches(
            new double[] {1, 10},
            new double[][] {{0.5, 0.1}, {0.4, 0.2}, {0.3, 0.3}, {0.2, 0.4}, {0.1, 0.5}});
    assertThat(searches.quantilePercent(0.5)).containsExactly(new double[] {30, 30}, within(1e-9));
    assertThat(searches.quantilePercent(0.25)).containsExactly(new double[] {20, 20}, within(1e-9));
    assertThat(searches.quantilePercent(1)).containsExactly(new double[] {50, 50}, within(1e-9));
    XYChart chart = RegretChart.of("t", "evaluations", Map.of("m", searches));
    assertThat(chart.getXAxisTitle()).isEqualTo("evaluations");
    assertThat(chart.getSeries("m").getYData())
        .containsExactly(new double[] {30, 30}, within(1e-9));
  }

  @Test
  void tracesStartAtEpochOneAndLeaveOutWhatIsUnknown() {
    XYChart chart =
        TraceChart.of("t", "loss", Map.of("a", new double[] {Double.NaN, 3, Double.NaN, 1}));
    assertThat(chart.getSeries("a").getXData()).containsExactly(2, 4);
    // half a marker's room on both sides, and no epoch 0
    assertThat(chart.getStyler().getXAxisMin()).isBetween(0.5, 0.9);
    assertThat(chart.getStyler().getXAxisMax()).isBetween(4.1, 4.5);
  }

  @Test
  void comparisonsAreMultiplesOfTheFirst() {
    List<Design> designs = Examples.designs(5, 0.3);
    Map<String, dance.cost.Metrics> two = new java.util.LinkedHashMap<>();
    two.put("first", designs.get(0).metrics());
    two.put("second", designs.get(1).metrics());
    CategoryChart chart = ComparisonChart.of(two);
    assertThat(chart.getSeries("first").getYData()).containsOnly(1.0);
    assertThat(chart.getSeries("second").getYData()[0])
        .isEqualTo(designs.get(1).metrics().latencyMs() / designs.get(0).metrics().latencyMs());
  }

  @Test
  void allThatIsWrongWithProbabilitiesIsSaidAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AlphaChart.of("t", List.of("a", "b"), new double[][] {{1}, {0.5, 1.5}}))
        .withMessageContaining("epoch 1 has 1 probabilities for 2 choices")
        .withMessageContaining("of epoch 2 must be 0…1");
  }

  @Test
  void winnersAreSharesOfTheNetworksOverTwoAxes() {
    Landscape landscape = Examples.landscape(Objective.EDAP);
    HeatMapChart chart = WinnersHeatMap.of(landscape, "pe_x", "dataflow");
    double all = cells(chart).stream().mapToDouble(c -> c[2].doubleValue()).sum();
    assertThat(all).isCloseTo(100, within(1e-9));
    String best = landscape.winners().keySet().iterator().next();
    AcceleratorSpace space = landscape.table().acceleratorSpace();
    int[] at = space.positions(space.indexOf(best));
    assertThat(cells(chart)).anyMatch(c -> c[0].intValue() == at[0] && c[1].intValue() == at[3]);
    assertThat(chart.getHeatMapSeries().getYData()).isEqualTo(List.of("ws", "os", "rs"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WinnersHeatMap.of(landscape, "pe_x", "buffer"))
        .withMessageContaining("has no axis buffer");
  }

  @Test
  void axesShowTheVarianceThatEachExplainsByObjective() {
    List<Landscape> landscapes =
        List.of(Examples.landscape(Objective.EDAP), Examples.landscape(Objective.LATENCY));
    CategoryChart chart = AxesChart.of(landscapes);
    assertThat(Charts.label(Objective.EDAP.atMost(Metric.LATENCY, 1)))
        .isEqualTo("EDAP, latency ≤ 1.0 ms");
    assertThat(chart.getStyler().getYAxisTickLabelsFormattingFunction().apply(0.05))
        .isEqualTo("0.05");
    assertThat(chart.getSeries("latency").getXData())
        .isEqualTo(List.of("pe_x", "pe_y", "rf", "dataflow"));
    for (Landscape landscape : landscapes) {
      assertThat(chart.getSeries(Charts.label(landscape.objective())).getYData())
          .containsExactly(
              landscape.axes().stream().mapToDouble(a -> 100 * a.variance()).toArray());
    }
  }
}
