package dance.cost;

import dance.check.Copy;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Progress listener of long work: draws a bar, writes a log, or does nothing. It is in this package
 * because evaluation and search both report progress and neither may know the display.
 */
@FunctionalInterface
public interface Progress {
  /** No progress reporting. */
  Progress SILENT = state -> {};

  /**
   * Reports a state: a few times a second at most, always once at the end, by one thread at a time.
   */
  void at(State state);

  /** The work has ended, successfully or not: the display can be removed. */
  default void end() {}

  /**
   * Shows one updated line in the current environment, a notebook cell or a terminal; does nothing
   * elsewhere.
   */
  static Progress shown() {
    return new ProgressLine(Progress::here);
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
        // an environment whose library is absent is not the current one
      }
    }
  }

  /** One replaceable line of text. */
  @FunctionalInterface
  interface Line {
    /** Replaces the text. */
    void show(String text);

    /**
     * The work has ended. A terminal keeps the last text; a notebook removes it, as the number of
     * updates depends on the machine and outputs must be reproducible.
     */
    default void end() {}
  }

  /** Service: an environment that can show a line. */
  @FunctionalInterface
  interface Place {
    /** A line to write to; empty if this is not the current environment. */
    Optional<Line> line();
  }

  /**
   * State of the work.
   *
   * @param task what is done, in a few words
   * @param unit what is counted, in the plural
   * @param done number of units done
   * @param total number of units in all
   * @param perSecond rate since the start; 0 if unknown
   * @param remainingSeconds estimate at this rate; infinite if unknown
   * @param note further information, such as a loss; may be empty
   */
  record State(
      String task,
      String unit,
      long done,
      long total,
      double perSecond,
      double remainingSeconds,
      String note) {
    private static final int WIDTH = 24;

    /** With rate and remaining time from the elapsed time. */
    public static State of(
        String task, String unit, long done, long total, long doneSince, double seconds) {
      double rate = seconds > 0 ? doneSince / seconds : 0;
      return new State(task, unit, done, total, rate, (total - done) / rate, "");
    }

    /** With a note. */
    public State note(String text) {
      return Copy.with(this, "note", text);
    }

    /** Whether all units are done. */
    public boolean last() {
      return done >= total;
    }

    /** A bar and the numbers, in one line. */
    public String line() {
      double part = total == 0 ? 1 : done / (double) total;
      int filled = (int) (part * WIDTH);
      String left =
          Double.isFinite(remainingSeconds)
              ? ", " + duration(Math.round(remainingSeconds)) + " left"
              : "";
      return String.format(
              Locale.ROOT,
              "%s [%s%s] %3d %%  %s of %s %s, %s/s%s",
              task,
              "#".repeat(filled),
              ".".repeat(WIDTH - filled),
              (int) (100 * part),
              SignificantDigits.count(done),
              SignificantDigits.count(total),
              unit,
              SignificantDigits.measure(perSecond),
              left)
          + (note.isEmpty() ? "" : "  " + note);
    }

    private static String duration(long seconds) {
      return seconds < 3600
          ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
          : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
  }
}
