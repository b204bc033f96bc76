package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.command.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is left where the optional libraries are absent. */
class WithoutLibrariesTest {
  @TempDir private Path folder;

  private record Ended(int exitCode, String output) {}

  private static String home(Class<?> type) throws Exception {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(source.getLocation().toURI()).toString();
  }

  private Ended java(String... arguments) throws Exception {
    return run(home(Main.class) + File.pathSeparator + home(CommandLine.class), arguments);
  }

  private Ended run(String classPath, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(output));
  }

  @Test
  void theCommandLineNamesWhatItLacks() throws Exception {
    Ended ended = run(home(Main.class), "dance.Launcher", "simulate", "--network", "alexnet");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output())
        .isEqualToIgnoringNewLines(
            "the command line needs the library picocli, which is not on the class path."
                + " Maybe dance.jar was moved without its folder lib.");
    Ended whole =
        run(
            home(Main.class) + File.pathSeparator + home(CommandLine.class),
            "dance.Launcher",
            "--version");
    assertThat(whole.exitCode()).as(whole.output()).isZero();
    Ended training = java("dance.Launcher", "bench", "evaluator", "--table=data/mini-dance.table");
    assertThat(training.exitCode()).as(training.output()).isEqualTo(2);
    assertThat(training.output())
        .contains("ai.djl.", " is not found. Maybe dance.jar was moved without its folder lib.")
        .doesNotContain("fault of the program");
  }

  @Test
  void theKernelIsNotInstalledAndNamesWhatItLacks() throws Exception {
    for (Ended ended :
        List.of(
            java("dance.command.Main", "kernel", "install", "--prefix", folder.toString()),
            java("dance.notebook.kernel.KernelMain", "connection.json"))) {
      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
      assertThat(ended.output())
          .startsWith("the kernel needs the library jjava-jupyter")
          .contains("Maybe dance.jar was moved without its folder lib.")
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
            show(new dance.notebook.drawing.Drawing(20, 10, "<svg/>"));
            show(java.util.List.of(new Point(1, 2)));
            show(new Point(3, 4));
          }
        }
        """);
    Ended ended = java(script.toString());
    assertThat(ended.output().lines()).containsSubsequence("x  y", "1  2", "Point[x=3, y=4]");
    assertThat(ended.output()).startsWith("drawing of").doesNotContain("Exception", "Error");
  }

  @Test
  void theOracleAnswersAndTrainingNamesWhatItLacks() throws Exception {
    Path script = folder.resolve("Training.java");
    Files.writeString(
        script,
        """
        import static dance.Dance.*;
        import dance.cost.*;
        import dance.evaluate.CostTable;
        import dance.space.*;

        public class Training {
          public static void main(String... args) {
            CostTable table = CostTable.build(
                (network, chip) -> new Metrics(1.0 / chip.macUnits(), 1, chip.areaMm2(), 1),
                NetworkSpace.of("one").block("b", BlockShape.of(8, 8, 8), Operation.mbConv(3, 3)),
                AcceleratorSpace.dance().pes(8, 16).rf(4));
            var best = oracle(table, Genotype.of("mb3e3"), o -> o.objective(Objective.LATENCY));
            System.out.println(best.get(0).accelerator().name());
            try {
              trainEvaluator(table, Objective.EDAP);
            } catch (IllegalStateException lacking) {
              System.out.println(lacking.getMessage());
            }
          }
        }
        """);
    assertThat(java(script.toString()).output().lines())
        .containsExactly(
            "template:16x16:rf4:ws",
            "training needs the library DJL, which is not on the class path."
                + " Maybe dance.jar was moved without its folder lib.");
  }
}
