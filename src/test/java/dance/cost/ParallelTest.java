package dance.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of threads changes nothing but the time. */
@Timeout(60)
class ParallelTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();

  private static Steps steps(Progress progress) {
    return new Steps("squares", "items", ITEMS.size(), progress, System::nanoTime);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 500})
  void resultsAreInTheOrderOfTheItems(int threads) {
    List<Integer> squares = Parallel.of("squares", threads).map(ITEMS, i -> i * i);
    assertThat(squares).isEqualTo(ITEMS.stream().map(i -> i * i).toList());
    assertThat(Parallel.of("nothing", threads).map(List.<Integer>of(), i -> i)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theFirstFailureOfTheItemsPropagatesAsItIs(int threads) {
    RuntimeException first = new IllegalStateException("item 20");
    assertThatThrownBy(
            () ->
                Parallel.of("squares", threads)
                    .map(
                        ITEMS,
                        i -> {
                          if (i == 20) {
                            throw first;
                          }
                          if (i > 20) {
                            throw new IllegalArgumentException("item " + i);
                          }
                          return i;
                        }))
        .isSameAs(first);
    assertThatThrownBy(
            () ->
                Parallel.of("squares", threads)
                    .map(
                        ITEMS,
                        i -> {
                          throw new AssertionError("fault");
                        }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("fault");
  }

  @Test
  void afterAFailureNoFurtherItemBegins() {
    AtomicInteger begun = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new Parallel("squares", 2, 30_000)
                    .map(
                        ITEMS,
                        i -> {
                          begun.incrementAndGet();
                          if (i == 0) {
                            throw new IllegalStateException("item 0");
                          }
                          sleepUntilInterrupted();
                          return i;
                        }))
        .hasMessage("item 0");
    assertThat(begun.get()).isLessThanOrEqualTo(3);
  }

  private static void sleepUntilInterrupted() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void allRefusalsAreNamedOnceInTheirOrder(int threads) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Parallel.of("squares", threads)
                    .mapOrNameAll(
                        ITEMS,
                        steps(Progress.SILENT),
                        i -> {
                          if (i % 50 == 0) {
                            throw new IllegalArgumentException("item " + i % 100);
                          }
                          return i;
                        }))
        .withMessage("item 0" + System.lineSeparator() + "item 50");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theLastStateHasAllStepsAndComesFromTheCaller(int threads) {
    List<Progress.State> states = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean foreign = new AtomicBoolean();
    Thread caller = Thread.currentThread();
    long[] clock = {0};
    Progress progress =
        state -> {
          foreign.compareAndSet(false, Thread.currentThread() != caller);
          states.add(state);
        };
    try (Steps steps =
        new Steps("squares", "items", ITEMS.size(), progress, () -> clock[0] += 1_000_000_000)) {
      Parallel.of("squares", threads).map(ITEMS, steps, i -> i);
    }
    assertThat(foreign).isFalse();
    assertThat(states.get(states.size() - 1).done()).isEqualTo(ITEMS.size());
  }

  @Test
  void anInterruptedMapEndsItsItemsAndLeavesTheThreadInterrupted() {
    AtomicInteger running = new AtomicInteger();
    AtomicBoolean first = new AtomicBoolean(true);
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                new Parallel("the comparison", 2, 30_000)
                    .map(
                        ITEMS,
                        i -> {
                          running.incrementAndGet();
                          // a second interruption would end the wait for the items, too
                          if (first.getAndSet(false)) {
                            caller.interrupt();
                          }
                          sleepUntilInterrupted();
                          return running.decrementAndGet();
                        }))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the comparison was interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(running).as("nothing runs any more").hasValue(0);
  }

  /** Also where every result is there before it is waited for. */
  @RepeatedTest(20)
  void anInterruptBeforeTheMapEndsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Parallel.of("squares", 2).map(ITEMS, i -> i))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void threadsMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parallel.of("squares", 0))
        .withMessage("threads (0) must be at least 1");
  }
}
