package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.CpuTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every notebook in Jupyter, in a kernel of its own. */
class NotebooksInJupyterTest {
  @TempDir private static Path folder;
  private static Jupyter jupyter;

  @BeforeAll
  static void install() throws Exception {
    jupyter = Jupyter.orSkip(folder);
  }

  static List<Path> notebooks() throws IOException {
    return NotebooksTest.notebooks();
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookRunsInJupyterAndShowsWhatIsCommitted(Path file) throws Exception {
    double start = CpuTime.seconds();
    NotebookFile executed = jupyter.execute(file);
    // a lab is for a class that waits
    boolean lab = file.getFileName().toString().contains("-lab-");
    assertThat(CpuTime.seconds() - start)
        .as("seconds")
        .isLessThan(lab ? 60 : NotebooksTest.MOST_CPU_SECONDS);
    List<NotebookFile.Cell> committed = NotebookFile.read(file).code();
    for (int i = 0; i < committed.size(); i++) {
      NotebookFile.Cell cell = executed.code().get(i);
      assertThat(cell.errors()).as(cell.source()).isEmpty();
      NotebooksTest.assertShowsWhatIsCommitted(committed.get(i), cell.outputs());
    }
  }
}
