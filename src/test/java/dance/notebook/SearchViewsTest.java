package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.knowm.xchart.XYSeries.XYSeriesRenderStyle.PolygonArea;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.notebook.chart.RegretChart;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.RandomSearch;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.TabularTask;
import dance.search.Trace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/** Tables, charts and drawings of what searches find. */
class SearchViewsTest {
  private static Comparison comparison;
  private static SearchResult found;
  private static SearchResult sampled;

  @BeforeAll
  static void search() {
    SearchProblem problem =
        SearchProblem.of(TabularTask.mini(), CostTable.bundled("mini"), Objective.EDAP, 0.1);
    comparison =
        Comparison.run(
            problem,
            List.of(CoExplorer.exact(CoExplorerOptions.defaults()), RandomSearch.defaults()),
            new long[] {1, 2, 3},
            Budget.evaluations(60),
            1);
    found = comparison.results().get("DANCE exact").get(0);
    sampled = comparison.results().get(RandomSearch.defaults().name()).get(0);
  }

  @Test
  void aComparisonHasARowForEachSearch() {
    Table table = Notebook.table(comparison);
    assertThat(table.rowCount()).isEqualTo(6);
    assertThat(table.columnNames())
        .contains("method", "seed", "network", "accelerator", "accuracy [%]", "value")
        .contains("evaluations", "time [s]", "regret [%]", Metric.EDAP.heading());
    assertThat(table.doubleColumn("value").get(0)).isEqualTo(found.value());
    assertThat(table.doubleColumn("regret [%]").get(0))
        .isCloseTo(100 * comparison.regret(found), within(1e-12));
    assertThat(table.longColumn("seed").asObjectArray()).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
  }

  @Test
  void aResultIsARowWhereverItStands() {
    for (Object value : new Object[] {found, List.of(found), List.of(found, sampled)}) {
      Table table = Notebook.table(value);
      assertThat(table.columnNames()).contains("network").doesNotContain("trace", "epochs");
      assertThat(table.stringColumn("network").get(0)).isEqualTo(found.genotype().toString());
      assertThat(table.doubleColumn("accuracy [%]").get(0)).isEqualTo(100 * found.accuracy());
    }
  }

  @Test
  void aTraceHasARowForEachEpochWithoutItsLists() {
    Table table = Notebook.table(found.trace());
    assertThat(table.rowCount()).isEqualTo(found.trace().epochs().size());
    assertThat(table.columnNames())
        .contains("loss", "time [s]", "network", "evaluations")
        .doesNotContain("probabilities", "training loss");
    // what only searches by gradients know is no column of the others
    assertThat(Notebook.table(sampled.trace()).columnNames())
        .contains("loss")
        .doesNotContain("entropy");
  }

  @Test
  void theCostsOfANetworkHaveARowForEachDesign() {
    var costs = HardwareOracle.of(CostTable.bundled("mini")).costs(found.genotype());
    Table table = Notebook.table(costs);
    assertThat(table.rowCount()).isEqualTo(costs.designs());
    assertThat(table.doubleColumn(Metric.LATENCY.heading()).get(7)).isEqualTo(costs.latencyMs(7));
  }

  @Test
  void printAndShowAreTheSameText() {
    for (Object value : new Object[] {comparison, found, Notebook.table(comparison), "text"}) {
      assertThat(printed(() -> Notebook.print(value))).isEqualTo(printed(() -> Show.show(value)));
    }
  }

  private static String printed(Runnable work) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void paretoShowsAllThatWasFoundBeforeTheTrueFront() {
    XYChart chart = Notebook.pareto(comparison);
    assertThat(chart.getSeries("DANCE exact").getXData())
        .containsExactly(
            comparison.found("DANCE exact").stream()
                .mapToDouble(d -> Metric.EDAP.of(d.metrics()))
                .toArray());
    int front = comparison.truth().orElseThrow().front().size();
    assertThat(chart.getSeries("true front (" + front + ")").getXData()).hasSize(front);
    assertThat(chart.getTitle()).contains("EDAP").doesNotContain("edap");
  }

  @Test
  void regretNeverGrowsAndEndsWhereTheSearchesEnded() {
    XYChart chart = Notebook.regret(comparison);
    double[] median = chart.getSeries("random").getYData();
    for (int i = 1; i < median.length; i++) {
      assertThat(median[i]).isLessThanOrEqualTo(median[i - 1]);
    }
    double[] last =
        comparison.results().get("random").stream()
            .mapToDouble(r -> 100 * comparison.regret(r))
            .sorted()
            .toArray();
    assertThat(median[median.length - 1])
        .isCloseTo(Math.max(last[1], chart.getStyler().getYAxisMin()), within(1e-9));
    assertThat(chart.getTitle()).contains("EDAP").doesNotContain("edap");
  }

