package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;

/** The task of a search: a space of networks and their accuracies. */
public interface Task {
  /** A short name, such as {@code nasbench201 cifar10}. */
  String name();

  /** The space of networks. */
  NetworkSpace space();

  /**
   * Accuracy of a network: looked up, or trained from scratch.
   *
   * @param seed of the training; a table returns the mean over its seeds
   * @return test accuracy, 0…1
   * @throws IllegalArgumentException if the network is not of the space
   */
  double accuracy(Genotype genotype, long seed);

  /** Accuracy of a network given by the indices of its operations, one per block. */
  default double accuracy(int[] choice, long seed) {
    return accuracy(space().genotype(choice), seed);
  }

  /** Whether each call of {@link #accuracy} trains a network. */
  boolean trains();

  /**
   * The accuracy term of one search, in its initial state; the caller must close it.
   *
   * @param seed of everything random in it
   */
  AccuracyModel accuracyModel(long seed);

  /** One line that identifies everything that the accuracies depend on. */
  String fingerprint();
}
