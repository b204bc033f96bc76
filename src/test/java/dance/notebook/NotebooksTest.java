package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.notebook.kernel.Assistance.State;
import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.CellResult;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every notebook, as it is committed and as it runs. */
class NotebooksTest {
  private static final Path FOLDER = Path.of("notebooks");
  private static final int MOST_CELLS = 19;
  private static final double LONGEST_SECONDS = 90;

  /** What PyTorch computes may differ in the last digits elsewhere; all else may not. */
  private static final Predicate<String> REPEATABLE =
      Pattern.compile("trainEvaluator|NeuralEvaluator|forwarded").asPredicate().negate();

  @TempDir private Path folder;

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void notebooksAreNumberedFromOneOn() throws IOException {
    List<String> numbers =
        notebooks().stream().map(f -> f.getFileName().toString().substring(0, 3)).toList();
    assertThat(numbers).containsExactly("01-", "02-", "03-", "04-", "05-", "06-", "07-");
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

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookRunsLineByLineAndShowsWhatIsCommitted(Path file) throws Exception {
    long start = System.nanoTime();
    RecordingFrontend.start();
    PrintStream out = System.out;
    try (CellEvaluator lines = new CellEvaluator(StartUp.imports())) {
      for (NotebookFile.Cell cell : NotebookFile.read(file).code()) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        CellResult result = runLineByLine(lines, cell);
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
    assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(LONGEST_SECONDS);
  }

  /** As a shell reads them: a line that is complete runs, whatever the next begins with. */
  private static CellResult runLineByLine(CellEvaluator lines, NotebookFile.Cell cell) {
    CellResult result = null;
    String waiting = "";
    for (String line : cell.source().lines().toList()) {
      waiting += line + "\n";
      if (lines.assistance().state(waiting) == State.COMPLETE) {
        result = lines.evaluate(waiting, cell.count());
        waiting = "";
      }
    }
    assertThat(waiting).as("unfinished at the end of a cell").isBlank();
    return result;
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

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookRunsInJupyterAndShowsWhatIsCommitted(Path file) throws Exception {
    Jupyter jupyter = Jupyter.orSkip(folder);
    NotebookFile executed = jupyter.execute(file);
    List<NotebookFile.Cell> committed = NotebookFile.read(file).code();
    for (int i = 0; i < committed.size(); i++) {
      NotebookFile.Cell cell = executed.code().get(i);
      assertThat(cell.errors()).as(cell.source()).isEmpty();
      assertShowsWhatIsCommitted(committed.get(i), cell.outputs());
    }
  }
}
