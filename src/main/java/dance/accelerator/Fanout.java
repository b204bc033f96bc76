package dance.accelerator;

/**
 * The array of instances of the next-inner level (or of MAC units) below each instance of a level.
 *
 * @param x columns
 * @param y rows
 */
public record Fanout(int x, int y) {
  /** Instances below each instance. */
  public long instances() {
    return (long) x * y;
  }
}
