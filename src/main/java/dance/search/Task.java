package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;

/** What networks are searched for: a space of them, and how well each of them does. */
public interface Task {
  /** A word or two, such as {@code nasbench201 cifar10}. */
  String name();

  /** The networks. */
  NetworkSpace space();

  /**
   * How well a network does: looked up, or trained from scratch.
   *
   * @param seed of the training; a table has the mean over those that it knows
   * @return part of the test examples that are answered rightly, 0…1
   * @throws IllegalArgumentException if the network is not of the space
   */
  double accuracy(Genotype genotype, long seed);

  /** Likewise, for the numbers of the operations, one for each block. */
  default double accuracy(int[] choice, long seed) {
    return accuracy(space().genotype(choice), seed);
  }

  /** Whether {@link #accuracy} trains a network each time that it is asked. */
  boolean trains();

  /**
   * The accuracy term of one search, in its initial state; whoever asks closes it.
   *
   * @param seed of everything that is random in it
   */
  AccuracyModel accuracyModel(long seed);

  /** One line that differs between tasks whose answers differ. */
  String fingerprint();
}
