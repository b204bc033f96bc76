package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Dataflow;
import dance.cost.Metric;
import dance.cost.ParetoFront;
import dance.notebook.drawing.Drawing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/** Tables and files. */
class NotebookTest {
  @TempDir Path folder;

  /** A record as a cell may declare it. */
  private record Mine(
      String name,
      int rfBytes,
      long count,
      double energyPj,
      Dataflow dataflow,
      boolean best,
      OptionalDouble latencyMs,
      Map<String, Double> byLevelMj) {}

  private static Mine mine(String name, double energyPj) {
    return new Mine(
        name,
        16,
        1L << 40,
        energyPj,
        Dataflow.ROW_STATIONARY,
        true,
        name.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(0.5),
        Map.of("DRAM", 2.5));
  }

  @Test
  void headingsHaveUnitsOfTheirComponents() {
    Table table = Notebook.table(List.of(mine("a", 1)));
    assertThat(table.columnNames())
        .containsExactly(
            "name",
            "rf [bytes]",
            "count",
            "energy [pJ]",
            "dataflow",
            "best",
            Metric.LATENCY.heading(),
            "DRAM [mJ]");
    assertThat(table.types())
        .containsExactly(
            ColumnType.STRING,
            ColumnType.LONG,
            ColumnType.LONG,
            ColumnType.DOUBLE,
            ColumnType.STRING,
            ColumnType.BOOLEAN,
            ColumnType.DOUBLE,
            ColumnType.DOUBLE);
  }

  @Test
  void headingsOfMetricsAreThoseOfTheMetric() {
    Table designs = Notebook.table(Examples.designs(1, 1));
    for (Metric metric : Metric.values()) {
      assertThat(designs.columnNames()).contains(metric.heading());
    }
    assertThat(designs.columnNames()).contains("network", "accelerator", "columns", "rows");
    assertThat(designs.sortOn(Metric.EDAP.heading()).first(5).rowCount()).isEqualTo(5);
  }

  @Test
  void headingsOfRecordsAreThoseOfTheMetric() {
    record Costs(double energyMj, double areaMm2) {}
    assertThat(Notebook.table(List.of(new Costs(1, 2))).columnNames())
        .containsExactly(Metric.ENERGY.heading(), Metric.AREA.heading());
  }

  @Test
  void everyResultHasItsTable() {
    assertThat(Notebook.table(Examples.EVALUATION).rowCount()).isEqualTo(5);
    assertThat(Notebook.table(Examples.NETWORK).longColumn("MACs").sum())
        .isEqualTo(Examples.NETWORK.layers().stream().mapToLong(l -> l.macs()).sum());
    var first = Examples.EVALUATION.layers().get(0);
    Table counts = Notebook.table(first.result());
    assertThat(counts.longColumn("reads [words]").sum())
        .isEqualTo(
            first.evaluation().counts().levels().stream()
                .flatMap(l -> l.tensors().stream())
                .mapToLong(t -> t.reads())
                .sum());
    assertThat(Notebook.table(first.evaluation().ledger()).doubleColumn("energy [pJ]").sum())
        .isCloseTo(first.evaluation().energyPj(), org.assertj.core.api.Assertions.within(1e-3));
    assertThat(Notebook.table(List.of(Examples.EVALUATION)).rowCount()).isEqualTo(1);
    var front = ParetoFront.of(Examples.designs(1, 1), Metric.LATENCY, Metric.ENERGY);
    assertThat(Notebook.table(front).rowCount()).isEqualTo(front.points().size());
  }

  @Test
  void whatHasNoRowsIsRefused() {
    for (Object value : new Object[] {List.of(1, 2), List.of(), 5}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Notebook.table(value))
          .withMessageEndingWith("has no rows: tables are made of results and of lists of records");
    }
  }

  @Test
  void csvKeepsEveryDigitAndEveryText() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    List<Mine> rows =
        List.of(
            mine("plain", random.nextDouble()),
            mine("with, comma and \"quotes\"", 1e-300 * random.nextDouble()),
            mine("µ², überlang", -1e300 * random.nextDouble()),
            mine("NA", 5),
            mine("", 0.1 + 0.2));
    Path file = folder.resolve("rows.csv");
    Notebook.save(rows, file);
    Table back = Notebook.table(file);
    Table table = Notebook.table(rows);
    assertThat(back.columnNames()).isEqualTo(table.columnNames());
    assertThat(back.types()).isEqualTo(table.types());
    assertThat(back.doubleColumn("energy [pJ]").asDoubleArray())
        .containsExactly(rows.stream().mapToDouble(Mine::energyPj).toArray());
    assertThat(back.stringColumn("name").asList())
        .isEqualTo(rows.stream().map(Mine::name).toList());
    assertThat(back.longColumn("count").get(0)).isEqualTo(1L << 40);
    assertThat(back.doubleColumn("latency [ms]").isMissing(4)).isTrue();
    Notebook.save(back, folder.resolve("again.csv").toString());
    assertThat(folder.resolve("again.csv")).hasSameTextualContentAs(file);
  }

  @Test
  void printShowsFourDigitsAndAllRows() throws Exception {
    List<Mine> rows =
        new SplittableRandom(4).doubles(40).mapToObj(v -> mine("row", 1234.56789 + v)).toList();
    String printed = printed(rows);
    assertThat(printed).contains("1,235").doesNotContain("1234.5", "1,234.5");
    assertThat(printed.lines().filter(line -> line.startsWith("row "))).hasSize(40);
    assertThat(printed("text")).isEqualTo("text" + System.lineSeparator());
  }

  private static String printed(Object value) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Notebook.print(value);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void savedFilesReplaceOlderOnesAndLeaveNothingBeside() throws Exception {
    Path picture = folder.resolve("chart.PNG");
    Files.writeString(picture, "old");
    Notebook.save(Notebook.energy(Examples.EVALUATION), picture);
    assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
    Notebook.save(Notebook.drawing(Examples.DESIGN), folder.resolve("d.svg"));
    Notebook.save(Notebook.energy(Examples.EVALUATION), folder.resolve("c.svg"));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("chart.PNG", "d.svg", "c.svg");
  }

  @Test
  void wrongEndingsAreNamedAndNothingIsWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Notebook.save(Examples.EVALUATION, folder.resolve("x.png")))
        .withMessageStartingWith("cannot save a NetworkEvaluation as x.png: tables and results");
    assertThat(folder.toFile().list()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Notebook.table(folder.resolve("missing.csv")))
        .withMessageEndingWith("missing.csv is not a file");
  }

  @Test
  void drawingsShowThemselvesInCells() {
    Drawing drawing = Notebook.drawing(Examples.NETWORK);
    assertThat(drawing.display().get("image/svg+xml")).isEqualTo(drawing.svg()).startsWith("<svg");
  }
}
