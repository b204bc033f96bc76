package dance.notebook.kernel;

import java.util.List;

/** A cell that is no Java. */
final class CompileError extends CellFailure {
  CompileError(String message, List<String> lines) {
    super(message, lines, null);
  }
}
