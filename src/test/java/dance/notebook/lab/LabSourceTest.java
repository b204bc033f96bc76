package dance.notebook.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.check.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One source makes two versions: the students' has all but the solutions. */
class LabSourceTest {
  private static final Path EXAMPLE = Path.of("notebooks/lecturer/reuse.ipynb");

  @TempDir private Path folder;

  private static String text(Path notebook) {
    StringBuilder text = new StringBuilder();
    for (LabCell cell : LabNotebook.read(notebook).cells()) {
      assertThat(cell.is("raw")).isFalse();
      text.append(cell.source()).append('\n');
    }
    return text.toString();
  }

  @Test
  void theStudentsVersionHasNoSolutionAndTheSolutionNoMark() {
    LabSource source = LabSource.read(EXAMPLE);
    assertThat(source.questions())
        .extracting(Question::name)
        .containsExactly("1c", "1f", "passes", "discuss");
    assertThat(source.questions()).extracting(Question::points).containsExactly(2.0, 3.0, 2.0, 3.0);
    List<Path> files = source.assign(folder);
    assertThat(files)
        .containsExactly(
            folder.resolve("student/reuse.ipynb"), folder.resolve("solution/reuse.ipynb"));
    String student = text(files.get(0));
    assertThat(student)
        .contains("Object answer1c = null; // your answer", "Object answer1f = null;", "return 0;")
        .contains("check(\"1c\", answer1c)", "passes(4, 3) == 4", "_Type your answer here")
        .doesNotContain("tiles == 1", "passes(4, 1)", "outermost: the larger", "given1c");
    String solution = text(files.get(1));
    assertThat(solution)
        .contains("tiles == 1 ? 1 : outer", "passes(4, 1)", "outermost: the larger", "given1c")
        .doesNotContain("return 0;", "_Type your answer here", "// your answer");
    assertThat(student + solution)
        .doesNotContain("SOLUTION", "PROMPT", "BEGIN", "Ignore", "The source of a lab");
  }

  @Test
  void whatStudentsMustNotChangeIsLockedAndNothingHasOutputs() {
    LabNotebook student = LabNotebook.read(LabSource.read(EXAMPLE).assign(folder).get(0));
    assertThat(student.cells().stream().filter(c -> c.source().startsWith("check(")))
        .hasSize(2)
        .allMatch(c -> c.json().get("metadata").toString().contains("editable=false"));
    assertThat(student.cells().stream().filter(c -> c.is("code")))
        .allMatch(c -> c.json().get("outputs").equals(List.of()));
    assertThat(student.metadata().get("dance").toString()).contains("lab=reuse", "name=1c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Object a = 4; // SOLUTION | Object a = null; // your answer",
        "double a = 4; // SOLUTION | double a = 0; // your answer",
        "final int a = 4; // SOLUTION | final int a = 0; // your answer",
        "boolean a = b == c; // SOLUTION | boolean a = false; // your answer",
        "var a = List.of(1); // SOLUTION | Object a = null; // your answer",
        "List<String> a = List.of(); # SOLUTION | List<String> a = null; // your answer",
        "a = 3; // SOLUTION | a = null; // your answer",
        "print(4); // SOLUTION | // your answer",
        "print(4); // SOLUTION NO PROMPT | ''",
        "int a = 3; // the solution is 4 | int a = 3; // the solution is 4",
      })
  void aMarkedLineBecomesABlankThatCompiles(String source, String blank) {
    Rules rules = new Rules();
    assertThat(SolutionMarks.applied(source, true, rules, "cell 1")).isEqualTo(blank);
    rules.check();
  }

  @Test
  void allThatIsWrongIsNamedAtOnceWithItsCell() throws Exception {
    Path file = folder.resolve("bad.ipynb");
    Files.writeString(
        file,
        Notebooks.of(
            "raw:# END QUESTION",
            "raw:# BEGIN QUESTION\npoints: many",
            "code:// END SOLUTION",
            "raw:# BEGIN TESTS",
            "raw:# BEGIN SOLUTION",
            "raw:# END SOLUTION",
            "raw:# END QUESTION",
            "raw:# BEGIN QUESTION\nname: own",
            "code:// BEGIN SOLUTION",
            "raw:# END QUESTION",
            "raw:# BEGIN QUESTION\nname: 1a"));
    assertThatThrownBy(() -> LabSource.read(file))
        .hasMessageContaining("cell 1: # END QUESTION without # BEGIN QUESTION")
        .hasMessageContaining("cell 3: END SOLUTION without BEGIN SOLUTION")
        .hasMessageContaining("cell 5: # BEGIN SOLUTION within # BEGIN TESTS")
        .hasMessageContaining("has no name")
        .hasMessageContaining("points (many) are no number")
        .hasMessageContaining("cell 9: BEGIN SOLUTION has no END SOLUTION")
        .hasMessageContaining("question own is none of the exercises and has no tests")
        .hasMessageContaining("# BEGIN QUESTION has no # END QUESTION");
    assertThat(folder.resolve("student")).doesNotExist();
  }

  @Test
  void whatIsNoNotebookIsNamed() throws Exception {
    Path file = folder.resolve("no.ipynb");
    for (String text : List.of("", "{", "[]", "{\"cells\": 3}", "{\"cells\": [3]}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> LabSource.read(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no.ipynb is not a notebook");
    }
  }
}
