package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Dataflow;
import dance.bench.OracleBenchmark;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and the oracle at the command line. */
class TableCommandTest {
  private static final String NETWORK = "mb3e1,zero,mb3e6,mb5e3";

  @TempDir private Path folder;

  private Terminal terminal;
  private String file;

  @BeforeEach
  void build() {
    terminal = new Terminal(folder);
    file =
        MadeUpTable.write(
            folder.resolve("mini.table"),
            AcceleratorSpace.dance()
                .pes(8, 16)
                .rf(4, 64)
                .dataflows(Dataflow.ROW_STATIONARY, Dataflow.WEIGHT_STATIONARY));
  }

  @Test
  void aTableIsBuiltShownAndVerified() {
    String one = folder.resolve("one.table").toString();
    assertThat(
            terminal.dance(
                "table",
                "build",
                "--space=mini",
                "--pes=8",
                "--rf=4",
                "--dataflows=ws",
                "--threads=2",
                "--out=" + one))
        .isZero();
    assertThat(terminal.out())
        .startsWith(one + ": cost table of mini × dance: 24 layers × 1 designs, simulator: ");
    assertThat(terminal.err()).contains("24 of 24 layers × designs").doesNotContain("\r");
    AcceleratorSpace designs = SpaceOptions.read(Path.of(one)).acceleratorSpace();
    assertThat(designs.size()).isEqualTo(1);
    assertThat(terminal.dance("table", "info", one)).isZero();
    assertThat(terminal.out()).contains("network space ", "mini: 4 blocks × 5 operations");
    assertThat(terminal.dance("table", "info", one, "--json")).isZero();
    assertThat(((Map<?, ?>) terminal.json()).get("designs")).isEqualTo("1");
    assertThat(terminal.dance("table", "verify", one, "--cells=5")).isZero();
    assertThat(terminal.out()).contains("5 cells are what the simulator says");
  }

