package dance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluator;
import dance.evaluate.Fidelity;
import dance.evaluate.HardwareOracle;
import dance.evaluate.Landscape;
import dance.notebook.Examples;
import dance.notebook.Notebook;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.ConfidenceInterval;
import dance.search.HillClimbing;
import dance.search.LimitTrials;
import dance.search.RandomSearch;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.TabularTask;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MappingResult;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;

/** Every result has the same columns and the same values in text, CSV, JSON and Tablesaw. */
class ResultRowsTest {
  /** Measures without a unit: what λ weighs, losses, and what is relative. */
  private static final Set<String> PURE =
      Set.of(
          "accuracy",
          "value",
          "cost",
          "edap",
          "entropy",
          "training loss",
          "accuracy loss",
          "expected cost",
          "loss",
          "hypervolume",
          "evaluations to 1 %",
          "steps",
          "worth");

  private record Mine(String name, double energyPj, double worth, long rfBytes) {}

  private static List<Named<Rows<?>>> made;

  static List<Named<Rows<?>>> results() {
    made = made == null ? made() : made;
    return made;
  }

  private static List<Named<Rows<?>>> made() {
    CostModel model =
        (network, accelerator) -> {
          double work = network.macs() / 1e6;
          double units = accelerator.macUnits();
          return new Metrics(work / units + 0.01, work + units / 1e3, accelerator.areaMm2(), 1);
        };
    CostTable table =
        CostTable.build(model, NetworkSpace.mini(), AcceleratorSpace.dance().pes(8, 16).rf(4, 64));
    TabularTask task =
        TabularTask.of(
            "made up",
            NetworkSpace.mini(),
            g -> 0.9 - 0.1 * g.operations().stream().filter("zero"::equals).count());
    SearchProblem problem = SearchProblem.of(task, table, Objective.EDAP, 0.1);
    Comparison comparison =
        Comparison.run(
            problem,
            List.of(RandomSearch.defaults(), HillClimbing.defaults()),
            new long[] {1, 2},
            Budget.evaluations(30),
            1);
    LimitTrials limits =
        LimitTrials.run(
            problem,
            CoExplorer.exact(CoExplorerOptions.usual(false)),
            2,
            1,
            Budget.evaluations(100),
            1);
    List<SearchResult> searches = comparison.results().get("random");
    MappingResult mapping = Examples.EVALUATION.layers().get(0).result();
    var costs = HardwareOracle.of(table).costs(Genotype.parse("mb3e1,zero,mb3e6,mb5e3"));
    ExplorationRows exploration =
        new ExplorationRows(problem, searches.get(0), List.of(searches.get(1)), comparison.truth());
    List<Named<Rows<?>>> all = new ArrayList<>();
    all.add(Named.of("layers", LayerRows.of(Examples.EVALUATION.layers())));
    all.add(Named.of("layers with total", LayerRows.withTotal(Examples.EVALUATION)));
    all.add(Named.of("simulated network", NetworkRows.of(List.of(Examples.EVALUATION))));
    all.add(Named.of("network", NetworkRows.ofLayers(Examples.NETWORK.entries())));
    all.add(Named.of("sums of a network", NetworkRows.sums(Examples.NETWORK)));
    all.add(Named.of("mapping", MappingRows.of(List.of(mapping), Effort.DEFAULT)));
    all.add(Named.of("accesses", AccessRows.of(mapping.evaluation())));
    all.add(Named.of("evaluation", EvaluationRows.accesses(mapping.evaluation())));
    all.add(Named.of("ledger", LedgerRows.of(mapping.evaluation().ledger().entries())));
    all.add(Named.of("designs", DesignRows.of(costs.top(5, Objective.EDAP))));
    all.add(Named.of("oracle", DesignRows.of(costs.all(), Objective.EDAP)));
    all.add(Named.of("front", DesignRows.front(comparison.truth().orElseThrow().front())));
    all.add(Named.of("searches", SearchRows.of(searches)));
    all.add(Named.of("trace", TraceRows.of(searches.get(0).trace().epochs())));
    all.add(Named.of("exploration", exploration.lines()));
    all.add(Named.of("compared searches", ComparisonRows.searches(comparison)));
    all.add(Named.of("compared methods", ComparisonRows.methods(comparison)));
    all.add(Named.of("searches from a supernet", ComparisonRows.searches(comparison, 360)));
    all.add(Named.of("methods from a supernet", ComparisonRows.methods(comparison, 360)));
    Landscape landscape = Landscape.of(table, Objective.EDAP, 20, 1);
    all.add(Named.of("winners", LandscapeRows.winners(landscape)));
    all.add(Named.of("axes", LandscapeRows.axes(landscape)));
    all.add(Named.of("compared front", ComparisonRows.front(comparison)));
    all.add(Named.of("comparison", ComparisonRows.withAccelerators(comparison)));
    all.add(Named.of("limits", LimitRows.of(limits)));
    all.add(
        Named.of(
            "fidelity",
            FidelityRows.of(
                Fidelity.measure(ExactEvaluator.of(table, Objective.EDAP), table, 20, 1))));
    all.add(Named.of("records", Results.of(List.of(new Mine("a", 1.5, 2, 3)))));
    return all;
  }

