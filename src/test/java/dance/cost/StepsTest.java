package dance.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The line that says how far long work is. */
class StepsTest {
  private final List<String> shown = new ArrayList<>();
  private long now;

  private Steps steps(long total) {
    return new Steps(
        "sweep", "designs", total, new ProgressLine(() -> Optional.of(shown::add)), () -> now);
  }

  @Test
  void rateAndRemainingTimeFollowFromTheStepsDone() {
    try (Steps steps = steps(4000)) {
      now = 2_000_000_000L;
      steps.step(1000);
      assertThat(shown)
          .containsExactly(
              "sweep [######..................]  25 %  1,000 of 4,000 designs, 500.0/s, 0:06 left");
      now = 8_000_000_000L;
      steps.step(3000);
    }
    assertThat(shown)
        .last()
        .asString()
        .isEqualTo(
            "sweep [########################] 100 %  4,000 of 4,000 designs, 500.0/s, 0:00 left");
  }

  @Test
  void aLineIsUpdatedAFewTimesASecondHoweverManyStepsThereAre() {
    try (Steps steps = steps(1_000_000)) {
      for (int i = 0; i < 1_000_000; i++) {
        now += 10_000; // 10 µs a step, 10 s in all
        steps.step();
      }
    }
    assertThat(shown).hasSizeBetween(20, 40);
  }

  @Test
  void theEndIsReportedOnce() {
    try (Steps steps = steps(10)) {
      now = 1_000_000_000L;
      steps.step(10);
    }
    assertThat(shown).singleElement().asString().contains("10 of 10");
  }

  @Test
  void aLineEndsOnceAlsoWhereTheWorkEndsEarly() {
    for (long done : new long[] {3, 10}) {
      List<String> ends = new ArrayList<>();
      Progress.Line line =
          new Progress.Line() {
            @Override
            public void show(String text) {
              ends.clear();
            }

            @Override
            public void end() {
              ends.add("end");
            }
          };
      Progress progress = new ProgressLine(() -> Optional.of(line));
      try (Steps steps = new Steps("sweep", "designs", 10, progress, () -> now)) {
        now += 1_000_000_000L;
        steps.step(done);
        now += 1_000_000_000L;
      }
      assertThat(ends).as(done + " of 10").containsExactly("end");
    }
  }

  @Test
  void quickWorkShowsNothing() {
    try (Steps steps = steps(10)) {
      now = 200_000_000L;
      steps.step(10);
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void stepsOfOtherThreadsCountButOnlyTheFirstThreadShowsThem() {
    Steps steps = steps(100);
    now = 1_000_000_000L;
    CompletableFuture.runAsync(() -> steps.step(49)).join();
    assertThat(shown).isEmpty();
    steps.step();
    assertThat(shown).singleElement().asString().contains("50 of 100");
  }

  @Test
  void aThreadThatStepsWhenTheFirstHasEndedTakesItsPlace() throws InterruptedException {
    Steps[] made = new Steps[1];
    Thread first = new Thread(() -> made[0] = steps(100));
    first.start();
    first.join();
    now = 1_000_000_000L;
    made[0].step(10);
    assertThat(shown).hasSize(1);
  }

  @Test
  void workWithoutStepsIsRejected() {
    assertThatThrownBy(() -> steps(0)).hasMessage("designs of sweep (0) must be positive");
  }

  @Test
  void everyTaskHasALineOfItsOwn() {
    List<List<String>> lines = new ArrayList<>();
    Progress progress =
        new ProgressLine(
            () -> {
              List<String> line = new ArrayList<>();
              lines.add(line);
              return Optional.of(line::add);
            });
    for (String task : List.of("first", "second")) {
      progress.at(Progress.State.of(task, "steps", 1, 2, 1, 1));
      progress.at(Progress.State.of(task, "steps", 2, 2, 2, 2));
    }
    assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).hasSize(2));
    assertThat(lines.get(1)).allMatch(text -> text.startsWith("second"));
  }
}
