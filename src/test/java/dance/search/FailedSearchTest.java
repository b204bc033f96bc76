package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Objective;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A failure in a search is reported unchanged, and no thread continues after it. */
class FailedSearchTest {
  private static final SearchProblem PROBLEM = SearchExamples.problem(0.1);

  @Test
  void whatAnEnumerationRefusesIsNotWrapped() {
    Objective refusing =
        Objective.of(
            "refusing",
            (l, e, a) -> {
              throw new IllegalArgumentException("no such cost");
            },
            (l, e, a, into) -> {});
    SearchProblem problem = new SearchProblem(PROBLEM.task(), PROBLEM.table(), refusing, 0.1, 1);
    assertThatThrownBy(() -> ExhaustiveOptimum.of(problem, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such cost");
  }

  @Test
  void aComparisonEndsWhenItsSearchesHaveEnded() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    SearchMethod failing =
        new Named(
            "failing",
            () -> {
              begun.await();
              throw new IllegalArgumentException("refused");
            });
    SearchMethod slow =
        new Named(
            "slow",
            () -> {
              begun.countDown();
              long end = System.nanoTime() + 400_000_000L; // deaf to interrupts, as PyTorch is
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              ended.set(true);
            });
    assertThatThrownBy(
            () ->
                Comparison.run(
                    PROBLEM, List.of(failing, slow), new long[] {1}, Budget.unlimited(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("refused");
    assertThat(ended).as("what a search uses may be closed after the comparison").isTrue();
  }

  @Test
  void whatCannotBeClosedDoesNotHideTheCause() {
    SearchProblem problem =
        SearchProblem.of(new Broken(PROBLEM.task()), PROBLEM.table(), Objective.EDAP, 0.1);
    assertThatThrownBy(
            () ->
                CoExplorer.exact(CoExplorerOptions.defaults())
                    .search(problem, 1, Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss cannot be found")
        .satisfies(cause -> assertThat(cause.getSuppressed()[0]).hasMessage("cannot be closed"));
  }

  private interface Action {
    void run() throws InterruptedException;
  }

  private record Named(String name, Action action) implements SearchMethod {
    @Override
    public SearchResult search(
        SearchProblem problem, long seed, Budget budget, SearchListener watch) {
      try {
        action.run();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new RandomSearch(3).search(problem, seed, budget);
    }
  }

  private record Broken(Task task) implements ForwardingTask {
    @Override
    public AccuracyModel accuracyModel(long seed) {
      return new AccuracyModel() {
        @Override
        public boolean sampled() {
          return false;
        }

        @Override
        public double loss(double[] gates, double[] gradient) {
          throw new IllegalArgumentException("loss cannot be found");
        }

        @Override
        public void close() {
          throw new IllegalStateException("cannot be closed");
        }
      };
    }
  }
}