  @ParameterizedTest
  @MethodSource("results")
  <T> void everyFormHasTheSameColumns(Rows<T> some) {
    Rows<T> rows = some.known();
    assertThat(rows.results()).isNotEmpty();
    List<Column<T>> flat = rows.flat();
    String heading = TextTable.of(rows).lines().findFirst().orElseThrow();
    int from = 0;
    for (Column<T> column : flat) {
      from = heading.indexOf(column.title(), from);
      assertThat(from).as(column.title() + " in " + heading).isNotNegative();
      from += column.title().length();
    }
    Table table = Notebook.table(rows);
    List<Column<T>> numbers = rows.numbers();
    assertThat(table.columnNames()).containsExactlyElementsOf(titles(numbers));
    assertThat(CsvText.of(rows).lines().findFirst().orElseThrow())
        .isEqualTo(String.join(",", numbers.stream().map(Column::key).toList()));
    assertThat(titles(numbers)).containsAll(titles(flat));
    for (Map<String, Object> object : rows.objects()) {
      assertThat(object.keySet())
          .containsExactlyElementsOf(rows.columns().stream().map(Column::key).toList());
    }
  }

  private static <T> List<String> titles(List<Column<T>> columns) {
    return columns.stream().map(Column::title).toList();
  }

  @ParameterizedTest
  @MethodSource("results")
  <T> void keysAndTitlesDifferAndMeasuresHaveUnits(Rows<T> rows) {
    List<Column<T>> numbers = rows.numbers();
    assertThat(numbers.stream().map(Column::key)).doesNotHaveDuplicates();
    assertThat(titles(numbers)).doesNotHaveDuplicates();
    for (Column<T> column : numbers) {
      assertThat(column.heading()).doesNotContain("[", "]");
      if (rows.results().stream().anyMatch(r -> column.of(r) instanceof Double)) {
        assertThat(
                !column.unit().symbol().isEmpty()
                    || column.key().matches("(spearman|kendall)\\..*")
                    || PURE.contains(heading(column)))
            .as(column.title() + " has a unit")
            .isTrue();
      }
    }
  }

  private static String heading(Column<?> column) {
    String heading = column.heading().replace(" ±", "");
    return column.key().matches("(value|evaluations|cost-model calls)\\.(mean|margin)")
        ? "value"
        : heading;
  }

  @ParameterizedTest
  @MethodSource("results")
  <T> void jsonReadsBackAsTheValues(Rows<T> rows) {
    List<?> back = (List<?>) JsonText.read(JsonText.of(Map.of("rows", rows))).get("rows");
    assertThat(back).hasSameSizeAs(rows.results());
    for (int i = 0; i < back.size(); i++) {
      for (Column<T> column : rows.columns()) {
        Object read = ((Map<?, ?>) back.get(i)).get(column.key());
        same(column.key(), read, column.of(rows.results().get(i)));
      }
    }
  }

