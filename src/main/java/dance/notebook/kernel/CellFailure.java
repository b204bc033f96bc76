package dance.notebook.kernel;

import java.util.List;

/** Why a cell failed, with the line. */
public sealed class CellFailure extends RuntimeException
    permits CompileError, JavaError, CellInterrupted {
  private final transient List<String> lines;

  /**
   * @param message the summary
   * @param lines text for the cell: message and place
   * @param cause exception of the cell, or null
   */
  CellFailure(String message, List<String> lines, Throwable cause) {
    super(message, cause);
    this.lines = List.copyOf(lines);
  }

  /** Text for the cell: the message, the place, and if useful the calls that led there. */
  public List<String> lines() {
    return lines;
  }
}