  @Test
  void intervalsAreBandsOfFewMethodsAndBarsOfManyAndNoTwoLinesLookAlike() {
    RegretChart.Searches searches =
        new RegretChart.Searches(new double[] {1, 100}, new double[][] {{1, 0}, {0.5, 1e-9}});
    for (int count : new int[] {5, 9}) {
      Map<String, RegretChart.Searches> methods = new LinkedHashMap<>();
      for (int m = 0; m < count; m++) {
        methods.put("method " + m, searches);
      }
      XYChart chart = RegretChart.of("t", "evaluations", methods);
      assertThat(chart.getSeriesCollection())
          .filteredOn(s -> s.getName().startsWith("quartiles"))
          .hasSize(count)
          .allMatch(
              s -> s.getXYSeriesRenderStyle().equals(Optional.of(PolygonArea)) == (count == 5));
      assertThat(methods.keySet().stream().map(m -> chart.getSeries(m).getLineColor()).distinct())
          .hasSize(count);
      assertThat(
              methods.keySet().stream()
                  .map(m -> Arrays.toString(chart.getSeries(m).getLineStyle().getDashArray()))
                  .distinct())
          .hasSize(count);
    }
  }

  @Test
  void theLowerEndOfARegretSaysThatItStandsForLess() {
    RegretChart.Searches searches =
        new RegretChart.Searches(
            new double[] {1, 10, 100}, new double[][] {{1, 0.01, 0}, {0.5, 0.01, 0}});
    var styler = RegretChart.of("t", "evaluations", Map.of("m", searches)).getStyler();
    var labels = styler.getYAxisTickLabelsFormattingFunction();
    assertThat(labels.apply(styler.getYAxisMin()))
        .isEqualTo("≤ " + SignificantDigits.brief(styler.getYAxisMin()));
    assertThat(labels.apply(10.0)).isEqualTo("10");
  }

  @Test
  void aTraceShowsTheTermsOfTheLoss() {
    XYChart chart = Notebook.trace(found);
    assertThat(chart.getSeries("loss").getYData())
        .containsExactly(
            found.trace().epochs().stream()
                .mapToDouble(e -> e.loss())
                .filter(Double::isFinite)
                .toArray());
    assertThat(chart.getYAxisTitle()).isEqualTo("loss, cost, entropy [1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Notebook.trace(withoutTrace(found)))
        .withMessageContaining("has no losses");
  }

  private static SearchResult withoutTrace(SearchResult r) {
    return new SearchResult(
        r.method(),
        r.seed(),
        r.point(),
        r.metrics(),
        r.believed(),
        r.score(),
        new Trace(List.of()),
        r.searchCost());
  }

  @Test
  void aDrawingNamesTheOperationOfEveryBlock() {
    String svg = Notebook.drawing(found).svg();
    found.genotype().operations().forEach(o -> assertThat(svg).contains(o));
    assertThat(svg.split("class=\"layer\"", -1)).hasSize(found.genotype().operations().size() + 1);
  }

  @Test
  void aLineOfAResultHasUnitsAndFewDigits() {
    assertThat(found.toString())
        .startsWith("DANCE exact: " + found.genotype() + " on " + found.accelerator().name())
        .contains(" %, latency ", " ms, energy ", " mm², utilization ")
        .doesNotContainPattern("[1-9][0-9]{5}");
    assertThat(comparison.truth().orElseThrow().toString()).startsWith("156,060 designs of ");
    assertThat(comparison.toString()).endsWith("DANCE exact, random, 3 seeds each");
  }

  @Test
  void whatCannotBeATableSaysWhy(@TempDir Path folder) {
    Map<Object, String> messages = new LinkedHashMap<>();
    messages.put(List.of(), "an empty list has no rows");
    messages.put(List.of(1, 2), "a list of Integer has no rows");
    messages.put(5, "Integer has no rows");
    messages.put("x.csv", "x.csv is not a file");
    messages.forEach(
        (value, message) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> Notebook.table(value))
                .withMessageStartingWith(message));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Notebook.table((Path) null))
        .withMessageStartingWith("null has no rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Notebook.save(found, folder.resolve("absent/x.csv")))
        .withMessage(
            "%s: cannot be written: there is no folder %s",
            folder.resolve("absent/x.csv"), folder.resolve("absent"));
    Notebook.save(comparison, folder.resolve("x.csv"));
    assertThat(Notebook.table((Object) folder.resolve("x.csv").toString()).rowCount()).isEqualTo(6);
  }
}
