package dance.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The line that says how far long work is. */
class ProgressTest {
  private final List<String> shown = new ArrayList<>();
  private long now;

  private Progress progress(long total) {
    return new Progress("sweep", total, shown::add, () -> now);
  }

  @Test
  void rateAndRemainingTimeFollowFromTheStepsDone() {
    try (Progress progress = progress(4000)) {
      now = 2_000_000_000L;
      progress.step(1000);
      assertThat(shown)
          .containsExactly(
              "sweep [#####---------------] 1,000 of 4,000  500.0/s  ready in 6.000 s");
      now = 8_000_000_000L;
      progress.step(3000);
    }
    assertThat(shown)
        .last()
        .asString()
        .isEqualTo("sweep [####################] 4,000 of 4,000  500.0/s  took 8.000 s");
  }

  @Test
  void aLineIsUpdatedAFewTimesASecondHoweverManyStepsThereAre() {
    try (Progress progress = progress(1_000_000)) {
      for (int i = 0; i < 1_000_000; i++) {
        now += 10_000; // 10 µs a step, 10 s in all
        progress.step();
      }
    }
    assertThat(shown).hasSizeBetween(20, 40);
  }

  @Test
  void quickWorkShowsNothing() {
    try (Progress progress = progress(10)) {
      now = 200_000_000L;
      progress.step(10);
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void stepsOfOtherThreadsCountButOnlyTheFirstThreadShowsThem() {
    Progress progress = progress(100);
    now = 1_000_000_000L;
    CompletableFuture.runAsync(() -> progress.step(49)).join();
    assertThat(shown).isEmpty();
    progress.step();
    assertThat(shown).singleElement().asString().contains("50 of 100");
  }

  @Test
  void aThreadThatStepsWhenTheFirstHasEndedTakesItsPlace() throws InterruptedException {
    Progress[] made = new Progress[1];
    Thread first = new Thread(() -> made[0] = progress(100));
    first.start();
    first.join();
    now = 1_000_000_000L;
    made[0].step(10);
    assertThat(shown).hasSize(1);
  }

  @Test
  void workWithoutStepsIsRejected() {
    assertThatThrownBy(() -> progress(0)).hasMessage("steps of sweep (0) must be positive");
  }
}
