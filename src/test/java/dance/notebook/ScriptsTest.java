package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dance.OtherProgram;
import dance.notebook.kernel.StartUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script for JShell, through its API, which tells of failures; one in the program itself. */
class ScriptsTest {
  private static final Path FOLDER = Path.of("jshell-scripts");
  private static final Path START_UP = FOLDER.resolve("dance.jsh");
  private static final String EXIT = "/exit";

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(f -> f.toString().endsWith(".jsh") && !f.equals(START_UP))
          .sorted()
          .toList();
    }
  }

  @Test
  void cellsBeginWithTheStartUpFile() throws IOException {
    assertThat(StartUp.imports()).isEqualTo(Files.readString(START_UP));
    assertThat(scripts()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptRunsSnippetBySnippetWithoutAFailure(Path script) throws IOException {
    List<String> lines = Files.readAllLines(script);
    assertThat(lines).last().isEqualTo(EXIT); // else the shell would wait for its reader
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (JShell shell =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions("-classpath", System.getProperty("java.class.path"))
            .build()) {
      run(shell, Files.readAllLines(START_UP));
      run(shell, lines.subList(0, lines.size() - 1));
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isNotBlank();
  }

  private static void run(JShell shell, List<String> lines) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String waiting = "";
    for (String line : lines) {
      waiting += line + "\n";
      var info = analysis.analyzeCompletion(waiting);
      if (info.completeness().isComplete()) {
        String snippet = info.source();
        assertThat(info.remaining()).as("a line is a statement: " + snippet).isBlank();
        for (SnippetEvent event : shell.eval(snippet)) {
          assertThat(event.exception()).as(snippet).isNull();
          assertThat(event.status())
              .as(
                  snippet
                      + shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList())
              .isIn(Status.VALID, Status.OVERWRITTEN);
        }
        waiting = "";
      } else if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        waiting = "";
      }
    }
    assertThat(waiting).as("unfinished").isBlank();
  }

  @Test
  void aScriptRunsInTheShellItselfAsItsFirstLinesSay() throws Exception {
    OtherProgram.Ended ended =
        shell(
            "--class-path",
            OtherProgram.classPath(),
            // it runs for seconds: what a better compiler would gain is less than what it costs
            "-J-XX:TieredStopAtLevel=1",
            "-R-XX:TieredStopAtLevel=1",
            "--startup",
            "DEFAULT",
            "--startup",
            START_UP.toString(),
            FOLDER.resolve("map.jsh").toString());
    assertThat(ended.out()).as(ended.toString()).contains("ROW_STATIONARY");
    assertThat(failures(ended)).isEmpty();
  }

  @Test
  void aFailureInTheShellIsSeen(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("bad.jsh"), "int a = \"s\";\n1 / 0\n/exit\n");
    assertThat(failures(shell(script.toString()))).hasSize(2);
  }

  private static OtherProgram.Ended shell(String... arguments) throws Exception {
    Path jshell = Path.of(System.getProperty("java.home"), "bin", "jshell");
    assumeTrue(Files.isExecutable(jshell), "needs the program jshell of a JDK");
    List<String> command = new ArrayList<>(List.of(jshell.toString()));
    command.addAll(List.of(arguments));
    OtherProgram.Ended ended = OtherProgram.of(command.toArray(String[]::new)).run();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    return ended;
  }

  /** The shell ends with 0 whatever happened; where it says so, and how, depends on the JDK. */
  private static List<String> failures(OtherProgram.Ended ended) {
    return Pattern.compile("(?m)^(\\|\\s+)?(Error:|Exception ).*")
        .matcher(ended.out() + "\n" + ended.err())
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
