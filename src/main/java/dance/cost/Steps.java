package dance.cost;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts the steps of long work and reports them to a {@link Progress}, a few times a second at
 * most.
 *
 * <pre>{@code
 * try (Steps steps = Steps.of("sweep", "designs", designs.size())) {
 *   for (Accelerator design : designs) {
 *     …
 *     steps.step();
 *   }
 * }
 * }</pre>
 *
 * <p>Any thread may {@link #step}; only the creating thread reports, so that nothing is printed by
 * a thread that no cell waits for; if that thread has ended, the next one that steps takes over.
 */
public final class Steps implements AutoCloseable {
  /** Nanoseconds between two reports, and before the first: short work reports nothing. */
  private static final long BETWEEN_NS = 300_000_000L;

  private final String task;
  private final String unit;
  private final long total;
  private final Progress progress;
  private final LongSupplier nanoTime;
  private volatile Thread owner = Thread.currentThread();
  private volatile String note = "";
  private final LongAdder done = new LongAdder();
  private final long start;
  private long told;

  /** Whether progress has been shown but not yet closed. */
  private boolean untold;

  /**
   * Steps with a progress listener.
   *
   * @param task what is done, in a few words
   * @param unit what a step is, in the plural
   * @param total number of steps, at least 1
   * @param nanoTime a clock, such as {@link System#nanoTime}
   */
  public Steps(String task, String unit, long total, Progress progress, LongSupplier nanoTime) {
    if (total < 1) {
      throw new IllegalArgumentException(
          "%s of %s (%d) must be positive".formatted(unit, task, total));
    }
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.progress = progress;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    told = start;
  }

  /** Steps reported to {@link Progress#shown}. */
  public static Steps of(String task, String unit, long total) {
    return new Steps(task, unit, total, Progress.shown(), System::nanoTime);
  }

  /** Sets the end of the line, such as a loss. */
  public void note(String text) {
    note = text;
  }

  /** Counts one step. */
  public void step() {
    step(1);
  }

  /** Counts several steps. */
  public void step(long steps) {
    done.add(steps);
    if (!owner.isAlive()) {
      owner = Thread.currentThread(); // JShell may run every line in a thread of its own
    }
    if (Thread.currentThread() == owner) {
      long now = nanoTime.getAsLong();
      if (now - told >= BETWEEN_NS) {
        told = now;
        Progress.State state = state(now);
        untold = !state.last();
        progress.at(state);
      }
    }
  }

  /** Reports the final state if any progress was shown. */
  @Override
  public void close() {
    if (untold) {
      progress.at(state(nanoTime.getAsLong()));
      untold = false;
      progress.end();
    }
  }

  private Progress.State state(long now) {
    long steps = Math.min(total, done.sum());
    return Progress.State.of(task, unit, steps, total, steps, (now - start) / 1e9).note(note);
  }
}
