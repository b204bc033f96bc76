package dance.notebook.kernel;

import java.util.List;

/** Why a cell did not run to its end, with the line that stopped it. */
public sealed class CellFailure extends RuntimeException
    permits CompileError, JavaError, CellInterrupted {
  private final transient List<String> lines;

  /**
   * A failure.
   *
   * @param message what a reader is told first
   * @param lines what a cell shows, message and place
   * @param cause what the cell threw, or null
   */
  CellFailure(String message, List<String> lines, Throwable cause) {
    super(message, cause);
    this.lines = List.copyOf(lines);
  }

  /** What a cell shows: the message, the place, and where it helps the calls that led there. */
  public List<String> lines() {
    return lines;
  }
}
