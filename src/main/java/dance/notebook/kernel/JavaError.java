package dance.notebook.kernel;

import java.util.List;

/** Something that a cell threw. */
final class JavaError extends CellFailure {
  JavaError(Throwable thrown, List<String> lines) {
    super(thrown.toString(), lines, thrown);
  }
}
