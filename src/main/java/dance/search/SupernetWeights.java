package dance.search;

import dance.space.NetworkSpace;

/** A supernet whose weights are trained: what a gradient search from it needs. */
public interface SupernetWeights {
  /** Its networks. */
  NetworkSpace space();

  /**
   * The accuracy term of one search; the caller closes it.
   *
   * @param seed of its batches
   */
  AccuracyModel model(long seed);

  /** Validation images that a step of a gradient search passes through networks. */
  long imagesPerStep();

  /** One line that identifies weights and batches. */
  String fingerprint();
}
