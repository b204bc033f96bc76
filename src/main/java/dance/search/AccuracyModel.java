package dance.search;

/**
 * The accuracy term of a search: the loss of a relaxed architecture and its gradient.
 *
 * <p>Gates are {@code [blocks, operations]}, flattened, as {@link dance.space.NetworkSpace#encode}
 * writes them: probabilities, or the one-hot choice of a sample.
 */
public interface AccuracyModel extends AutoCloseable {
  /** Whether the gates must be a one-hot sample; otherwise they are probabilities. */
  boolean sampled();

  /**
   * Trains shared weights, if any, before the next {@link #loss}; a table trains nothing.
   *
   * @param gates weights of the operations, {@code [blocks · operations]}
   * @param progress fraction of the search that is done, 0…1, for schedules
   * @return the training loss, NaN if nothing was trained
   */
  default double train(double[] gates, double progress) {
    return Double.NaN;
  }

  /**
   * The loss at these gates.
   *
   * @param gradient {@code [blocks, operations]}, written: derivatives with respect to the gates; 0
   *     for operations outside a sample of which nothing else is known; null for the loss alone, if
   *     the model {@link #readsNeighbours}
   */
  double loss(double[] gates, double[] gradient);

  /** Whether losses of different steps can be compared: not if each has a batch of its own. */
  default boolean comparable() {
    return true;
  }

  /** Validation images that were passed through networks of a trained supernet so far. */
  default long images() {
    return 0;
  }

  /** Whether the gradient at a sample reads all networks that differ from it in one block. */
  default boolean readsNeighbours() {
    return false;
  }

  /** The networks of a table that were read one by one; null if it is not so. */
  default NetworksRead read() {
    return null;
  }

  /** The complete state, for a checkpoint; a table has none. */
  default byte[] state() {
    return new byte[0];
  }

  /** Resumes from such a state, bit for bit. */
  default void restore(byte[] state) {}

  @Override
  default void close() {}
}
