package dance.notebook.kernel;

import java.util.List;

/** A cell that was interrupted. */
final class CellInterrupted extends CellFailure {
  CellInterrupted(String where) {
    super("interrupted " + where, List.of("interrupted " + where), null);
  }
}
