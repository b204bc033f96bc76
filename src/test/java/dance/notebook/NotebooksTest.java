package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.CpuTime;
import dance.NewSession;
import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.CellResult;
import dance.notebook.kernel.Completion.State;
import dance.notebook.kernel.StartUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook, as it is committed and as it runs in this JVM; {@link NotebooksInJupyterTest}
 * runs them in Jupyter. That both show what is committed says that nothing depends on who runs a
 * cell.
 */
class NotebooksTest {
  private static final Path FOLDER = Path.of("notebooks");
  private static final int MOST_CELLS = 25;

  /** Three times what the longest takes, for a busy machine; the work counts, not the clock. */
  static final double MOST_CPU_SECONDS = 90;

  /** These run here, too, where there is a Jupyter; without one all do. */
  private static final Predicate<Path> BRIEF =
      file -> file.getFileName().toString().matches("0[156]-.*");

  /** What PyTorch computes may differ in the last digits elsewhere; all else may not. */
  private static final Predicate<String> REPEATABLE =
      Pattern.compile("trainEvaluator|NeuralEvaluator|forwarded").asPredicate().negate();

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void notebooksAreNumberedFromOneOn() throws IOException {
    List<String> numbers =
        notebooks().stream().map(f -> f.getFileName().toString().substring(0, 3)).toList();
    assertThat(numbers)
        .containsExactly(
            "01-", "02-", "03-", "04-", "05-", "06-", "07-", "08-", "09-", "11-", "12-", "13-");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookIsShortTellsBeforeItRunsAndEndsWithWhatWasLearned(Path file) {
    List<NotebookFile.Cell> cells = NotebookFile.read(file).cells();
    assertThat(cells).hasSizeLessThanOrEqualTo(MOST_CELLS);
    assertThat(cells.get(0).isCode()).isFalse();
    assertThat(cells.get(cells.size() - 1).source()).containsIgnoringCase("what was learned");
    for (NotebookFile.Cell cell : cells) {
      assertThat(cell.source()).doesNotContainPattern("(?m)^%");
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookIsCommittedAsItRanFromTopToBottom(Path file) throws Exception {
    List<NotebookFile.Cell> code = NotebookFile.read(file).code();
    for (int i = 0; i < code.size(); i++) {
      assertThat(code.get(i).count()).as(code.get(i).source()).isEqualTo(i + 1);
      assertThat(code.get(i).errors()).isEmpty();
      for (Map<String, String> forms : code.get(i).outputs()) {
        Pictures.assertNotBlank(code.get(i).source(), forms);
      }
    }
    assertThat(code.stream().flatMap(cell -> cell.outputs().stream()))
        .anyMatch(forms -> forms.keySet().stream().anyMatch(type -> type.startsWith("image/")));
  }

  /** As a shell reads it: a line that is complete runs, whatever the next begins with. */
  @ParameterizedTest
  @MethodSource("notebooks")
  void aCellIsTheSameToAReaderOfLines(Path file) {
    try (CellEvaluator reader = new CellEvaluator("")) {
      for (NotebookFile.Cell cell : NotebookFile.read(file).code()) {
        assertThat(String.join("", statements(reader, cell)).stripTrailing())
            .isEqualTo(cell.source().stripTrailing());
      }
    }
  }

  static List<Path> notebooksToRun() throws IOException {
    return notebooks().stream().filter(BRIEF.or(file -> !Jupyter.isThere())).toList();
  }

  @ParameterizedTest
  @MethodSource("notebooksToRun")
  void aNotebookRunsLineByLineAndShowsWhatIsCommitted(Path file) throws Exception {
    double start = CpuTime.seconds();
    NewSession.begin();
    RecordingFrontend.start();
    PrintStream out = System.out;
    try (CellEvaluator lines = new CellEvaluator(StartUp.imports())) {
      for (NotebookFile.Cell cell : NotebookFile.read(file).code()) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        CellResult result = null;
        for (String statement : statements(lines, cell)) {
          result = lines.evaluate(statement, cell.count());
        }
        List<Map<String, String>> shown = new ArrayList<>(RecordingFrontend.take());
        if (result.isShown()) {
          shown.add(Renderers.render(result.value()));
        }
        if (printed.size() > 0) {
          shown.add(Map.of("text/plain", printed.toString(StandardCharsets.UTF_8)));
        }
        assertShowsWhatIsCommitted(cell, shown);
      }
    } finally {
      System.setOut(out);
      RecordingFrontend.stop();
    }
    assertThat(CpuTime.seconds() - start).as("seconds").isLessThan(MOST_CPU_SECONDS);
  }

  private static List<String> statements(CellEvaluator lines, NotebookFile.Cell cell) {
    List<String> statements = new ArrayList<>();
    String waiting = "";
    for (String line : cell.source().lines().toList()) {
      waiting += line + "\n";
      if (lines.completion().state(waiting) == State.COMPLETE) {
        statements.add(waiting);
        waiting = "";
      }
    }
    assertThat(waiting).as("unfinished at the end of a cell").isBlank();
    return statements;
  }

  static void assertShowsWhatIsCommitted(NotebookFile.Cell cell, List<Map<String, String>> shown)
      throws Exception {
    assertThat(types(shown)).as(cell.source()).isEqualTo(types(cell.outputs()));
    if (REPEATABLE.test(cell.source())) {
      assertThat(lines(shown)).as(cell.source()).isEqualTo(lines(cell.outputs()));
    }
    for (Map<String, String> forms : shown) {
      assertThat(forms.values()).as(cell.source()).allMatch(form -> !form.isBlank());
      Pictures.assertNotBlank(cell.source(), forms);
    }
  }

  /** All lines of text in order of the alphabet; bars are gone when what they show is over. */
  private static List<String> lines(List<Map<String, String>> outputs) {
    return outputs.stream()
        .flatMap(forms -> forms.getOrDefault("text/plain", "").lines())
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .sorted()
        .toList();
  }

  private static Set<String> types(List<Map<String, String>> shown) {
    Set<String> types = new HashSet<>();
    shown.forEach(forms -> types.addAll(forms.keySet()));
    return types;
  }
}
