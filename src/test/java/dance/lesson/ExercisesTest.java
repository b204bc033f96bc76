package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Right answers are accepted, usual mistakes are named, whatever the seed. */
class ExercisesTest {
  static List<String> ids() {
    return Exercises.ids();
  }

  /** Finding the best of three dataflows takes a second a seed. */
  private static long seeds(String id) {
    return id.equals("2d") ? 1 : 40;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aRightAnswerIsRightAndEveryUsualMistakeHasItsName(String id) {
    for (long seed = 1; seed <= seeds(id); seed++) {
      Exercises lesson = new Exercises();
      Exercise exercise = lesson.ask(id, seed);
      String as = exercise.toString();
      assertThat(lesson.check(id, ExerciseSolutions.right(exercise)).right()).as(as).isTrue();
      Map<String, Object> wrong = ExerciseSolutions.wrong(exercise);
      assertThat(wrong).isNotEmpty();
      if (exercise.solution() instanceof NumberSolution number) {
        assertThat(wrong.keySet())
            .as("each named mistake is made")
            .containsAll(number.mistakes().stream().map(Mistake::name).toList());
      }
      wrong.forEach(
          (mistake, answer) -> {
            WrongAnswer refused =
                catchThrowableOfType(WrongAnswer.class, () -> lesson.check(id, answer));
            assertThat(refused).as("%s: %s%n%s", mistake, answer, as).isNotNull();
            assertThat(refused.verdict().diagnosis()).as("%s%n%s", answer, as).isEqualTo(mistake);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void noMistakeLeadsToTheRightNumberNorTwoToTheSame(String id) {
    for (long seed = 1; seed <= 200; seed++) {
      if (Exercises.of(id, seed).solution() instanceof NumberSolution number) {
        Set<Double> values = new HashSet<>(Set.of(number.value()));
        for (Mistake mistake : number.mistakes()) {
          double distance = Math.abs(mistake.value() - number.value()) / number.value();
          assertThat(distance)
              .as("%s of %s", mistake, Exercises.of(id, seed))
              .isGreaterThan(2 * number.tolerance());
          assertThat(values.add(mistake.value()))
              .as("%s of %s", mistake, Exercises.of(id, seed))
              .isTrue();
        }
      }
    }
  }

  @Test
  void thereAreAtLeastTwelveOfThreeLabsWithOtherNumbersForOtherSeeds() {
    assertThat(ids()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(ids().stream().map(id -> id.charAt(0)).distinct()).hasSize(3);
    for (String id : ids()) {
      assertThat(Exercises.of(id, 5))
          .extracting(Exercise::statement, Exercise::given)
          .containsExactly(Exercises.of(id, 5).statement(), Exercises.of(id, 5).given());
      Set<Map<String, Long>> numbers = new HashSet<>();
      for (long seed = 1; seed <= 10; seed++) {
        numbers.add(Exercises.of(id, seed).given());
        assertThat(Exercises.of(id, seed).statement()).doesNotContain("%d", "%s");
      }
      assertThat(numbers).as(id).hasSizeGreaterThan(3);
    }
  }

  @Test
  void everyMappingThatReachesTheGoalIsRight() {
    for (long seed = 1; seed <= 20; seed++) {
      Exercise once = Exercises.of("1f", seed);
      long k = once.given().get("K");
      long c = once.given().get("C");
      long p = once.given().get("P");
      for (String mapping :
          List.of(
              "DRAM: K=2 P=2 | GLB: K=%d C=%d P=%d Q=%d R=3 S=3",
              "DRAM: K=4 | GLB: P=%3$d Q=%4$d K=%5$d C=%2$d R=3 S=3",
              "DRAM: K=2 C=2 P=2 | GLB: K=%d C=%6$d P=%3$d Q=%4$d S=3 R=3")) {
        long rows = mapping.contains("P=2") ? p / 2 : p;
        String text = mapping.formatted(k / 2, c, rows, p, k / 4, c / 2);
        assertThat(once.solution().check(text).right()).as("%s: %s", once, text).isTrue();
      }
      Exercise full = Exercises.of("2e", seed);
      long columns = full.given().get("columns");
      long rows = full.given().get("rows");
      String text =
          "DRAM: K=%d | GLB: P=5 C=%d; X: K=%d; Y: C=%d | RF: Q=5 S=3 R=3"
              .formatted(
                  full.given().get("K") / columns, full.given().get("C") / rows, columns, rows);
      assertThat(full.solution().check(text).right()).as("%s: %s", full, text).isTrue();
    }
  }

  @Test
  void unitsAndRoundingAreTolerated() {
    Solution million = new NumberSolution(1_234_567, "words", 5e-4, List.of(), "");
    for (Object answer :
        List.of(1_234_567, 1.2346e6, "1,234,567", "1.2346 M", "1234.6 kwords", "1_234_567 words")) {
      assertThat(million.check(answer).right()).as("%s", answer).isTrue();
    }
    assertThat(million.check(1.23e6).message()).contains("too small");
    assertThat(million.check("2.47 MB").diagnosis()).isEqualTo("words, not bytes");
    Solution energy = new NumberSolution(1500, "nJ", 5e-4, List.of(), "");
    assertThat(energy.check("1.5 µJ").right()).isTrue();
    assertThat(energy.check("1.5 mJ").right()).isFalse();
    Solution ratio = new NumberSolution(0.625, "", 2e-3, List.of(), "");
    assertThat(ratio.check("62.5 %").right()).isTrue();
    assertThat(ratio.check("0.625").right()).isTrue();
  }

  @Test
  void theScoreCountsWrongAnswersAndHints() {
    Exercises lesson = new Exercises();
    assertThat(lesson.score()).isEmpty();
    assertThat(lesson.check("1a", null).right()).isFalse();
    assertThatThrownBy(() -> lesson.check("1a", 1))
        .isInstanceOf(WrongAnswer.class)
        .hasMessageContaining("too small")
        .hasMessageEndingWith("Maybe hint(\"1a\").");
    assertThat(lesson.hint("1a")).startsWith("hint 1 of 3");
    assertThat(lesson.hint("1a")).startsWith("hint 2 of 3");
    lesson.check("1a", ExerciseSolutions.right(Exercises.of("1a", 1)));
    assertThat(lesson.score()).containsExactly(new Exercises.Score("1a", 1, true, 1, 2));
    lesson.ask("1a", 2);
    assertThat(lesson.score()).containsExactly(new Exercises.Score("1a", 2, false, 0, 0));
    assertThatThrownBy(() -> lesson.ask("1z", 1)).hasMessageContaining("Maybe 1");
  }
}
