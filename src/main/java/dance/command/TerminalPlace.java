package dance.command;

import dance.cost.Progress;
import java.io.PrintStream;
import java.util.Optional;

/** Shows progress in the last line of a terminal; nothing if the output goes to a file. */
public final class TerminalPlace implements Progress.Place {
  @Override
  public Optional<Progress.Line> line() {
    return System.console() == null ? Optional.empty() : Optional.of(new Last(System.err));
  }

  /** The last line of a terminal, overwritten after a carriage return. */
  static final class Last implements Progress.Line {
    private final PrintStream terminal;
    private int width;

    Last(PrintStream terminal) {
      this.terminal = terminal;
    }

    @Override
    public void show(String text) {
      String rest = " ".repeat(Math.max(0, width - text.length()));
      terminal.print("\r" + text + rest);
      terminal.flush();
      width = text.length();
    }

    @Override
    public void end() {
      terminal.println();
    }
  }
}
