package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when a command cannot be run, and its exit code. */
class CommandErrorsTest {
  @TempDir private Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  @Test
  void allMissingFilesAndFoldersAreNamedAtOnce() {
    String none = folder.resolve("none.yaml").toString();
    assertThat(terminal.dance("timeloop", none, folder.toString(), terminal.mapping)).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualToNormalizingNewlines(
            none
                + ": no such file (ARCH.yaml)\n"
                + folder
                + ": is a directory, not a file (PROBLEM.yaml)\n");
    assertThat(terminal.dance("map", none, none, none, "--out", none + "/x/y")).isEqualTo(2);
    assertThat(terminal.err().lines())
        .hasSize(4)
        .last()
        .asString()
        .contains("does not exist (--out)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeloop",
        "map",
        "simulate",
        "bench",
        "nonsense",
        "--nonsense",
        "map --budget=0",
        "map --budget=-1",
        "map --budget=NaN",
        "map --seconds=soon",
        "map --effort=0",
        "map --effort=much",
        "simulate --network=n --accelerator=a --effort=-1",
        "map --objective=area",
        "map --accounting=none",
        "simulate --network=n --accelerator=a --json --csv",
        "simulate --network=n --accelerator=a --dataflow=free",
        "bench speed",
        "bench oracle --table=none.table",
        "table",
        "table build --threads=none",
        "table build --pes=7",
        "table build --threads=0",
        "table info",
        "oracle",
        "oracle --network=zero --at-most=latency",
        "oracle --network=zero --objective=edpa",
        "timeloop --out=x"
      })
  void wrongOptionsAreAnsweredWithoutAStackTrace(String command) {
    String[] words = command.split(" ");
    if (words[0].equals("map") && words.length > 1) {
      words = new String[] {"map", terminal.arch, terminal.problem, words[1]};
    }
    assertThat(terminal.dance(words)).isEqualTo(2);
    assertThat(terminal.err()).isNotBlank().doesNotContain("\tat ", "Exception");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aWordThatIsNotAmongTheChoicesIsAnsweredWithThem() {
    assertThat(terminal.dance("map", terminal.arch, terminal.problem, "--objective=area"))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("'area' is not one of edp, energy, latency");
  }

  @Test
  void badInputIsReportedInItsOwnWords() {
    assertThat(failure(new IllegalArgumentException("arch.yaml:3: depht. Maybe depth?"), false))
        .isEqualTo("2 arch.yaml:3: depht. Maybe depth?" + System.lineSeparator());
    assertThat(failure(new UncheckedIOException(new NoSuchFileException("net.onnx")), false))
        .startsWith("2 net.onnx: no such file")
        .doesNotContain("\tat ");
    assertThat(terminal.dance("timeloop", terminal.arch, terminal.arch, terminal.mapping))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("arch.yaml is no problem").doesNotContain("\tat ");
  }

  private static String failure(Exception failure, boolean stackTrace) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = new Failures(stream, stackTrace).report(failure);
    return code + " " + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFaultOfOursShowsItsOriginOnlyWhenAsked() {
    Exception fault = new IllegalStateException("lost a tile");
    assertThat(failure(fault, false))
        .startsWith("1 unexpected IllegalStateException: lost a tile")
        .contains("--stacktrace")
        .doesNotContain("\tat ");
    assertThat(failure(fault, true)).startsWith("1 ").contains("\tat ");
    String[] bad = {"timeloop", terminal.arch, terminal.arch, terminal.mapping, "--stacktrace"};
    assertThat(terminal.dance(bad)).isEqualTo(2);
    assertThat(terminal.err()).contains("\tat ");
  }

  @Test
  void everyCommandHasHelpAndTheVersion() {
    for (String command :
        List.of(
            "",
            "timeloop ",
            "map ",
            "simulate ",
            "table ",
            "table build ",
            "table info ",
            "table verify ",
            "oracle ",
            "bench ",
            "bench mappings ",
            "bench oracle ")) {
      assertThat(terminal.dance((command + "--help").split(" "))).isZero();
      assertThat(terminal.out())
          .startsWith("Usage: dance " + command.strip())
          .doesNotContain("stacktrace");
      assertThat(terminal.dance((command + "--version").split(" "))).isZero();
      assertThat(terminal.out()).matches("dance \\d+\\.\\d+\\.\\d+\\R");
    }
  }
}