  private static void same(String key, Object read, Object value) {
    if (value instanceof Parts parts) {
      same(key, read, parts.values());
    } else if (value instanceof ConfidenceInterval interval) {
      same(key + ".mean", ((Map<?, ?>) read).get("mean"), interval.mean());
      same(key + ".margin", ((Map<?, ?>) read).get("margin"), interval.margin());
    } else if (value instanceof Map<?, ?> map) {
      assertThat(((Map<?, ?>) read).keySet().toArray()).isEqualTo(map.keySet().toArray());
      map.forEach((name, part) -> same(key + "." + name, ((Map<?, ?>) read).get(name), part));
    } else if (value instanceof Rows<?> nested) {
      assertThat((List<?>) read).as(key).hasSameSizeAs(nested.results());
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      assertThat(read).as(key).isNull();
    } else if (value instanceof Number number) {
      assertThat(((Number) read).doubleValue()).as(key).isEqualTo(number.doubleValue());
    } else {
      assertThat(read).as(key).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  <T> void csvAndTablesawHaveEveryDigit(Rows<T> some) {
    Rows<T> rows = some.known();
    Table table = Notebook.table(rows);
    List<Column<T>> numbers = rows.numbers();
    List<String> lines = CsvText.of(rows).lines().toList();
    boolean oneLineEach = lines.size() == 1 + rows.results().size();
    for (int r = 0; r < rows.results().size(); r++) {
      List<String> cells = oneLineEach ? cells(lines.get(1 + r)) : List.of();
      for (int c = 0; c < numbers.size(); c++) {
        Column<T> column = numbers.get(c);
        Object value = column.of(rows.results().get(r));
        if (value instanceof Double number && Double.isFinite(number)) {
          assertThat(table.numberColumn(c).getDouble(r))
              .isEqualTo((Double) column.unit().shown(number));
        }
        if (oneLineEach && value instanceof Number number) {
          assertThat(Double.parseDouble(cells.get(c))).isEqualTo(number.doubleValue());
        } else if (oneLineEach) {
          assertThat(cells.get(c)).isEqualTo(value == null ? "" : value.toString());
        }
      }
    }
  }

  /** The cells of a line: between commas, some of them in quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + ",").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    return cells;
  }

  @Test
  void columnsOfOneKeyOrTitleAreRefused() {
    Column<String> one = Column.of("text", "text", t -> t);
    for (Column<String> other :
        List.of(
            Column.<String>of("text", "other", t -> t),
            Column.<String>of("other", "text", t -> t))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Rows<>(List.of(one, other), List.of()))
          .withMessageStartingWith("columns must differ");
    }
    Rows<String> rows = new Rows<>(List.of(one), List.of("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows.only("txet"))
        .withMessage("there is no column txet");
  }

  @Test
  void whatIsNotKnownIsUnknownInTextAndEmptyOrNullElsewhere() {
    Rows<Double> rows =
        new Rows<>(
            List.of(
                new Column<>("share", "share", Unit.FRACTION, d -> d),
                Column.of("none", "none", d -> null)),
            List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY));
    assertThat(TextTable.of(rows)).isEqualTo("share [%]  none\n    50.00\n  unknown\n        ∞\n");
    assertThat(CsvText.of(rows)).isEqualTo("share,none\n0.5,\n,\nInfinity,\n");
    assertThat(JsonText.of(rows.only("share")).replaceAll("\\s", ""))
        .isEqualTo("[{\"share\":0.5},{\"share\":null},{\"share\":null}]");
    assertThat(rows.known().columns()).hasSize(1);
  }

  static Stream<Object> withoutRows() {
    return Stream.of(5, List.of(), List.of(1, 2), "text");
  }

  @ParameterizedTest
  @MethodSource("withoutRows")
  void whatHasNoRowsIsRefused(Object value) {
    assertThat(Results.has(value)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Results.of(value))
        .withMessageContaining("has no rows");
  }

  @Test
  @SuppressWarnings("unchecked")
  void theTimeInAllOfASearchFromASupernetHasItsTrainingOnce() {
    Rows<SearchResult> searches = (Rows<SearchResult>) named("searches from a supernet");
    Rows<String> methods = (Rows<String>) named("methods from a supernet");
    for (SearchResult search : searches.results()) {
      assertThat((Double) value(searches, "seconds_in_all", search))
          .isEqualTo(360 + search.searchCost().seconds());
    }
    for (String method : methods.results()) {
      double mean = ((ConfidenceInterval) value(methods, "time [s]", method)).mean();
      assertThat(((ConfidenceInterval) value(methods, "time in all [s]", method)).mean())
          .isCloseTo(360 + mean, within(1e-9));
    }
    assertThat(((Rows<String>) named("compared methods")).columns())
        .noneMatch(column -> column.key().startsWith("time in all"));
  }

  private static <T> Object value(Rows<T> rows, String key, T result) {
    return rows.only(key).columns().get(0).value().apply(result);
  }

  private static Rows<?> named(String name) {
    return results().stream()
        .filter(rows -> rows.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getPayload();
  }
}
