package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.interchange.ReferenceCases;
import dance.interchange.ReferenceRows;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code dance timeloop} from the files to the printed JSON. */
class TimeloopCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static List<ReferenceCases.Case> cases() {
    return ReferenceCases.all();
  }

  /** Those in which Timeloop is right; dance.simulate compares the others row by row. */
  static List<ReferenceCases.Case> undisputedCases() {
    return ReferenceCases.own().stream()
        .filter(c -> !c.name().matches("(s06|s12|s13|s17|s18|t03)-.*"))
        .toList();
  }

  private int dance(String... args) {
    out.reset();
    err.reset();
    return Main.run(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private int evaluate(ReferenceCases.Case reference, Accounting accounting) {
    return dance(
        "timeloop",
        reference.file("arch.yaml").toString(),
        reference.file("problem.yaml").toString(),
        reference.file("mapping.yaml").toString(),
        "--accounting",
        accounting.name().toLowerCase(Locale.ROOT),
        "--json");
  }

  /** JSON is YAML. */
  @SuppressWarnings("unchecked")
  private Map<String, Double> printedRows() {
    Load load = new Load(LoadSettings.builder().build());
    return ReferenceRows.of(
        (Map<String, Object>) load.loadFromString(out.toString(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("undisputedCases")
  void printsTheNumbersOfTheReference(ReferenceCases.Case reference) {
    assertThat(evaluate(reference, Accounting.TIMELOOP)).isZero();
    assertThat(ReferenceRows.differences(printedRows(), ReferenceRows.of(reference.stats())))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void printsWhatTheSimulatorCountsInBothAccountings(ReferenceCases.Case reference) {
    for (Accounting accounting : Accounting.values()) {
      assertThat(evaluate(reference, accounting)).isZero();
      Evaluation evaluation =
          Analysis.of(reference.einsum(), reference.accelerator())
              .evaluate(reference.mapping(), accounting);
      assertThat(ReferenceRows.differences(printedRows(), ReferenceRows.of(evaluation))).isEmpty();
    }
  }

  @Test
  void ignoredAttributesAreWarnings(@TempDir Path folder) throws IOException {
    ReferenceCases.Case t01 = ReferenceCases.named("t01-conv1d-os");
    Path arch =
        Files.writeString(
            folder.resolve("arch.yaml"),
            t01.text("arch.yaml").replaceFirst("depth: ", "n_banks: 2, depth: "));
    int exitCode =
        dance(
            "timeloop",
            arch.toString(),
            t01.file("problem.yaml").toString(),
            t01.file("mapping.yaml").toString(),
            "--json");
    assertThat(exitCode).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("warning: arch.yaml:")
        .contains("n_banks");
    assertThat(printedRows()).containsEntry("energy", 8348.0);
  }

  @Test
  void problemsOfBothFilesAreReportedAtOnce(@TempDir Path folder) throws IOException {
    ReferenceCases.Case t01 = ReferenceCases.named("t01-conv1d-os");
    Path arch =
        Files.writeString(
            folder.resolve("arch.yaml"), t01.text("arch.yaml").replace("depth: ", "depht: "));
    Path problem =
        Files.writeString(
            folder.resolve("problem.yaml"), t01.text("problem.yaml").replace("P: 16", "P: -16"));
    int exitCode =
        dance("timeloop", arch.toString(), problem.toString(), t01.file("mapping.yaml").toString());
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("arch.yaml:", "Maybe depth was meant", "problem.yaml:", "-16")
        .doesNotContain("\tat ");
  }

  @Test
  void tilesThatDoNotFitAreReportedWithTheMapping(@TempDir Path folder) throws IOException {
    ReferenceCases.Case t01 = ReferenceCases.named("t01-conv1d-os");
    Path arch =
        Files.writeString(
            folder.resolve("arch.yaml"),
            t01.text("arch.yaml").replaceAll("depth: \\d+", "depth: 4"));
    Path mapping = t01.file("mapping.yaml");
    int exitCode =
        dance("timeloop", arch.toString(), t01.file("problem.yaml").toString(), mapping.toString());
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("mapping.yaml: tiles of "))
        .anyMatch(line -> line.contains("do not fit RF (4 words): 3 words too many"));
  }
}
