package dance.cost;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How far long work is: one line with rate and remaining time, updated where the program runs, in a
 * terminal or a notebook's cell, a few times a second at most.
 *
 * <pre>{@code
 * try (Progress progress = Progress.of("sweep", designs.size())) {
 *   for (Accelerator design : designs) {
 *     …
 *     progress.step();
 *   }
 * }
 * }</pre>
 *
 * <p>It is here because evaluation and search both need it and neither may know who shows it. Any
 * thread may {@link #step}; only the one that made the progress shows it, so that nothing is
 * printed by a thread that no cell waits for; one that steps when that has ended takes its place.
 */
public final class Progress implements AutoCloseable {
  /** Nanoseconds between two updates, and before the first: quick work shows nothing. */
  private static final long BETWEEN_NS = 300_000_000L;

  private static final int BAR = 20;

  /** One line that can be replaced. */
  @FunctionalInterface
  public interface Line {
    /** Shows a text in the place of the one before. */
    void show(String text);

    /** Ends with what was shown last. */
    default void end() {}
  }

  /** A service: somewhere to show a line. */
  @FunctionalInterface
  public interface Place {
    /** A line to write to; empty if the program does not run there. */
    Optional<Line> line();
  }

  private final String work;
  private final long total;
  private final Line line;
  private final LongSupplier nanoTime;
  private volatile Thread owner = Thread.currentThread();
  private volatile String note = "";
  private final LongAdder done = new LongAdder();
  private final long start;
  private long shown;
  private boolean visible;

  /**
   * Progress that is shown on a line.
   *
   * @param work what is done, a word or two
   * @param total steps of it, at least 1
   * @param nanoTime a clock, such as {@link System#nanoTime}
   */
  public Progress(String work, long total, Line line, LongSupplier nanoTime) {
    if (total < 1) {
      throw new IllegalArgumentException(
          "steps of %s (%d) must be positive".formatted(work, total));
    }
    this.work = work;
    this.total = total;
    this.line = line;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    shown = start;
  }

  /** Progress that is shown where this program runs, if it can be shown there. */
  public static Progress of(String work, long total) {
    return new Progress(work, total, here().orElse(text -> {}), System::nanoTime);
  }

  private static Optional<Line> here() {
    Iterator<Place> places =
        ServiceLoader.load(Place.class, Progress.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!places.hasNext()) {
          return Optional.empty();
        }
        Optional<Line> line = places.next().line();
        if (line.isPresent()) {
          return line;
        }
      } catch (ServiceConfigurationError | LinkageError absent) {
        // a place whose library is absent is not where this program runs
      }
    }
  }

  /** What the line ends with, such as a loss. */
  public void note(String text) {
    note = text;
  }

  /** One step more is done. */
  public void step() {
    step(1);
  }

  /** Some steps more are done. */
  public void step(long steps) {
    done.add(steps);
    if (!owner.isAlive()) {
      owner = Thread.currentThread(); // a shell may run every line in a thread of its own
    }
    if (Thread.currentThread() == owner) {
      long now = nanoTime.getAsLong();
      if (now - shown >= BETWEEN_NS) {
        shown = now;
        visible = true;
        line.show(text(now));
      }
    }
  }

  /** Ends; a line that was shown then says how long it took. */
  @Override
  public void close() {
    if (visible) {
      line.show(text(nanoTime.getAsLong()));
      line.end();
      visible = false;
    }
  }

  private String text(long now) {
    long steps = Math.min(total, done.sum());
    double seconds = (now - start) / 1e9;
    double rate = steps / seconds;
    int filled = (int) (BAR * steps / total);
    String time =
        steps == total
            ? "took " + Figures.measure(seconds) + " s"
            : steps == 0 ? "" : "ready in " + Figures.measure((total - steps) / rate) + " s";
    return String.format(
            Locale.ROOT,
            "%s [%s%s] %s of %s  %s/s  %s  %s",
            work,
            "#".repeat(filled),
            "-".repeat(BAR - filled),
            Figures.count(steps),
            Figures.count(total),
            Figures.measure(rate),
            time,
            note)
        .stripTrailing();
  }
}
