package dance;

import dance.cost.Figures;
import dance.evaluate.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** Draws how far a computation is: in place in a terminal, otherwise a line now and then. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 24;
  private static final long BETWEEN_LINES_NS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean inPlace;
  private long lastLine = System.nanoTime();
  private int drawn;

  /**
   * Draws to a stream.
   *
   * @param inPlace whether a carriage return goes back to the beginning of the line
   */
  ProgressBar(PrintStream out, boolean inPlace) {
    this.out = out;
    this.inPlace = inPlace;
  }

  @Override
  public void at(State state) {
    boolean last = state.done() >= state.total();
    long now = System.nanoTime();
    String line = line(state);
    if (inPlace) {
      String blanks = " ".repeat(Math.max(0, drawn - line.length()));
      out.print("\r" + line + blanks + (last ? "\n" : ""));
      drawn = line.length();
    } else if (last || now - lastLine >= BETWEEN_LINES_NS) {
      lastLine = now;
      out.println(line);
    }
    out.flush();
  }

  static String line(State state) {
    double part = state.total() == 0 ? 1 : state.done() / (double) state.total();
    int filled = (int) (part * WIDTH);
    String left =
        Double.isFinite(state.remainingSeconds())
            ? ", " + duration(Math.round(state.remainingSeconds())) + " left"
            : "";
    return String.format(
            Locale.ROOT,
            "%s [%s%s] %3d %%  %s of %s %s, %s/s%s",
            state.task(),
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            (int) (100 * part),
            Figures.count(state.done()),
            Figures.count(state.total()),
            state.unit(),
            Figures.measure(state.perSecond()),
            left)
        + (state.note().isEmpty() ? "" : "  " + state.note());
  }

  private static String duration(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
