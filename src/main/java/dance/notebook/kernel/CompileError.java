package dance.notebook.kernel;

import java.util.List;

/** A cell that does not compile. */
final class CompileError extends CellFailure {
  CompileError(String message, List<String> lines) {
    super(message, lines, null);
  }
}
