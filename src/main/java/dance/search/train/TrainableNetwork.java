package dance.search.train;

import ai.djl.ndarray.NDArray;
import dance.check.Rules;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Part;

/** The network of a genotype, to be trained from scratch. Holds native memory until closed. */
public final class TrainableNetwork implements AutoCloseable {
  private final Weights weights;
  private final Stage stage;

  /**
   * A network with random weights.
   *
   * @param seed one seed, one set of weights
   * @param device as in {@link TrainingOptions}
   * @throws IllegalArgumentException if an operation cannot be trained
   */
  public TrainableNetwork(NetworkSpace space, Genotype genotype, long seed, String device) {
    checkChain(space);
    int[] choice = space.choice(genotype);
    weights = new Weights(seed, device);
    Stage all = (x, training) -> x;
    for (Part part : space.parts()) {
      String label =
          part.block() == Part.FIXED
              ? part.operations().get(0).label()
              : space.operations().get(choice[part.block()]);
      for (int i = 0; i < part.repeats(); i++) {
        all =
            all.then(
                part.operations().stream()
                    .filter(o -> o.label().equals(label))
                    .map(o -> Stage.of(o, part.shape(), weights))
                    .findFirst()
                    .orElseThrow());
      }
    }
    stage = all;
  }

  /** Checks that the parts of a space form a chain, unlike the edges of a cell. */
  static void checkChain(NetworkSpace space) {
    Rules rules = new Rules();
    Part before = null;
    for (Part part : space.parts()) {
      rules.require(
          part.repeats() == 1 || part.shape().kept(),
          "%s of space %s repeats, but does not keep its shape: %s",
          part.name(),
          space.name(),
          part.shape());
      if (before != null) {
        rules.require(
            part.shape().inputs() == before.shape().outputs()
                && part.shape().rows() == before.shape().outputRows()
                && part.shape().columns() == before.shape().outputColumns(),
            "%s of space %s takes %s, but its predecessor gives %s",
            part.name(),
            space.name(),
            part.shape(),
            before.shape());
      }
      before = part;
    }
    rules.check();
  }

  /** {@code [batch, channels, rows, columns] → [batch, classes]}; belongs to the owner of x. */
  NDArray logits(NDArray x, boolean training) {
    return stage.apply(x, training);
  }

  Weights weights() {
    return weights;
  }

  /** Number of trained parameters. */
  public long parameters() {
    return weights.count();
  }

  @Override
  public void close() {
    weights.close();
  }
}
