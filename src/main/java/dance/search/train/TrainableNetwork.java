package dance.search.train;

import ai.djl.ndarray.NDArray;
import dance.check.AtomicFile;
import dance.check.Rules;
import dance.evaluate.neural.Torch;
import dance.space.BlockShape;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.space.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The network of a genotype, to be trained from scratch. Holds native memory until closed. */
public final class TrainableNetwork implements AutoCloseable {
  private final Weights weights;
  private final Stage stage;
  private final List<Chosen> chosen = new ArrayList<>();
  private final String name;

  /** What stands at one place of the network. */
  record Chosen(String name, Operation operation, BlockShape shape) {}

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
    name = space.name() + " " + genotype;
    Stage all = (x, training) -> x;
    for (Placement part : space.parts()) {
      String label =
          part.block() == Placement.FIXED
              ? part.operations().get(0).label()
              : space.operations().get(choice[part.block()]);
      for (int i = 0; i < part.repeats(); i++) {
        Operation operation =
            part.operations().stream()
                .filter(o -> o.label().equals(label))
                .findFirst()
                .orElseThrow();
        all = all.then(Stage.of(operation, part.shape(), weights));
        String place = part.repeats() == 1 ? part.name() : part.name() + "." + i;
        chosen.add(new Chosen(place, operation, part.shape()));
      }
    }
    stage = all;
  }

  /**
   * Checks that the parts of a space form a chain, unlike the edges of a cell.
   *
   * @throws IllegalArgumentException naming each part that does not fit the one before
   */
  public static void checkChain(NetworkSpace space) {
    Rules rules = new Rules();
    Placement before = null;
    for (Placement part : space.parts()) {
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

  /**
   * The network with its weights as a model of ONNX (opset 13), as it computes outside of training:
   * from {@code image [batch, channels, rows, columns]}, normalized as the training images, to
   * {@code logits [batch, classes]}.
   */
  public byte[] onnx() {
    return OnnxExport.model(name, chosen, weights);
  }

  /**
   * Writes a network of a space with random weights as a model of ONNX.
   *
   * @param seed one seed, one set of weights
   * @throws IllegalArgumentException if an operation cannot be trained, or the space is no chain
   */
  public static void writeOnnx(NetworkSpace space, Genotype genotype, long seed, Path file) {
    Torch.engine();
    try (TrainableNetwork network = new TrainableNetwork(space, genotype, seed, "cpu")) {
      network.writeOnnx(file);
    }
  }

  /** Writes {@link #onnx} to a file, whole or not at all. */
  public void writeOnnx(Path file) {
    AtomicFile.write(file, onnx());
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
