package dance.command;

import dance.cost.Progress;
import java.io.PrintStream;

/** Draws a progress bar: in place in a terminal, otherwise a line now and then. */
final class ProgressBar implements Progress {
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
    long now = System.nanoTime();
    String line = state.line();
    if (inPlace) {
      String blanks = " ".repeat(Math.max(0, drawn - line.length()));
      out.print("\r" + line + blanks + (state.last() ? "\n" : ""));
      drawn = line.length();
    } else if (state.last() || now - lastLine >= BETWEEN_LINES_NS) {
      lastLine = now;
      out.println(line);
    }
    out.flush();
  }
}
