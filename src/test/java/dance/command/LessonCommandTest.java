package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.lesson.ExerciseSolutions;
import dance.lesson.Exercises;
import dance.notebook.lab.Notebooks;
import dance.report.JsonText;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labs for students, and their grades, whatever they hand in. */
class LessonCommandTest {
  private static final Path LAB = Path.of("notebooks/lecturer/reuse.ipynb");

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private Path submission(String student, String... cells) throws Exception {
    Path file = folder.resolve(student + ".ipynb");
    Files.writeString(file, Notebooks.of(cells));
    return file;
  }

  private int grade(Object... args) {
    List<Object> all = new ArrayList<>(List.of("lesson", "grade"));
    all.addAll(List.of(args));
    all.addAll(List.of("--out", folder.resolve("grades.csv")));
    return shell.dance(all.toArray());
  }

  private Map<String, Object> json(String student) throws Exception {
    return JsonText.read(Files.readString(folder.resolve("grades-json/" + student + ".json")));
  }

  private static String right(String id, long seed) {
    return "code:Object answer%s = \"%s\";"
        .formatted(id, ExerciseSolutions.right(Exercises.of(id, seed)));
  }

  @Test
  void bothVersionsOfALabAreMadeAndTheSolutionHasAllPoints() throws Exception {
    assertThat(shell.dance("lesson", "assign", LAB, "--out", folder)).as(shell.err()).isZero();
    assertThat(shell.out()).contains("reuse: 4 questions, 10 points");
    Path ada = Files.copy(folder.resolve("solution/reuse.ipynb"), folder.resolve("ada.ipynb"));
    Path bob = Files.copy(folder.resolve("student/reuse.ipynb"), folder.resolve("bob.ipynb"));
    assertThat(grade(ada, bob, "--lab", LAB)).as(shell.err()).isZero();
    assertThat(Files.readString(folder.resolve("grades.csv")))
        .isEqualTo(
            """
            student,seed,1c,1f,passes,discuss,total,of,notes
            ada,1,2,3,2,,7,7,
            bob,1,0,0,0,,0,7,same seed as ada
            """);
    assertThat(shell.err()).contains("ada: 7 of 7", "bob: 0 of 7").startsWith("contained: ");
    assertThat(json("ada").get("failed_cells")).isEqualTo(List.of());
    assertThat(json("bob").get("questions").toString()).contains("no answer", "it is false");
  }

  @Test
  void mistakesAreNamedAndWhatASubmissionMakesOfCheckDoesNotCount() throws Exception {
    Object sum = ExerciseSolutions.wrong(Exercises.of("1c", 6)).get("counts partial sums twice");
    Path eve =
        submission(
            "eve",
            "markdown:my work",
            "code:long seed = 6;",
            "code:Verdict check(String id, Object answer) { return null; }",
            "code:Object answer1c = " + sum + "L; check(\"1c\", answer1c)",
            "code:int broken = ;",
            "code:throw new IllegalStateException(\"mine\");",
            right("1a", 6));
    assertThat(grade(eve)).as(shell.err()).isZero();
    assertThat(Files.readString(folder.resolve("grades.csv")))
        .isEqualTo(
            """
            student,seed,1a,1b,1c,1d,1e,1f,total,of,notes
            eve,6,1,0,0,0,0,0,1,6,
            """);
    assertThat(json("eve").get("questions").toString())
        .contains("diagnosis=counts partial sums twice", "diagnosis=no answer");
    assertThat(json("eve").get("failed_cells").toString())
        .contains("cell=5", "cell=6", "mine")
        .doesNotContain("cell=4");
  }

  @Test
  void seedsOfAListCountAndWhoHandsInNothingHasARow() throws Exception {
    Path seeds = folder.resolve("seeds.csv");
    Files.writeString(seeds, "student,seed\nada,5\nbob,7\n");
    Path ada = submission("ada", "code:long seed = 9;", right("1a", 9));
    assertThat(grade(ada, "--seeds", seeds)).as(shell.err()).isZero();
    assertThat(Files.readString(folder.resolve("grades.csv")))
        .contains("ada,5,0,", "\"answers with seed 9, not with its own\"")
        .contains("bob,7,0,", "no submission");
    assertThat(json("ada").get("questions").toString()).contains("numbers of another seed");
  }

