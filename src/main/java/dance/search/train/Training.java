package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dance.cost.Progress;
import dance.evaluate.neural.Torch;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Trains a network from scratch and tests it. */
public final class Training {
  private static final int MEASURED_AT_ONCE = 500;
  private static final long TELL_EVERY_NANOS = 250_000_000;

  /**
   * Result of a test.
   *
   * @param accuracy fraction of correctly classified images, 0…1
   * @param loss mean cross-entropy
   */
  public record Outcome(double accuracy, double loss) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "accuracy %.2f %%, loss %.4f", 100 * accuracy, loss);
    }
  }

  private Training() {}

  /**
   * Trains the network of a genotype and tests it. With one thread of PyTorch, so that on one
   * machine one seed gives one result.
   *
   * @param trainImages training images
   * @param test test images
   * @throws IllegalArgumentException if the loss becomes NaN or infinite
   * @throws CancellationException if the thread is interrupted
   */
  public static Outcome fromScratch(
      NetworkSpace space,
      Genotype genotype,
      Images trainImages,
      Images test,
      TrainingOptions options,
      Progress progress) {
    return fromScratch(space, genotype, trainImages, test, options, progress, network -> {});
  }

  /**
   * As {@link #fromScratch(NetworkSpace, Genotype, Images, Images, TrainingOptions, Progress)},
   * with the trained network handed out before it is closed: {@code network ->
   * network.writeOnnx(file)}.
   */
  public static Outcome fromScratch(
      NetworkSpace space,
      Genotype genotype,
      Images trainImages,
      Images test,
      TrainingOptions options,
      Progress progress,
      Consumer<TrainableNetwork> trained) {
    checkFits(space, trainImages);
    checkFits(space, test);
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    Torch.alone(
        () -> {
          try (TrainableNetwork network =
              new TrainableNetwork(space, genotype, options.seed(), options.device())) {
            Normalization normalization = Normalization.of(trainImages);
            train(network, trainImages, normalization, options, progress);
            outcome.set(measure(network, test, normalization));
            trained.accept(network);
          }
        });
    return outcome.get();
  }

  /** Checks that images have the shape and classes of a space. */
  static void checkFits(NetworkSpace space, Images images) {
    var first = space.parts().get(0).shape();
    var last = space.parts().get(space.parts().size() - 1).shape();
    new dance.check.Rules()
        .require(
            first.inputs() == images.channels()
                && first.rows() == images.rows()
                && first.columns() == images.columns()
                && last.outputs() == images.classes(),
            "networks of space %s take %d×%d×%d and have %d classes, but the data are %s",
            space.name(),
            first.inputs(),
            first.rows(),
            first.columns(),
            last.outputs(),
            images)
        .check();
  }

  private static void train(
      TrainableNetwork network,
      Images images,
      Normalization normalization,
      TrainingOptions options,
      Progress progress) {
    Batches batches =
        new Batches(images, normalization, options.augmentation(), options.batch(), options.seed());
    Weights weights = network.weights();
    Momentum momentum = new Momentum(weights.trained(), options.weightDecay(), weights.manager());
    long steps = (long) options.epochs() * batches.perEpoch();
    long start = System.nanoTime();
    long told = start;
    for (long step = 0; step < steps; step++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("training was cancelled after " + step + " steps");
      }
      double rate = cosine(options.learningRate(), step / (double) steps);
      try (NDManager scratch = weights.manager().newSubManager()) {
        Batches.Batch batch = batches.get(step, options.labelSmoothing(), scratch);
        double loss =
            backward(() -> entropy(network.logits(batch.values(), true), batch.targets()));
        checkNumber(loss, rate, step);
        momentum.step(rate, scratch);
        if (System.nanoTime() - told > TELL_EVERY_NANOS || step == steps - 1) {
          told = System.nanoTime();
          progress.at(
              Progress.State.of(
                      "training", "steps", step + 1, steps, step + 1, (told - start) / 1e9)
                  .note(String.format(Locale.ROOT, "loss %.3f", loss)));
        }
      }
    }
  }

  /** The loss, after backpropagation. */
  static double backward(Supplier<NDArray> loss) {
    synchronized (Training.class) { // DJL has one gradient collector per process
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        NDArray array = loss.get();
        collector.backward(array);
        return array.getFloat();
      }
    }
  }

  static double cosine(double rate, double part) {
    return rate * 0.5 * (1 + Math.cos(Math.PI * part));
  }

  static void checkNumber(double loss, double rate, long step) {
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "loss is %s after %d steps. Maybe a smaller learning rate than %.3g helps.",
              loss,
              step,
              rate));
    }
  }

  /** Mean cross-entropy of {@code [batch, classes]} against probabilities. */
  static NDArray entropy(NDArray logits, NDArray targets) {
    return logits.logSoftmax(1).mul(targets).sum(new int[] {1}).mean().neg();
  }

  private static Outcome measure(
      TrainableNetwork network, Images images, Normalization normalization) {
    double loss = 0;
    long right = 0;
    for (int from = 0; from < images.size(); from += MEASURED_AT_ONCE) {
      int to = Math.min(images.size(), from + MEASURED_AT_ONCE);
      try (NDManager scratch = network.weights().manager().newSubManager()) {
        Batches.Batch batch = Batches.slice(images, normalization, from, to, scratch);
        NDArray logits = network.logits(batch.values(), false);
        loss += entropy(logits, batch.targets()).getFloat() * (to - from);
        right += right(logits.argMax(1).toLongArray(), images, from);
      }
    }
    return new Outcome((double) right / images.size(), loss / images.size());
  }

  static long right(long[] named, Images images, int from) {
    long right = 0;
    for (int i = 0; i < named.length; i++) {
      right += named[i] == images.label(from + i) ? 1 : 0;
    }
    return right;
  }
}
