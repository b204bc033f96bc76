package dance.search;

/**
 * Where the accuracy term of a search comes from: the loss of a relaxed architecture and its
 * gradient.
 *
 * <p>Gates are {@code [blocks, operations]}, one after the other, as {@link
 * dance.space.NetworkSpace#encode} writes them: probabilities, or the one-hot choice of a sample.
 */
public interface AccuracyModel extends AutoCloseable {
  /** Whether it wants the one-hot choice of a sample; otherwise it is given probabilities. */
  boolean sampled();

  /**
   * Trains whatever it must train by itself before the next {@link #loss}; a table has nothing to
   * train.
   *
   * @param progress part of the search that is done, 0…1, for schedules
   * @return the training loss, NaN if nothing was trained
   */
  double train(double[] gates, double progress);

  /**
   * The loss at these gates.
   *
   * @param gradient {@code [blocks, operations]}, written: derivatives by the gates; 0 for an
   *     operation that a sample did not take
   */
  double loss(double[] gates, double[] gradient);

  /** Its whole state, for a checkpoint. */
  byte[] state();

  /** Goes on from such a state, bit for bit. */
  void restore(byte[] state);

  @Override
  void close();
}
