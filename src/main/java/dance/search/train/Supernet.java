package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dance.check.Rules;
import dance.evaluate.neural.Torch;
import dance.search.AccuracyModel;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * All networks of a space in one, with shared weights: every block has all its operations. The
 * output of a block is the sum of the outputs of its operations, each times its gate. With one-hot
 * gates only the chosen operations are computed, at the memory and time of one network (GDAS, Dong
 * and Yang, CVPR 2019); an operation that was not chosen has gradient 0.
 *
 * <p>Weights are trained on the training images, the architecture on the validation images. Batch
 * normalisation always uses the statistics of the batch, as different networks have no common ones.
 * One thread of PyTorch: one seed gives one result. Holds native memory until closed.
 */
public final class Supernet implements AccuracyModel {
  private static final int FORM = 0x53757031;
  private static final int MEASURED_AT_ONCE = 250;

  /** Separate the random numbers of weights and of the two kinds of batches. */
  private static final long TRAINING_SEED = 0x6c6561726eL;

  private static final long VALIDATION_SEED = 0x6a75646765L;

  private final NetworkSpace space;
  private final SupernetOptions options;
  private final int operations;
  private final Images validationImages;
  private final Normalization normalization;
  private final Batches trainingBatches;
  private final Batches validationBatches;
  private final SharedPaths paths;
  private final Weights weights;
  private final Momentum momentum;
  private long trainedBatches;
  private long validatedBatches;

  /**
   * A supernet with random weights.
   *
   * @param trainImages training images of the weights
   * @param validationImages validation images of the architecture
   * @param seed of weights, order and augmentation
   * @throws IllegalArgumentException if the space cannot be trained, or needs images of another
   *     shape
   */
  public Supernet(
      NetworkSpace space,
      Images trainImages,
      Images validationImages,
      SupernetOptions options,
      long seed) {
    TrainableNetwork.checkChain(space);
    Training.checkFits(space, trainImages);
    Training.checkFits(space, validationImages);
    this.space = space;
    this.options = options;
    this.validationImages = validationImages;
    operations = space.operations().size();
    normalization = Normalization.of(trainImages);
    Augmentation change = options.augmentation();
    trainingBatches =
        new Batches(trainImages, normalization, change, options.batch(), seed ^ TRAINING_SEED);
    validationBatches =
        new Batches(
            validationImages,
            normalization,
            Augmentation.NONE,
            options.batch(),
            seed ^ VALIDATION_SEED);
    paths = new SharedPaths(space, seed, options.device());
    weights = paths.weights();
    momentum = new Momentum(weights.trained(), options.weightDecay(), weights.manager());
  }

  @Override
  public boolean sampled() {
    return options.sampled();
  }

  /** Number of trained parameters of all operations. */
  public long parameters() {
    return weights.count();
  }

  /** Number of arrays that it currently holds. */
  int arrays() {
    return weights.manager().getManagedArrays().size();
  }

  /** A training step of the weights selected by the gates, on one batch. */
  @Override
  public double train(double[] gates, double progress) {
    check(gates);
    double[] result = new double[1];
    double rate = Training.cosine(options.learningRate(), Math.min(1, Math.max(0, progress)));
    Torch.alone(
        () -> {
          try (NDManager scratch = weights.manager().newSubManager()) {
            Batches.Batch batch =
                trainingBatches.get(trainedBatches, options.labelSmoothing(), scratch);
            result[0] =
                Training.backward(
                    () ->
                        Training.entropy(
                            paths.logits(batch.values(), gates, null), batch.targets()));
            Training.checkNumber(result[0], rate, trainedBatches);
            trainedBatches++;
            paths.taken(gates, momentum.begin(rate, scratch)::take);
          }
        });
    return result[0];
  }

