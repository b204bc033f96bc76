package dance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.command.Terminal;
import dance.search.AccuracyColumns;
import dance.search.TabularTask;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accuracies with columns named by the user, several trainings, and some networks only. */
class RecordAccuraciesTest {
  private static final NetworkSpace SPACE = NetworkSpace.mini();
  private static final List<Genotype> ALL = SPACE.genotypes().toList();

  private static final IntPredicate EVERY = i -> true;
  private static final IntPredicate SOME = i -> i % 3 != 1;
  private static final IntPredicate FEW = i -> i < 19;

  @TempDir private Path folder;

  private TabularTask read(String text, String columns) throws IOException {
    Path file = Files.writeString(folder.resolve("theirs.txt"), text);
    return RecordAccuracies.read(file, SPACE, AccuracyColumns.parse(columns));
  }

  private static double known(Genotype genotype) {
    return 0.8 + IntStream.of(SPACE.choice(genotype)).sum() / 100.0;
  }

  /** A text of some networks, the other columns of which nobody asked for. */
  private static String csv(IntPredicate rows, Function<Genotype, String> accuracies) {
    return ALL.stream()
        .filter(g -> rows.test(ALL.indexOf(g)))
        .map(g -> "7,\"" + g + "\"," + accuracies.apply(g))
        .collect(Collectors.joining("\n", "id,arch,top1,again\n", "\n"));
  }

  @Test
  void columnsOfAnyNameAndPercentAreReadFromCsvAndJson() throws IOException {
    TabularTask csv =
        read(csv(EVERY, g -> 100 * known(g) + ",0"), "network=arch,accuracy=top1,unit=percent");
    String json =
        ALL.stream()
            .map(g -> "{\"arch\": \"" + g + "\", \"top1\": " + known(g) + ", \"x\": null}")
            .collect(Collectors.joining(",", "[", "]"));
    TabularTask array = read(json, "network=arch,accuracy=top1");
    for (Genotype genotype : ALL) {
      assertThat(csv.accuracy(genotype, 1)).isCloseTo(known(genotype), within());
      assertThat(array.accuracy(genotype, 1)).isEqualTo(known(genotype));
    }
    assertThat(csv.name()).isEqualTo("theirs.txt");
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }

  @Test
  void ofSeveralTrainingsASearchSeesTheFirstAndIsScoredByTheOthers() throws IOException {
    String lists =
        ALL.stream()
            .map(g -> "\"" + g + "\": [0.5, 0.6, 0.7]")
            .collect(Collectors.joining(",", "{", "}"));
    for (TabularTask task :
        List.of(
            read(csv(EVERY, g -> "0.5,0.65"), "network=arch,accuracy=top1+again"),
            read(lists, "network=key,accuracy=value"))) {
      assertThat(task.accuracy(ALL.get(5), 1)).isEqualTo(0.5);
      assertThat(task.heldOut(SPACE.choice(ALL.get(5)))).hasValueCloseTo(0.65, within());
    }
  }

  @Test
  void networksWithoutARowArePredictedAndTheNameSaysHowWell() throws IOException {
    String columns = "network=arch,accuracy=top1";
    TabularTask task = read(csv(SOME, g -> known(g) + ",0"), columns);
    assertThat(task.name())
        .matches(
            "theirs.txt \\(12 of 36 accuracies predicted: held-out error [01]\\.\\d\\d points,"
                + " rank correlation 0\\.\\d\\d\\)");
    double squares = 0;
    double flat = 0;
    double mean = ALL.stream().mapToDouble(RecordAccuraciesTest::known).average().orElseThrow();
    for (int i = 0; i < ALL.size(); i++) {
      double error = task.accuracy(ALL.get(i), 1) - known(ALL.get(i));
      if (SOME.test(i)) {
        assertThat(error).isZero();
      }
      squares += error * error;
      flat += Math.pow(mean - known(ALL.get(i)), 2);
    }
    assertThat(squares).isLessThan(0.75 * flat);
    assertThat(read(csv(SOME, g -> known(g) + ",0"), columns).fingerprint())
        .isEqualTo(task.fingerprint());
  }

  @Test
  void everyResultShowsTheError() throws IOException {
    Path file = Files.writeString(folder.resolve("some.csv"), csv(SOME, g -> known(g) + ",0"));
    assertThat(
            dance.Dance.compare(
                    dance.Dance.accuracies(file, "mini", "network=arch,accuracy=top1"),
                    1,
                    dance.search.Budget.evaluations(20),
                    "random")
                .problem())
        .asString()
        .contains("12 of 36 accuracies predicted: held-out error ");
  }

  @Test
  void theCommandLineTakesTheColumns() throws IOException {
    Path file = Files.writeString(folder.resolve("some.csv"), csv(SOME, g -> known(g) + ",0"));
    Terminal terminal = new Terminal(folder);
    int code =
        terminal.dance(
            "compare",
            "--task=tabular:" + file,
            "--columns=network=arch,accuracy=top1",
            "--methods=random",
            "--seeds=1",
            "--out=" + folder.resolve("out"));
    assertThat(code).isZero();
    assertThat(terminal.out()).contains("12 of 36 accuracies predicted: held-out error ");
    assertThat(terminal.dance("compare", "--task=mini", "--columns=network=a,accuracy=b"))
        .isEqualTo(2);
  }

  @Test
  void whatCannotBePredictedIsRefused() {
    // networks that differ in one block are as different as possible
    Function<Genotype, String> opposite =
        g -> 0.5 + IntStream.of(SPACE.choice(g)).sum() % 2 / 4.0 + ",0";
    String columns = "network=arch,accuracy=top1";
    assertThatThrownBy(() -> read(csv(SOME, opposite), columns))
        .hasMessageContaining("24 of the 36 networks of space mini")
        .hasMessageContaining("their mean alone");
    assertThatThrownBy(() -> read(csv(FEW, g -> known(g) + ",0"), columns))
        .hasMessageContaining("at least 20 networks are needed");
  }

  @Test
  void mistakesAreNamed() {
    String all = csv(EVERY, g -> 100 * known(g) + ",0");
    assertThatThrownBy(() -> read(all, "network=arch,accuracy=top1"))
        .hasMessageContaining("row 1: accuracy")
        .hasMessageContaining("Maybe unit=percent was meant.");
    assertThatThrownBy(() -> read(all, "network=arch,accuracy=top5"))
        .hasMessageContaining("has no column top5, only id, arch, top1, again");
    assertThatThrownBy(() -> read(all, "arch=network"))
        .hasMessageContaining("arch=network is no part of " + AccuracyColumns.FORM);
    assertThatThrownBy(() -> read("[{", "network=a,accuracy=b")).hasMessageContaining("truncated");
    assertThatThrownBy(() -> read("a,b\n1\n", "network=a,accuracy=b"))
        .hasMessageContaining("line 2 has 1 cells for 2 headings");
  }
}
