package dance.notebook.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Design;
import dance.cost.Ledger;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.evaluate.Landscape;
import dance.notebook.Examples;
import dance.search.SearchResult;
import dance.search.Trace;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/** Whatever is drawn, there is a picture after few ticks, or a message. */
class ChartExtremesTest {
  /** Ticks that the library may consider; without a bound it considers millions. */
  private static final int MOST_TICKS = 20_000;

  private static final String LONG = "a name that does not end ".repeat(8);
  private static final String CHINESE = "稀疏卷积神经网络加速器的能耗稀疏卷积神经网络加速器的能耗";

  static Map<String, double[]> inputs() {
    Map<String, double[]> inputs = new LinkedHashMap<>();
    inputs.put("zero", new double[] {0, 0, 0});
    inputs.put("negative", new double[] {-3, -1, -2});
    inputs.put("not a number", new double[] {Double.NaN, Double.NaN});
    inputs.put("some not a number", new double[] {1, Double.NaN, 2});
    inputs.put("infinity", new double[] {1, Double.POSITIVE_INFINITY, 3});
    inputs.put("minus infinity", new double[] {1, Double.NEGATIVE_INFINITY, 3});
    inputs.put("only infinity", new double[] {Double.POSITIVE_INFINITY});
    inputs.put("one point", new double[] {7});
    inputs.put("all equal", new double[] {4, 4, 4, 4});
    inputs.put("nearly equal", new double[] {1, 1 + 1e-12, 1 + 2e-16});
    inputs.put("close", new double[] {1000, 1001, 1000.5});
    inputs.put("tiny", new double[] {1e-30, 2e-30, 1.5e-30});
    inputs.put("huge", new double[] {1e30, 2e30});
    inputs.put("from 0 to huge", new double[] {0, 1e30});
    inputs.put("from negative to huge", new double[] {-1, 1e16});
    inputs.put("both signs", new double[] {-1e300, 1e300});
    inputs.put("all there is", new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE});
    inputs.put(
        "every decade", IntStream.range(-30, 31).mapToDouble(e -> Math.pow(10, e)).toArray());
    inputs.put("least to most", new double[] {Double.MIN_VALUE, 1, Double.MAX_VALUE});
    inputs.put("many", new SplittableRandom(1).doubles(100_000).map(v -> 1 + 9 * v).toArray());
    return inputs;
  }

  static Map<String, Function<double[], Chart<?, ?>>> kinds() {
    Map<String, Function<double[], Chart<?, ?>>> kinds = new LinkedHashMap<>();
    kinds.put("trace", v -> TraceChart.of("t", "loss", Map.of("a", v)));
    kinds.put("Pareto", v -> ParetoChart.of(designs(v), Map.of(), Metric.LATENCY, Metric.ENERGY));
    kinds.put(
        "Pareto of methods",
        v ->
            ParetoChart.of(
                List.of(), Map.of("a", designs(v), "b", List.of()), Metric.AREA, Metric.EDP));
    kinds.put("error", v -> ParetoChart.ofAccuracy(accurate(v), Map.of(), Metric.LATENCY));
    kinds.put("fidelity of exact", v -> FidelityChart.of(Metric.EDAP, v, v));
    kinds.put(
        "fidelity of predicted",
        v ->
            FidelityChart.of(
                Metric.EDAP, IntStream.range(0, v.length).mapToDouble(i -> i + 1).toArray(), v));
    kinds.put(
        "regret",
        v -> RegretChart.of("t", "evaluations", Map.of("a", searches(ascending(v.length), v))));
    kinds.put("regret over", v -> RegretChart.of("t", "s", Map.of("a", searches(v, v))));
    kinds.put("heat map", v -> DesignHeatMap.of(designs(v), Metric.LATENCY));
    kinds.put("heat map of most", v -> DesignHeatMap.of(designs(v), Metric.UTILIZATION));
    kinds.put("comparison", v -> ComparisonChart.of(named(designs(v))));
    kinds.put("alpha", v -> AlphaChart.of("t", List.of("a"), rows(v)));
    kinds.put("energy", v -> EnergyChart.of(costing(v)));
    kinds.put("roofline", v -> RooflineChart.of(costing(v)));
    kinds.put("axes", v -> dance.notebook.chart.AxesChart.of(List.of(landscape("x", v))));
    kinds.put("winners", v -> WinnersHeatMap.of(landscape("x", v), "pe_x", "pe_y"));
    kinds.put("search trace", v -> TraceChart.of(search("x", v)));
    return kinds;
  }

  static Stream<Arguments> cases() {
    return kinds().keySet().stream()
        .flatMap(kind -> inputs().keySet().stream().map(input -> Arguments.of(kind, input)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("cases")
  void thereIsAPictureAfterFewTicksOrAMessage(String kind, String input) {
    double[] values = inputs().get(input);
    Chart<?, ?> chart;
    try {
      chart = kinds().get(kind).apply(values);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).*\\w+ .*\\w+.*");
      return;
    }
    paint(chart);
  }

  /** Draws it, and counts what its axes are asked. */
  private static void paint(Chart<?, ?> chart) {
    AtomicInteger ticks = new AtomicInteger();
    AxesChartStyler styler = (AxesChartStyler) chart.getStyler();
    count(
        ticks,
        styler.getXAxisTickLabelsFormattingFunction(),
        styler::setXAxisTickLabelsFormattingFunction);
    count(
        ticks,
        styler.getYAxisTickLabelsFormattingFunction(),
        styler::setYAxisTickLabelsFormattingFunction);
    BufferedImage image = new BufferedImage(760, 460, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    chart.paint(graphics, 760, 460);
    graphics.dispose();
    assertThat(ticks.get()).isLessThan(MOST_TICKS);
    int drawn = 0;
    for (int x = 0; x < 760; x += 3) {
      for (int y = 0; y < 460; y += 3) {
        drawn += image.getRGB(x, y) == 0xffffffff ? 0 : 1;
      }
    }
    assertThat(drawn).isGreaterThan(300);
  }

  private static void count(
      AtomicInteger ticks,
      Function<Double, String> labels,
      Consumer<Function<Double, String>> set) {
    if (labels != null) {
      set.accept(
          value -> {
            if (ticks.incrementAndGet() > MOST_TICKS) {
              throw new AssertionError("more than " + MOST_TICKS + " ticks were considered");
            }
            return labels.apply(value);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void longAndForeignNamesAndManySeriesLeaveRoomForThePlot(Chart<?, ?> chart) throws Exception {
    paint(chart);
    assertThat(chart.getTitle().length()).isLessThanOrEqualTo(116);
    long named = chart.getSeriesCollection().stream().filter(s -> s.isShowInLegend()).count();
    assertThat(named).isBetween(1L, 22L);
    assertThat(chart.getSeriesCollection())
        .allSatisfy(s -> assertThat(Names.columns(s.getLabel())).isLessThan(70));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b\nc\ud800<b>&\"", CHINESE})
  void vectorGraphicsOfAnyNamesAreWellFormed(String name) throws Exception {
    Chart<?, ?> chart = TraceChart.of(name, name, Map.of(name, new double[] {1, 2}));
    String svg = new String(Charts.svg(chart), UTF_8).replaceFirst("(?s)<!DOCTYPE[^>]*>", "");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }

  static Stream<Chart<?, ?>> named() {
    List<Chart<?, ?>> charts = new ArrayList<>();
    for (String name : List.of(LONG, CHINESE, "", "a\u0000b\nc\ud800<b>&\"")) {
      Map<String, List<Design>> methods = new LinkedHashMap<>();
      Map<String, double[]> traces = new LinkedHashMap<>();
      Map<String, RegretChart.Searches> searches = new LinkedHashMap<>();
      for (int i = 0; i < 60; i++) {
        methods.put(name + i, designs(i + 1, 2, 3));
        traces.put(name + i, new double[] {i, 2, 3});
        searches.put(name + i, searches(ascending(3), new double[] {3, 2, i + 1}));
      }
      charts.add(TraceChart.of(name, name, traces));
      charts.add(ParetoChart.of(List.of(), methods, Metric.LATENCY, Metric.ENERGY));
      charts.add(RegretChart.of(name, name, searches));
      Map<String, Metrics> compared = new LinkedHashMap<>();
      methods.forEach((method, designs) -> compared.put(method, designs.get(0).metrics()));
      charts.add(ComparisonChart.of(compared));
      charts.add(TraceChart.of(search(name, 3, 2, 1)));
      List<Landscape> landscapes = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        landscapes.add(landscape(name, i, 2, 3));
      }
      charts.add(dance.notebook.chart.AxesChart.of(landscapes));
      charts.add(WinnersHeatMap.of(landscapes.get(0), "pe_x", "pe_y"));
      charts.add(
          AlphaChart.of(name, List.copyOf(methods.keySet()), new double[][] {new double[60]}));
    }
    for (String name : List.of(LONG, CHINESE)) {
      Network network = Network.of(name, Layer.pointwise(name, 2, 2, 2));
      for (int i = 0; i < 60; i++) {
        network = network.then(Layer.pointwise(name + i, 2, 2, 2));
      }
      var evaluation = Examples.simulate(network, Examples.DESIGN.named(name));
      charts.add(EnergyChart.of(evaluation));
      charts.add(RooflineChart.of(evaluation));
      charts.add(EnergyChart.of(List.of(evaluation, Examples.EVALUATION)));
    }
    return charts.stream();
  }

  @Test
  void whatHasNoPlaceIsCountedInTheLegend() {
    Chart<?, ?> chart =
        ParetoChart.of(
            designs(1, Double.NaN, 2, Double.POSITIVE_INFINITY),
            Map.of(),
            Metric.LATENCY,
            Metric.ENERGY);
    assertThat(chart.getSeriesCollection())
        .extracting(s -> s.getLabel())
        .contains("all 4 designs (2 off the axes)");
  }

  @Test
  void whatCannotBeDrawnIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComparisonChart.of(named(designs(1, Double.NaN))))
        .withMessageContaining("of 1 must be a finite multiple of that of 0");
  }

  @Test
  void ticksOfCloseValuesDiffer() {
    AxesChart<?, ?> chart = TraceChart.of("t", "loss", Map.of("a", new double[] {1000, 1001}));
    Function<Double, String> labels =
        ((AxesChartStyler) chart.getStyler()).getYAxisTickLabelsFormattingFunction();
    assertThat(labels.apply(1000.2)).isEqualTo("1,000.2");
    assertThat(labels.apply(1000.4)).isEqualTo("1,000.4");
  }

  @Test
  void ticksOfHugeValuesAreMantissas() {
    AxesChart<?, ?> chart = TraceChart.of("t", "loss", Map.of("a", new double[] {0, 1e30}));
    Function<Double, String> labels =
        ((AxesChartStyler) chart.getStyler()).getYAxisTickLabelsFormattingFunction();
    assertThat(labels.apply(0.5)).isEqualTo("0.5·10³⁰");
    assertThat(labels.apply(0.0)).isEqualTo("0");
  }

  private static List<Design> designs(double... values) {
    List<Accelerator> chips = new ArrayList<>();
    for (int x = 2; x < 6; x++) {
      chips.add(Accelerators.template(x, 3, 8, Dataflow.ROW_STATIONARY));
    }
    return IntStream.range(0, values.length)
        .mapToObj(
            i ->
                Design.of(
                    "n",
                    chips.get(i % chips.size()),
                    new Metrics(values[i], 1 + i % 7, values[i], values[i])))
        .toList();
  }

  private static List<Design> accurate(double... values) {
    SplittableRandom random = new SplittableRandom(1);
    return designs(values).stream().map(d -> d.accuracy(random.nextDouble())).toList();
  }

  /** A landscape whose axes explain the values, at most 100 of them, and whose winners win them. */
  private static Landscape landscape(String name, double... values) {
    Landscape some = Examples.landscape(Objective.EDAP);
    List<Landscape.Axis> axes = new ArrayList<>();
    for (double value : Arrays.stream(values).limit(100).toArray()) {
      axes.add(new Landscape.Axis(name + axes.size(), value, "", 0, "", 0));
    }
    Map<String, Integer> winners = new LinkedHashMap<>();
    List<Accelerator> designs = some.table().acceleratorSpace().list();
    for (int i = 0; i < Math.min(values.length, designs.size()); i++) {
      if (values[i] > 0) {
        winners.put(designs.get(i).name(), (int) Math.max(1, Math.min(1e9, values[i])));
      }
    }
    Objective objective =
        Objective.of(name.isEmpty() ? "-" : name, (l, e, a) -> l, (l, e, a, g) -> g[0] = 1);
    return new Landscape(
        some.table(),
        objective,
        new Landscape.Surveyed(1, "networks"),
        winners,
        new Landscape.Spread(1, 1),
        axes,
        Map.of(),
        some.single());
  }

  private static SearchResult search(String method, double... losses) {
    List<Trace.Epoch> epochs = new ArrayList<>();
    for (double loss : losses) {
      epochs.add(
          new Trace.Epoch(
              0,
              epochs.size(),
              new Trace.Spent(1, 1, 1),
              Double.NaN,
              new Trace.Losses(Double.NaN, -loss, 2 * loss, loss),
              List.of(),
              null,
              0));
    }
    SearchResult.Score score =
        new SearchResult.Score(0.5, 1, 0.4, true, List.of(), OptionalDouble.empty());
    return new SearchResult(method, 1, null, null, null, score, new Trace(epochs), null);
  }

  private static Map<String, Metrics> named(List<Design> designs) {
    Map<String, Metrics> named = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(60, designs.size()); i++) {
      named.put("" + i, designs.get(i).metrics());
    }
    return named;
  }

  private static RegretChart.Searches searches(double[] cost, double[] values) {
    double[] twice = Arrays.stream(values).map(v -> 2 * v).toArray();
    return new RegretChart.Searches(cost, new double[][] {values, twice});
  }

  private static double[] ascending(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }

  private static double[][] rows(double[] values) {
    double most = Arrays.stream(values).max().orElse(1);
    return Arrays.stream(values).mapToObj(v -> new double[] {v / most}).toArray(double[][]::new);
  }

  /** A network whose layers cost the values: in pJ an access and, where it can be, in MHz. */
  private static NetworkEvaluation costing(double[] values) {
    LayerEvaluation layer = Examples.EVALUATION.layers().get(0);
    Evaluation one = layer.evaluation();
    List<LayerEvaluation> layers = new ArrayList<>();
    Accelerator chip = Examples.DESIGN;
    for (double value : Arrays.stream(values).limit(100).toArray()) {
      if (value > 0) {
        chip =
            new Accelerator(
                chip.name(),
                chip.levels(),
                chip.mac(),
                value,
                chip.dataflow(),
                "",
                chip.overheads());
      }
      List<Ledger.Entry> entries =
          one.ledger().entries().stream()
              .map(e -> new Ledger.Entry(e.level(), e.operand(), e.action(), e.count(), value))
              .toList();
      Evaluation costly =
          new Evaluation(
              one.einsum(),
              chip,
              one.mapping(),
              one.accounting(),
              one.counts(),
              one.cycles(),
              one.utilization(),
              new Ledger(entries));
      layers.add(
          new LayerEvaluation(
              layer.layer(),
              1,
              new MappingResult(costly, layer.result().objective(), 1, 1, true, 1)));
    }
    return new NetworkEvaluation(Examples.NETWORK, chip, layers);
  }
}
