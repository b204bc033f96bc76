package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.cost.ParetoFront;
import dance.cost.SignificantDigits;
import dance.evaluate.Landscape;
import dance.notebook.Examples;
import dance.simulate.LayerEvaluation;
import dance.space.AcceleratorSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
    List<Number[]> cells = cells(chart);
    assertThat(cells).hasSize(5 * 4);
    double[] best = new double[cells.size()];
    for (int i = 0; i < best.length; i++) {
      String array =
          "template:%dx%d:"
              .formatted(3 + cells.get(i)[0].intValue(), 2 + cells.get(i)[1].intValue());
      best[i] =
          designs.stream()
              .filter(d -> d.accelerator().name().startsWith(array))
              .mapToDouble(d -> Metric.EDP.of(d.metrics()))
              .min()
              .orElseThrow();
    }
    // every color has as many cells, and a cell the color of its rank
    for (int i = 0; i < best.length; i++) {
      double value = best[i];
      double below = Arrays.stream(best).filter(v -> v < value).count();
      assertThat(cells.get(i)[2].doubleValue())
          .isCloseTo((below + 0.5) / best.length, within(1e-12));
    }
    var labels = chart.getStyler().getHeatMapDecimalValueFormatter();
    assertThat(labels.apply(0.0))
        .isEqualTo(SignificantDigits.brief(Arrays.stream(best).min().orElseThrow()));
    assertThat(labels.apply(1.0))
        .isEqualTo(SignificantDigits.brief(Arrays.stream(best).max().orElseThrow()));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"EDP", "LATENCY", "UTILIZATION"},
      value = Metric.class)
  void theBestCellCarriesTheRing(Metric metric) {
    List<Design> designs = Examples.designs(4, 3);
    CellChart chart = (CellChart) DesignHeatMap.of(designs, metric);
    Comparator<Design> by = Comparator.comparingDouble(d -> metric.of(d.metrics()));
    Design best =
        designs.stream().min(metric == Metric.UTILIZATION ? by.reversed() : by).orElseThrow();
    int[] cell = chart.marked().get(0);
    assertThat(best.accelerator().name())
        .startsWith("template:%dx%d:".formatted(3 + cell[0], 2 + cell[1]));
    assertThat(chart.getXAxisTitle()).contains("best, %d × %d".formatted(3 + cell[0], 2 + cell[1]));
  }

  @Test
  void aPlateauThatASlopeDwarfsHasSeveralColors() {
    List<Design> designs = new ArrayList<>();
    for (int x = 2; x <= 20; x++) {
      double latency = x < 5 ? Math.pow(10, 8 - x) : 1 + 0.001 * x;
      designs.add(
          Design.of(
              "n",
              Accelerators.template(x, 2, 8, Dataflow.ROW_STATIONARY),
              new Metrics(latency, 1, 1, 1)));
    }
    List<Number[]> cells = cells(DesignHeatMap.of(designs, Metric.LATENCY));
    assertThat(
            cells.subList(3, cells.size()).stream()
                .map(c -> (int) (9 * c[2].doubleValue()))
                .distinct())
        .hasSizeGreaterThanOrEqualTo(7);
  }

  @Test
  void ticksOfManySizesAreAtMultiplesOfPowersOfTwo() {
    assertThat(HeatMap.labels(List.of(8, 9, 10))).containsExactly("8", "9", "10");
    List<Integer> sizes = IntStream.rangeClosed(8, 64).boxed().toList();
    assertThat(HeatMap.labels(sizes))
        .filteredOn(l -> !l.isBlank())
        .containsExactly("8", "16", "24", "32", "40", "48", "56", "64");
  }

  private static List<Number[]> cells(HeatMapChart chart) {
    return chart.getHeatMapSeries().getHeatData().stream().map(c -> (Number[]) c).toList();
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
    List<XYSeries> drawn = List.copyOf(chart.getSeriesCollection());
    int above = drawn.indexOf(line);
    assertThat(drawn.subList(above + 1, drawn.size()))
        .allSatisfy(series -> assertThat(series.isShowInLegend()).isFalse());
    assertThat(drawn.get(above + 1).getXData())
        .containsExactly(
            front.points().stream().mapToDouble(d -> d.metrics().latencyMs()).toArray());
    assertThat(drawn.get(drawn.size() - 1).getXData())
        .containsExactly(
            front.points().stream()
                .filter(found::contains)
                .mapToDouble(d -> d.metrics().latencyMs())
                .toArray());
  }

  @Test
  void aFrontOfUtilizationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ParetoChart.of(Examples.designs(1, 1), Map.of(), Metric.UTILIZATION, Metric.ENERGY))
        .withMessageContaining("utilization is to be maximised. Maybe");
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
    double[] shares = cells(chart).stream().mapToDouble(c -> c[2].doubleValue()).toArray();
    assertThat(chart.getStyler().getMax()).isEqualTo(Arrays.stream(shares).max().orElseThrow());
    assertThat(chart.getStyler().getMin()).isIn(0.0, Arrays.stream(shares).min().orElseThrow());
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
    assertThat(Objective.EDAP.atMost(Metric.LATENCY, 1).label())
        .isEqualTo("EDAP, latency ≤ 1.0 ms");
    assertThat(chart.getStyler().getYAxisTickLabelsFormattingFunction().apply(0.05))
        .isEqualTo("0.05");
    assertThat(chart.getSeries("latency").getXData())
        .isEqualTo(List.of("pe_x", "pe_y", "rf", "dataflow"));
    for (Landscape landscape : landscapes) {
      assertThat(chart.getSeries(landscape.objective().label()).getYData())
          .containsExactly(
              landscape.axes().stream().mapToDouble(a -> 100 * a.variance()).toArray());
    }
  }
}
