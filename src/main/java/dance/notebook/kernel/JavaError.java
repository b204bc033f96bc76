package dance.notebook.kernel;

import java.util.List;

/** An exception of a cell. */
final class JavaError extends CellFailure {
  JavaError(Throwable thrown, List<String> lines) {
    super(thrown.toString(), lines, thrown);
  }
}
