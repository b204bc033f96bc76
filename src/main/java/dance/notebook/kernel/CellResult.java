package dance.notebook.kernel;

/**
 * What a cell ended with.
 *
 * @param isShown whether it ended with an expression, whose value a cell shows
 * @param value of that expression
 */
public record CellResult(boolean isShown, Object value) {
  static final CellResult NOTHING = new CellResult(false, null);
}
