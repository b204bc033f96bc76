package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.OtherProgram;
import dance.command.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is left where the optional libraries are absent. */
class WithoutLibrariesTest {
  @TempDir private Path folder;

  private static String home(Class<?> type) throws Exception {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(source.getLocation().toURI()).toString();
  }

  private OtherProgram.Ended java(String... arguments) throws Exception {
    return run(home(Main.class) + File.pathSeparator + home(CommandLine.class), arguments);
  }

  private OtherProgram.Ended run(String classPath, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("-cp", classPath));
    command.addAll(List.of(arguments));
    return OtherProgram.java(command.toArray(String[]::new)).run();
  }

  @Test
  void theCommandLineNamesWhatItLacks() throws Exception {
    OtherProgram.Ended ended =
        run(home(Main.class), "dance.Launcher", "simulate", "--network", "alexnet");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err().lines())
        .contains(
            "the command line needs the library info.picocli:picocli:4.7.7, which is not on the"
                + " class path. Maybe add it, or dance.jar was moved without its folder lib.");
    OtherProgram.Ended whole =
        run(
            home(Main.class) + File.pathSeparator + home(CommandLine.class),
            "dance.Launcher",
            "--version");
    assertThat(whole.exitCode()).as(whole.toString()).isZero();
    OtherProgram.Ended training =
        java("dance.Launcher", "bench", "evaluator", "--table=data/mini-dance.table");
    assertThat(training.exitCode()).as(training.toString()).isEqualTo(2);
    assertThat(training.err())
        .contains(
            "need the library ai.djl:api:",
            "Maybe add it, or dance.jar was moved without its folder lib.")
        .doesNotContain("fault of the program");
  }

  @Test
  void theKernelIsNotInstalledAndNamesWhatItLacks() throws Exception {
    for (OtherProgram.Ended ended :
        List.of(
            java("dance.command.Main", "kernel", "install", "--prefix", folder.toString()),
            java("dance.notebook.kernel.KernelMain", "connection.json"))) {
      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
      assertThat(ended.err())
          .contains("the kernel needs the library org.dflib.jjava:jjava-jupyter:")
          .doesNotContain("\tat ");
    }
    assertThat(folder.resolve("share")).doesNotExist();
  }

  @Test
  void showPrintsDrawingsTablesAndRecords() throws Exception {
    Path script = folder.resolve("Showing.java");
    Files.writeString(
        script,
        """
        import static dance.notebook.Show.show;

        public class Showing {
          record Point(int x, int y) {}

          public static void main(String... args) {
            show(new dance.notebook.drawing.Drawing(20, 10, "<svg/>", "nothing"));
            show(java.util.List.of(new Point(1, 2)));
            show(new Point(3, 4));
          }
        }
        """);
    OtherProgram.Ended ended = java(script.toString());
    assertThat(ended.out().lines())
        .as(ended.toString())
        .containsSubsequence("x  y", "1  2", "Point[x=3, y=4]");
    assertThat(ended.out()).startsWith("drawing of").doesNotContain("Exception", "Error");
  }
}
