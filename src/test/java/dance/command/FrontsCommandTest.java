package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.SharedData;
import dance.space.AcceleratorSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fronts of search methods, and the picture of them in the README. */
class FrontsCommandTest {
  private static final Path PICTURE = Path.of("notebooks/fronts.svg");
  private static final Path NAS_BENCH = Path.of("../shared/reference/nas-bench-201/accuracy.csv");

  @TempDir private Path folder;

  @Test
  void eachMethodHasAFrontAtEveryWeight() throws Exception {
    Terminal terminal = new Terminal(folder);
    String[] line = {
      "fronts",
      "--methods=exact,accuracy,eyeriss-only,hill,random",
      "--lambdas=0.01,0.1,0.5",
      "--seeds=2",
      "--budget=60 evaluations",
      "--out=" + folder
    };
    assertThat(terminal.dance(line)).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("Full information", "By evaluations", "hypervolume", "the optimum at each λ: ");
    List<String> points = Files.readAllLines(folder.resolve("fronts.csv"));
    assertThat(points).hasSize(1 + 5 * 2 * 3);
    assertThat(points.get(0)).startsWith("lambda,method,seed,network,accelerator,accuracy,");
    assertThat(Files.readString(folder.resolve("fronts.svg")))
        .contains("true front", "DANCE exact ", "network first ", "chip like Eyeriss ")
        .doesNotContain("random");
    assertThat(terminal.dance("fronts", "--json", "--methods=exact", "--lambdas=0.1")).isZero();
    Map<?, ?> exact = (Map<?, ?>) ((Map<?, ?>) terminal.json().get("methods")).get("DANCE exact");
    assertThat(exact.get("points")).isEqualTo(1);
    assertThat((Double) terminal.json().get("hypervolume_of_optima")).isBetween(0.0, 1.0);
  }

  @Test
  void whatIsInvalidIsNamedAtOnce() {
    Terminal terminal = new Terminal(folder);
    assertThat(
            terminal.dance(
                "fronts", "--seeds=0", "--methods=hill,hill", "--lambdas=-1", "--budget=0"))
        .isEqualTo(2);
    assertThat(terminal.err())
        .contains(
            "seeds (0) must be at least 1",
            "methods hill,hill must have different names",
            "lambda (-1.0) must be finite and not negative",
            "budget (0.0) must be positive");
    assertThat(terminal.dance("fronts", "--task=fashion-mnist-part")).isEqualTo(2);
    assertThat(terminal.err()).contains("fronts are of a table of accuracies");
  }

  /** The command is that of comparisons.md. */
  @Test
  void thePictureIsWhatTheCommandDraws() throws Exception {
    SharedData.require(NAS_BENCH);
    Terminal terminal = new Terminal(folder);
    String[] line = {
      "fronts",
      "--task=nasbench201:" + NAS_BENCH,
      "--methods=exact,neural,accuracy,eyeriss-only,hill",
      "--shown=exact,neural,accuracy,eyeriss-only,hill",
      "--out=" + folder
    };
    assertThat(terminal.dance(line)).as(terminal.err()).isZero();
    assertThat(folder.resolve("fronts.svg")).hasSameTextualContentAs(PICTURE);
  }

  /** Some designs of the wide space in a file: every question about pairs names them. */
  @Test
  void aTableOfSomeDesignsOfTheWideSpaceServesAllQuestionsAboutPairs() {
    Terminal terminal = new Terminal(folder);
    AcceleratorSpace some =
        AcceleratorSpace.wide().pes(4, 14).rf(16, 64).keep("buffer_kb", 16, 108, 512);
    String table = MadeUpTable.write(folder.resolve("wide.table"), some);
    String from = "--table=" + table;
    String wide = "--accelerators=wide";
    assertThat(terminal.dance("fronts", "--methods=exact", "--lambdas=0.1", from, wide, "--json"))
        .isZero();
    assertThat(terminal.json().get("problem").toString()).startsWith("mini").contains(" × wide");
    assertThat(terminal.dance("coupling", from, wide, "--json")).as(terminal.err()).isZero();
    assertThat(terminal.json().get("choices").toString())
        .contains("chip like Eyeriss", "template:14x14:rf64:rs");
    assertThat(terminal.dance("coupling", "--latencies=1e9", "--areas=1e9", from, wide)).isZero();
    assertThat(terminal.dance("space", "landscape", from, wide, "--json"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.json().get("accelerator_space")).isEqualTo("wide");
    assertThat(terminal.json().get("designs")).isEqualTo(some.size());
    assertThat(terminal.json().get("costs").toString()).contains("chip");
    assertThat(terminal.dance("space", "landscape", "--accuracies=mini", from)).isZero();
    assertThat(terminal.out())
        .contains(
            "mini × wide, EDAP: ", " networks on the front, 432 designs", "one design for all");
    assertThat(terminal.dance("coupling", from, "--accelerators=dance")).isEqualTo(2);
    assertThat(terminal.err())
        .contains("has designs of accelerator space wide, not of dance (--accelerators)");
  }
}
