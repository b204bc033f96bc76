package dance.cost;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Is told how far long work is: draws a bar, writes a log, or does nothing. It is here because
 * evaluation and search both need it and neither may know who shows it.
 */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = state -> {};

  /** A few times a second at most; always once at the end. By one thread at a time. */
  void at(State state);

  /** The work is over, also where it ended early: what was shown of it can go. */
  default void end() {}

  /**
   * Shows one line that is updated where this program runs: in a notebook's cell, or in a terminal;
   * nothing if it runs in neither.
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
        // a place whose library is absent is not where this program runs
      }
    }
  }

  /** One line that can be replaced. */
  @FunctionalInterface
  interface Line {
    /** Shows a text in the place of the one before. */
    void show(String text);

    /**
     * The work is over. A terminal keeps what was shown last; a notebook forgets it, as how often
     * something was shown depends on the machine, and two runs are to be the same text.
     */
    default void end() {}
  }

  /** A service: somewhere to show a line. */
  @FunctionalInterface
  interface Place {
    /** A line to write to; empty if the program does not run there. */
    Optional<Line> line();
  }

  /**
   * How far it is.
   *
   * @param task what is done, in a few words
   * @param unit what is counted, in the plural
   * @param done so many of them
   * @param total of so many
   * @param perSecond rate since the start; 0 if unknown
   * @param remainingSeconds at this rate; infinite if unknown
   * @param note anything worth knowing, such as a loss; may be empty
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

    /** With rate and rest from what was done in a time. */
    public static State of(
        String task, String unit, long done, long total, long doneSince, double seconds) {
      double rate = seconds > 0 ? doneSince / seconds : 0;
      return new State(task, unit, done, total, rate, (total - done) / rate, "");
    }

    /** With a note. */
    public State note(String text) {
      return new State(task, unit, done, total, perSecond, remainingSeconds, text);
    }

    /** Whether all is done. */
    public boolean last() {
      return done >= total;
    }

    /** A bar and the figures, in one line. */
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
              Figures.count(done),
              Figures.count(total),
              unit,
              Figures.measure(perSecond),
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
