package dance.notebook.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a sandbox works, cells run, answers come out, and what they started ends with them. */
class SandboxTest {
  @ParameterizedTest
  @EnumSource(Sandbox.class)
  void cellsRunInEachThatWorksHere(Sandbox sandbox) {
    Assumptions.assumeTrue(sandbox.works(), sandbox + " needs what this machine does not have");
    String mark = "sleep 9876" + sandbox.ordinal() + ".25";
    SubmissionRun run =
        new SubmissionRun(
            sandbox,
            Limits.defaults(),
            List.of("seed", "answer1a", "answer1b", "answer1c"),
            List.of(
                "long seed = 4;",
                "Object answer1a = 0.5; String answer1b = \"1.6 k\\n\"; int broken = \"\";",
                "Object answer1c = List.of(\"A\", 'B');",
                "new ProcessBuilder(\"" + mark.replace(" ", "\", \"") + "\").start();",
                "System.getenv(\"HOME\").equals(System.getProperty(\"user.home\")) ? 1 : 1 / 0",
                "if (System.getenv().size() > 12) { throw new Error(\"\" + System.getenv()); }"),
            List.of("seed == 4", "seed == 5"));
    assertThat(run.run()).isEmpty();
    assertThat(run.answers)
        .containsEntry("seed", 4L)
        .containsEntry("answer1a", 0.5)
        .containsEntry("answer1b", "1.6 k\n")
        .containsEntry("answer1c", List.of("A", "B"));
    assertThat(run.cellErrors.entrySet().stream().filter(e -> !e.getValue().isEmpty()))
        .extracting(java.util.Map.Entry::getKey)
        .as("%s", run.cellErrors)
        .containsExactly(1);
    assertThat(run.testErrors).containsEntry(0, "").containsEntry(1, "it is false");
    // Killed processes are gone after a moment, which is longer on a busy machine.
    assertThat(
            ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").endsWith(mark))
                .map(p -> p.onExit().completeOnTimeout(null, 10, TimeUnit.SECONDS).join()))
        .doesNotContainNull();
  }
}