  /** Each cell ends or hinders its process; what else there is counts all the same. */
  @Test
  void whateverASubmissionDoesItIsNamedAndTheOthersAreGraded() throws Exception {
    Path hostile =
        submission(
            "hostile",
            right("1a", 1),
            "code:System.exit(0);",
            "code:while (true) { Thread.sleep(20); }",
            "code:List<long[]> all = new ArrayList<>();\nwhile (true) { all.add(new long[1 << 20]); }",
            "code:for (int i = 0; i < 99; i++) {"
                + " java.nio.file.Files.write(Path.of(\"f\" + i), new byte[1 << 20]); }\n"
                + "Thread.sleep(60_000);",
            "code:Runtime.getRuntime().halt(7);",
            right("1b", 1));
    assertThat(grade(hostile, submission("empty"), "--seconds=8", "--memory=96"))
        .as(shell.err())
        .isZero();
    assertThat(Files.readAllLines(folder.resolve("grades.csv")).subList(1, 3))
        .as(Files.readString(folder.resolve("grades-json/hostile.json")))
        .containsExactly(
            "hostile,1,1,0,0,0,0,0,1,6,given up after 5 starts",
            "empty,1,0,0,0,0,0,0,0,6,same seed as hostile");
    assertThat(json("hostile").get("failed_cells").toString())
        .contains("cell=2, error=ended the program (exit code 0)")
        .contains("cell=3, error=no end within 8 s")
        .contains("cell=4, error=out of memory: more than 96 MiB")
        .contains("cell=5, error=more than 64 MiB of files")
        .contains("cell=6, error=ended the program (exit code 7)");
  }

  @Test
  void nothingLeavesTheProcessAndNothingRunsOnWhereSaid() throws Exception {
    Path outside = folder.resolve("outside.txt");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Path fork =
          submission(
              "fork",
              "code:new ProcessBuilder(\"sleep\", \"98765.5\").start();",
              "code:new java.net.Socket(\"127.0.0.1\", " + server.getLocalPort() + ").close();",
              "code:java.nio.file.Files.writeString(Path.of(\"" + outside + "\"), \"x\");",
              "code:new ProcessBuilder(\"sh\", \"-c\", \"mount -o remount,rw / ; echo x >"
                  + folder.resolve("escaped")
                  + "\").start().waitFor();",
              "code:var raw = new java.io.FileOutputStream(java.io.FileDescriptor.out);\n"
                  + "raw.write(\"{\\\"done\\\": \\n{\\\"end\\\": 3}\\nxyz\".getBytes());"
                  + " System.out.println(\"x\".repeat(1 << 24));",
              "code:System.exit(0);",
              right("1a", 1));
      assertThat(grade(fork)).as(shell.err()).isZero();
    }
    boolean closed = shell.err().contains("network, processes");
    if (closed) {
      assertThat(json("fork").get("failed_cells").toString())
          .contains("cell=2", "Read-only file system")
          .doesNotContain("cell=5");
      assertThat(outside).doesNotExist();
      assertThat(folder.resolve("escaped")).doesNotExist();
      assertThat(
              ProcessHandle.allProcesses()
                  .filter(p -> p.info().commandLine().orElse("").contains("sleep 98765.5")))
          .isEmpty();
    }
    assertThat(Files.readString(folder.resolve("grades.csv")))
        .endsWith("fork,1,1,0,0,0,0,0,1,6,\n");
  }

  @Test
  void badInputIsRefusedBeforeAnythingRuns() throws Exception {
    Path ada = submission("ada", "code:Object answer1a = 1;");
    Path twin = Files.createDirectory(folder.resolve("late")).resolve("ada.ipynb");
    Files.copy(ada, twin);
    assertThat(grade(ada, twin)).isEqualTo(2);
    assertThat(shell.err()).contains("are of the same student: grade one of them");
    assertThat(grade(folder.resolve("none.ipynb"))).isEqualTo(2);
    assertThat(shell.err()).contains("none.ipynb: no such file");
    assertThat(grade(submission("other", "code:1 + 1"))).isEqualTo(2);
    assertThat(shell.err()).contains("no submission answers an exercise. Maybe --lab SOURCE.ipynb");
    Path seeds = folder.resolve("seeds.csv");
    Files.writeString(seeds, "ada,x\nbob,1\nbob,2\n");
    assertThat(grade(ada, "--seeds", seeds)).isEqualTo(2);
    assertThat(shell.err())
        .contains("seeds.csv:1: \"ada,x\" is not student,seed", "seeds.csv:3: bob has a seed");
    assertThat(grade(ada, "--seconds", "0", "--memory", "1")).isEqualTo(2);
    assertThat(shell.err()).contains("seconds of a cell (0)", "memory (1 MiB)");
    assertThat(shell.dance("lesson", "assign", ada, "--out", folder)).isEqualTo(2);
    assertThat(shell.err()).contains("ada.ipynb has no question");
    assertThat(folder.resolve("grades.csv")).doesNotExist();
    assertThat(folder.resolve("grades-json")).doesNotExist();
    assertThat(folder.resolve("student")).doesNotExist();
  }
}
