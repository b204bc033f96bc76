package dance.cost;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A function on many items, several at once. Results are in the order of the items, so that nothing
 * depends on the number of threads.
 *
 * @param work what is done, for the message of an interruption
 * @param threads how many items at once, at least 1
 * @param graceMs how long an abandoned map waits for the items that still run, as what they use may
 *     be closed next, ms
 */
public record Parallel(String work, int threads, long graceMs) {
  /** Between two reports of progress. */
  private static final long REPORT_MS = 300;

  /**
   * @throws IllegalArgumentException if there is no thread
   */
  public Parallel {
    new Rules().require(threads >= 1, "threads (%d) must be at least 1", threads).check();
  }

  /** Without a wait for items that still run. */
  public static Parallel of(String work, int threads) {
    return new Parallel(work, threads, 0);
  }

  /** With a wait for items that still run. */
  public Parallel graceMs(long other) {
    return new Parallel(work, threads, other);
  }

  /**
   * The results in the order of the items.
   *
   * @param steps one for each item, reported by the calling thread
   * @throws CancellationException if the calling thread is interrupted, which it stays; the items
   *     that run are interrupted
   * @throws RuntimeException that of the first item that has one; the items that run are
   *     interrupted
   */
  public <T, R> List<R> map(
      Collection<? extends T> items, Steps steps, Function<? super T, ? extends R> function) {
    return run(items, steps, function, null);
  }

  /** {@link #map(Collection, Steps, Function)} without progress. */
  public <T, R> List<R> map(
      Collection<? extends T> items, Function<? super T, ? extends R> function) {
    int total = Math.max(1, items.size());
    return map(items, new Steps(work, "items", total, Progress.SILENT, System::nanoTime), function);
  }

  /**
   * {@link #map(Collection, Steps, Function)}, but where items are refused, all messages are in one
   * exception, a line each.
   *
   * @throws IllegalArgumentException if an item has one
   */
  public <T, R> List<R> mapOrNameAll(
      Collection<? extends T> items, Steps steps, Function<? super T, ? extends R> function) {
    Set<String> refusals = new LinkedHashSet<>();
    List<R> results = run(items, steps, function, refusals);
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), refusals));
    }
    return results;
  }

  private <T, R> List<R> run(
      Collection<? extends T> items,
      Steps steps,
      Function<? super T, ? extends R> function,
      Set<String> refusals) {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())));
    try {
      List<Future<R>> running = new ArrayList<>();
      for (T item : items) {
        running.add(
            pool.submit(
                () -> {
                  R result = function.apply(item);
                  steps.step();
                  return result;
                }));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : running) {
        try {
          results.add(await(future, steps));
        } catch (ExecutionException failed) {
          note(failed.getCause(), refusals);
        }
      }
      return results;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException(work + " was interrupted");
    } finally {
      end(pool);
    }
  }

  /** Waits for a result, and reports the progress of all of them meanwhile. */
  private static <R> R await(Future<R> future, Steps steps)
      throws InterruptedException, ExecutionException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException(); // get does not look once the result is there
      }
      try {
        return future.get(REPORT_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // steps of other threads are reported below
      } finally {
        steps.step(0);
      }
    }
  }

  private static void note(Throwable failure, Set<String> refusals) {
    if (failure instanceof Error fault) {
      throw fault;
    }
    if (refusals == null || !(failure instanceof IllegalArgumentException)) {
      throw (RuntimeException) failure;
    }
    refusals.add(failure.getMessage());
  }

  private void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(graceMs, TimeUnit.MILLISECONDS); // what runs longer ends by itself
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
