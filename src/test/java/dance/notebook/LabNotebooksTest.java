package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.lesson.Exercise;
import dance.lesson.ExerciseSolutions;
import dance.lesson.Exercises;
import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.StartUp;
import dance.notebook.lab.Grade;
import dance.notebook.lab.Grader;
import dance.notebook.lab.Limits;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exercises of the labs, filled in: with right answers, and with each usual mistake. */
class LabNotebooksTest {
  private static final Pattern BLANK = Pattern.compile("Object answer(\\w+) = null;");

  static List<Path> labs() throws Exception {
    return NotebooksTest.notebooks().stream()
        .filter(file -> file.getFileName().toString().matches("1[123]-lab-.*"))
        .toList();
  }

  private static List<String> exercises(Path lab) {
    List<String> cells = new ArrayList<>();
    for (NotebookFile.Cell cell : NotebookFile.read(lab).code()) {
      if (BLANK.matcher(cell.source()).find()) {
        cells.add(cell.source());
      }
    }
    return cells;
  }

  private static String id(String cell) {
    Matcher blank = BLANK.matcher(cell);
    assertThat(blank.find()).isTrue();
    return blank.group(1);
  }

  private static String filled(String cell, Object answer) {
    return BLANK
        .matcher(cell)
        .replaceFirst(m -> Matcher.quoteReplacement(m.group().replace("null", literal(answer))));
  }

  /** As a student writes it. */
  private static String literal(Object answer) {
    if (answer instanceof Collection<?> several) {
      return several.stream()
          .map(LabNotebooksTest::literal)
          .collect(Collectors.joining(", ", "List.of(", ")"));
    }
    if (answer instanceof String text) {
      return "\"" + text.replace("\n", "\\n") + "\"";
    }
    return answer instanceof Long whole ? whole + "L" : String.valueOf(answer);
  }

  @Test
  void everyExerciseHasItsCell() throws Exception {
    List<String> ids = new ArrayList<>();
    for (Path lab : labs()) {
      exercises(lab).forEach(cell -> ids.add(id(cell)));
    }
    assertThat(ids).containsExactlyElementsOf(Exercises.ids());
  }

  /** From top to bottom, as who hands it in has run it, in the process of a submission. */
  @ParameterizedTest
  @MethodSource("labs")
  void aLabWithAllAnswersRunsAndHasAllPoints(Path lab, @TempDir Path folder) throws Exception {
    String text = Files.readString(lab).replace("long seed = 1;", "long seed = 6;");
    for (String cell : exercises(lab)) {
      String id = id(cell);
      String right = literal(ExerciseSolutions.right(Exercises.of(id, 6)));
      text =
          text.replace(
              "Object answer" + id + " = null;",
              "Object answer%s = %s;"
                  .formatted(id, right.replace("\\", "\\\\").replace("\"", "\\\"")));
    }
    Path ada = folder.resolve("ada.ipynb");
    Files.writeString(ada, text.replaceAll("(Object guess\\d) = null;", "$1 = 5;"));
    Grade grade =
        new Grader(List.of(), Map.of(), new Limits(60, 512, 64))
            .grade(List.of(ada), g -> {})
            .get(0);
    assertThat(grade.total()).as("%s", grade).isEqualTo(exercises(lab).size());
    assertThat(grade.of()).isEqualTo(grade.total());
    assertThat(grade.seed()).isEqualTo(6);
    assertThat(grade.cells()).isEmpty();
  }

  /** A number of the simulator is asked for before it is shown. */
  @ParameterizedTest
  @MethodSource("labs")
  void whatIsToBePredictedStaysHiddenUntilThen(Path lab) {
    int hidden = 0;
    try (CellEvaluator cells = new CellEvaluator(StartUp.imports())) {
      for (NotebookFile.Cell cell : NotebookFile.read(lab).code()) {
        if (cell.source().contains("predict(best")) {
          cells.evaluate(
              "var best = map(Layer.conv(\"unseen\", 16, 24).kernel(3).output(8), \"eyeriss\");",
              1);
        }
        if (cell.source().contains("predict(again")) {
          cells.evaluate("var small = Layer.conv(\"small\", 2, 3).kernel(2).output(4);", 1);
        }
        if (cell.source().contains("predict(")) {
          hidden++;
          assertThat(cell.outputs()).hasSize(1);
          assertThat(cell.outputs().get(0)).containsOnlyKeys("text/plain");
          assertThat(cell.outputs().get(0).get("text/plain")).startsWith("predict first: ");
          String guessed = cell.source().replaceFirst("(Object guess\\d) = null;", "$1 = 5;");
          Map<String, String> shown = Renderers.render(cells.evaluate(guessed, 2).value());
          assertThat(shown.get("text/plain")).startsWith("you predicted 5: it is too ");
        }
      }
    }
    assertThat(hidden).isPositive();
  }

  @ParameterizedTest
  @MethodSource("labs")
  void rightAnswersPassAndUsualMistakesAreNamed(Path lab) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try (CellEvaluator cells = new CellEvaluator(StartUp.imports())) {
      cells.evaluate("long seed = 6;", 1);
      for (String cell : exercises(lab)) {
        Exercise exercise = Exercises.of(id(cell), 6);
        Map<String, Object> wrong = ExerciseSolutions.wrong(exercise);
        wrong.forEach(
            (mistake, answer) ->
                assertThatThrownBy(() -> cells.evaluate(filled(cell, answer), 2))
                    .as(cell)
                    .hasMessageContaining(exercise.id() + ": " + mistake + ": "));
        Object verdict = cells.evaluate(filled(cell, ExerciseSolutions.right(exercise)), 3).value();
        assertThat(verdict.toString()).as(cell).startsWith("right: ");
      }
      String first = id(exercises(lab).get(0));
      List<?> score = (List<?>) cells.evaluate("score()", 4).value();
      assertThat(score.stream().map(row -> (Exercises.Score) row))
          .filteredOn(row -> row.exercise().charAt(0) == first.charAt(0))
          .hasSameSizeAs(exercises(lab))
          .allMatch(row -> row.solved() && row.wrong() > 0);
    } finally {
      System.setOut(out);
    }
  }
}