  /** A table of the costs as published is of a space of its own, and is no table of the chip's. */
  @Test
  void aTableSaysWhoseCostsItHas() {
    String one = folder.resolve("published.table").toString();
    assertThat(
            terminal.dance(
                "table",
                "build",
                "--space=mini",
                "--technology=published",
                "--pes=8",
                "--rf=4",
                "--dataflows=ws",
                "--out=" + one))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out()).contains("mini × dance:published");
    AcceleratorSpace designs = SpaceOptions.read(Path.of(one)).acceleratorSpace();
    assertThat(designs.isPublished()).isTrue();
    assertThat(designs.accelerator(0).name()).isEqualTo("template:8x8:rf4:ws:published");
    assertThat(designs.accelerator(0).costs()).isEqualTo("Eyeriss 65 nm (published)");
    assertThat(terminal.dance("table", "info", one)).isZero();
    assertThat(terminal.out()).contains("dance:published: pe_x=8");
    String[] oracle = {"oracle", "--network=" + NETWORK, "--table=" + one};
    assertThat(terminal.dance(oracle)).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("costs Eyeriss 65 nm (published)");
    for (String command : List.of("oracle --network=" + NETWORK, "explore --epochs=1")) {
      String[] words = (command + " --technology=chip --table=" + one).split(" ");
      assertThat(terminal.dance(words)).isEqualTo(2);
      assertThat(terminal.err())
          .contains("published.table has the costs published, not chip")
          .contains("costs of one table are not those of another");
    }
    assertThat(
            terminal.dance(
                "oracle", "--space=mini", "--network=" + NETWORK, "--technology=published"))
        .isEqualTo(2);
    assertThat(terminal.err())
        .contains("no table mini-dance-published.table is bundled")
        .contains("dance table build --technology published");
  }

  @Test
  void shardsAreMergedToTheSameBytes() throws IOException {
    List<String> space =
        List.of("table", "build", "--space=mini", "--pes=8", "--rf=4,8", "--dataflows=ws");
    List<String> files = new java.util.ArrayList<>();
    for (String shard : List.of("", "1/2", "2/2")) {
      List<String> arguments = new java.util.ArrayList<>(space);
      files.add(folder.resolve("table" + shard.replace('/', '-')).toString());
      arguments.add("--out=" + files.get(files.size() - 1));
      if (!shard.isEmpty()) {
        arguments.add("--shard=" + shard);
      }
      assertThat(terminal.dance(arguments.toArray(String[]::new))).isZero();
    }
    assertThat(terminal.out()).contains("shard 2/2 of the cost table of mini × dance");
    String merged = folder.resolve("merged").toString();
    assertThat(terminal.dance("table", "merge", files.get(2), files.get(1), "--out=" + merged))
        .isZero();
    assertThat(Path.of(merged)).hasSameBinaryContentAs(Path.of(files.get(0)));
    assertThat(terminal.dance("table", "info", files.get(2))).isZero();
    assertThat(terminal.out()).contains("shard ", "2/2");
    Path none = folder.resolve("none");
    assertThat(terminal.dance("table", "merge", files.get(1), "--out=" + none)).isEqualTo(2);
    assertThat(terminal.err()).contains("1 of 2 shards are missing: 2/2");
    assertThat(none).doesNotExist();
    assertThat(terminal.dance("table", "merge", files.get(0))).isEqualTo(2);
    assertThat(terminal.err()).contains("is not a cost table shard");
    assertThat(terminal.dance("table", "build", "--space=mini", "--shard=3/2")).isEqualTo(2);
    assertThat(terminal.err()).contains("shard 3/2 must be one of 1/2 to 2/2");
  }

  @Test
  void staleAndDamagedTablesEndWithWordsAndCode2() throws IOException {
    CostTable table = SpaceOptions.read(Path.of(file));
    int layers = table.layers().size();
    double[][] ones = new double[layers][table.designs()];
    for (double[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    CostTable.of(table.networkSpace(), table.acceleratorSpace(), "unnamed cost model", ones, ones)
        .write(Path.of(file));
    assertThat(terminal.dance("table", "verify", file, "--cells=3")).isEqualTo(2);
    assertThat(terminal.err())
        .contains("is stale:", "latency of", "table build --space mini --out " + file);
    byte[] bytes = Files.readAllBytes(Path.of(file));
    bytes[bytes.length - 9] ^= 1;
    Files.write(Path.of(file), bytes);
    assertThat(terminal.dance("table", "verify", file)).isEqualTo(2);
    assertThat(terminal.err()).contains(file + " is damaged").doesNotContain("\tat ");
    assertThat(terminal.dance("table", "info", terminal.arch)).isEqualTo(2);
    assertThat(terminal.err()).contains("is not a cost table");
    assertThat(terminal.dance("table", "build", "--space=cifra")).isEqualTo(2);
    assertThat(terminal.err()).contains("Maybe cifar was meant");
  }

  @Test
  void theOracleListsTheBestDesigns() {
    assertThat(terminal.dance("oracle", "--table", file, "--network", NETWORK, "--top=3", "--json"))
        .isZero();
    List<?> designs = (List<?>) terminal.json().get("designs");
    assertThat(designs).hasSize(3);
    // by the made-up model, latency falls with the array and energy grows with the area
    Map<?, ?> best = (Map<?, ?>) designs.get(0);
    assertThat((Double) best.get("cost"))
        .isLessThanOrEqualTo((Double) ((Map<?, ?>) designs.get(1)).get("cost"));
    assertThat(best.get("feasible")).isEqualTo(true);
    assertThat(
            terminal.dance(
                "oracle", "--table", file, "--network", NETWORK, "--objective=latency", "--top=1"))
        .isZero();
    assertThat(terminal.out()).contains("template:16x16:", "latency [ms]", "area [mm²]");
    assertThat(terminal.dance("oracle", "--table", file, "--network", NETWORK, "--front")).isZero();
    assertThat(terminal.out().lines().count()).isBetween(3L, 17L);
    assertThat(
            terminal.dance(
                "oracle", "--table", file, "--network", NETWORK, "--at-most=latency=1e-9"))
        .isZero();
    assertThat(terminal.err())
        .contains("no accelerator keeps all limits of edap, latency ≤ 1.0E-9");
    assertThat(terminal.dance("oracle", "--table", file, "--network=mb3e3,zero")).isEqualTo(2);
    assertThat(terminal.err()).contains("genotype of 2 operations");
    assertThat(terminal.dance("oracle", "--space=imagenet:0.3", "--network=" + NETWORK))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("no table imagenet-0.3-dance.table is bundled");
  }

  @Test
  void progressIsDrawnInPlaceOrInLines() {
    Progress.State half = Progress.State.of("table", "cells", 50, 100, 50, 10);
    assertThat(half.note("loss 0.5").line())
        .isEqualTo(
            "table [############............]  50 %  50 of 100 cells, 5.000/s, 0:10 left  loss"
                + " 0.5");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProgressBar bar = new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), true);
    bar.at(half.note("a long note"));
    bar.at(half);
    bar.at(Progress.State.of("table", "cells", 100, 100, 100, 20));
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text.split("\r")).hasSize(4);
    assertThat(text).endsWith("0:00 left\n");
    assertThat(text.split("\r")[2])
        .as("the longer line is overwritten")
        .hasSameSizeAs(text.split("\r")[1]);
  }

  @Test
  void speedIsMeasured() {
    AcceleratorSpace designs = AcceleratorSpace.dance().pes(8, 16);
    CostTable table = OracleBenchmark.madeUp(NetworkSpace.mini(), designs);
    OracleBenchmark speed = OracleBenchmark.measure(table, 0.02);
    assertThat(speed.networksPerSecond()).isGreaterThan(100);
    assertThat(speed.relaxedPerSecond()).isGreaterThan(100);
    assertThat(speed.gradientsPerSecond()).isGreaterThan(100);
  }
}
