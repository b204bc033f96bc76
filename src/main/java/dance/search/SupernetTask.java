package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.OptionalDouble;

/**
 * Networks whose accuracies a search sees by the trained weights of a supernet; the network that is
 * found counts as trained from scratch, once, and is scored by known accuracies.
 *
 * @param weights of the supernet
 * @param scratch accuracies of networks that were trained from scratch
 */
record SupernetTask(SupernetWeights weights, Task scratch) implements Task {
  @Override
  public String name() {
    return "supernet " + scratch.name();
  }

  @Override
  public NetworkSpace space() {
    return weights.space();
  }

  @Override
  public double accuracy(Genotype genotype, long seed) {
    return scratch.accuracy(genotype, seed);
  }

  @Override
  public double[] trainings(int[] choice) {
    return scratch.trainings(choice);
  }

  @Override
  public OptionalDouble predictionError() {
    return scratch.predictionError();
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public AccuracyModel accuracyModel(long seed) {
    return weights.model(seed);
  }

  @Override
  public String fingerprint() {
    return weights.fingerprint() + "; " + scratch.fingerprint();
  }
}