  /** Cross-entropy of one batch, without label smoothing. */
  @Override
  public double loss(double[] gates, double[] gradient) {
    check(gates);
    double[] result = new double[1];
    Torch.alone(
        () -> {
          try (NDManager scratch = weights.manager().newSubManager()) {
            Batches.Batch batch = validationBatches.get(validatedBatches, 0, scratch);
            NDArray[] scalars = scalars(gates, scratch);
            try (Resting weightsRest = new Resting()) {
              result[0] =
                  Training.backward(
                      () ->
                          Training.entropy(
                              paths.logits(batch.values(), gates, scalars), batch.targets()));
            }
            Training.checkNumber(result[0], options.learningRate(), trainedBatches);
            validatedBatches++;
            Arrays.fill(gradient, 0);
            for (int i = 0; i < scalars.length; i++) {
              gradient[i] = scalars[i] == null ? 0 : scalars[i].getGradient().getFloat();
            }
          }
        });
    return result[0];
  }

  /** Gates as arrays with gradients, for the operations that are computed. */
  private NDArray[] scalars(double[] gates, NDManager scratch) {
    NDArray[] scalars = new NDArray[gates.length];
    for (int i = 0; i < gates.length; i++) {
      boolean computed =
          options.sampled() ? gates[i] != 0 : space.allows(i / operations, i % operations);
      if (computed) {
        scalars[i] = scratch.create((float) gates[i]);
        scalars[i].setRequiresGradient(true);
      }
    }
    return scalars;
  }

  /** While open, weights require no gradient; closing it does not hide a failure. */
  private final class Resting implements AutoCloseable {
    Resting() {
      paths.learning(false);
    }

    @Override
    public void close() {
      paths.learning(true);
    }
  }

  /** Validation accuracy of a sub-network with the shared weights, 0…1. */
  public double accuracy(Genotype genotype) {
    double[] gates = space.encode(genotype);
    int slices = (validationImages.size() + MEASURED_AT_ONCE - 1) / MEASURED_AT_ONCE;
    long[] right = new long[1];
    Torch.alone(
        () -> {
          for (int s = 0; s < slices; s++) {
            int from = (int) ((long) validationImages.size() * s / slices);
            int to = (int) ((long) validationImages.size() * (s + 1) / slices);
            try (NDManager scratch = weights.manager().newSubManager()) {
              Batches.Batch batch =
                  Batches.slice(validationImages, normalization, from, to, scratch);
              NDArray logits = paths.logits(batch.values(), gates, null);
              right[0] += Training.right(logits.argMax(1).toLongArray(), validationImages, from);
            }
          }
        });
    return (double) right[0] / validationImages.size();
  }

  private void check(double[] gates) {
    Rules rules =
        new Rules()
            .require(
                gates.length == space.blocks() * operations,
                "%d gates must be those of %d blocks × %d operations",
                gates.length,
                space.blocks(),
                operations);
    rules.check();
    for (int b = 0; b < space.blocks(); b++) {
      int open = 0;
      for (int o = 0; o < operations; o++) {
        double gate = gates[b * operations + o];
        open += gate != 0 ? 1 : 0;
        rules.require(
            Double.isFinite(gate) && (gate == 0 || space.allows(b, o)),
            "gate of %s at %s (%s) must be a number, and 0 where the operation is not allowed",
            space.operations().get(o),
            space.blockNames().get(b),
            gate);
      }
      rules.require(
          options.sampled() ? open == 1 : open > 0,
          "%d gates of %s are not 0, but %s must be",
          open,
          space.blockNames().get(b),
          options.sampled() ? "one" : "some");
    }
    rules.check();
  }

  /** Weights, velocities, and the numbers of training and validation batches. */
  @Override
  public byte[] state() {
    ByteBuffer out = ByteBuffer.allocate(stateBytes());
    out.putInt(FORM).putLong(trainedBatches).putLong(validatedBatches);
    Weights.write(weights.trained(), out);
    Weights.write(momentum.velocities(), out);
    return out.array();
  }

  private int stateBytes() {
    return 4 + 8 + 8 + 2 * Weights.bytes(weights.trained());
  }

  @Override
  public void restore(byte[] state) {
    ByteBuffer in = ByteBuffer.wrap(state);
    new Rules()
        .require(
            state.length == stateBytes() && in.getInt() == FORM,
            "%d bytes are not the state of a supernet of %s, which has %d",
            state.length,
            space.name(),
            stateBytes())
        .check();
    trainedBatches = in.getLong();
    validatedBatches = in.getLong();
    Weights.read(weights.trained(), in);
    Weights.read(momentum.velocities(), in);
  }

  @Override
  public void close() {
    paths.close();
  }
}
