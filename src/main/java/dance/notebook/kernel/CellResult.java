package dance.notebook.kernel;

/**
 * Result of a cell.
 *
 * @param isShown whether it ended with an expression, whose value is shown
 * @param value of that expression
 */
public record CellResult(boolean isShown, Object value) {
  static final CellResult NOTHING = new CellResult(false, null);
}
