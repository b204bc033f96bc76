package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.OptionalDouble;

/** The task of a search: a space of networks and their accuracies. */
public interface Task {
  /** A short name, such as {@code nasbench201 cifar10}. */
  String name();

  /** The space of networks. */
  NetworkSpace space();

  /**
   * Accuracy of a network: looked up, or trained from scratch.
   *
   * @param seed of the training; a table returns what searches see
   * @return test accuracy, 0…1
   * @throws IllegalArgumentException if the network is not of the space
   */
  double accuracy(Genotype genotype, long seed);

  /** Accuracy of a network given by the indices of its operations, {@code [blocks]}. */
  default double accuracy(int[] choice, long seed) {
    return accuracy(space().genotype(choice), seed);
  }

  /**
   * The accuracies of all known trainings of a network, that which searches see first; empty if
   * there is only the one of {@link #accuracy}.
   *
   * @param choice indices of operations, {@code [blocks]}
   * @return {@code [trainings]}
   */
  default double[] trainings(int[] choice) {
    return new double[0];
  }

  /**
   * The mean accuracy of the trainings that no search sees, by which a network is scored without
   * the winner's curse; empty if there are none.
   *
   * @param choice indices of operations, {@code [blocks]}
   */
  default OptionalDouble heldOut(int[] choice) {
    return Arrays.stream(trainings(choice)).skip(1).average();
  }

  /**
   * Root mean square error, on held-out networks, of the accuracies that are predicted from others;
   * a fraction. Empty if every accuracy was measured.
   */
  default OptionalDouble predictionError() {
    return OptionalDouble.empty();
  }

  /** The {@link #name} without how well accuracies are predicted, for the titles of charts. */
  default String label() {
    return name();
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
