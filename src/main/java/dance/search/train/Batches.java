package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dance.check.Rules;
import dance.evaluate.neural.Torch;
import java.util.SplittableRandom;

/**
 * Images in batches, shuffled in every epoch. A batch is a function of seed and number, so that
 * training can resume at any number.
 */
final class Batches {
  private final Images images;
  private final Normalization normalization;
  private final Augmentation augmentation;
  private final int size;
  private final long key;
  private long epoch = -1;
  private int[] order = {};

  /** Batches of a size; images left over at the end of an epoch are skipped. */
  Batches(
      Images images, Normalization normalization, Augmentation augmentation, int size, long seed) {
    new Rules()
        .require(
            size >= 2 && size <= images.size(),
            "batch (%d) must be from 2 to the number of images (%d)",
            size,
            images.size())
        .check();
    this.images = images;
    this.normalization = normalization;
    this.augmentation = augmentation;
    this.size = size;
    key = new SplittableRandom(seed).nextLong();
  }

  /** Batches in an epoch. */
  int perEpoch() {
    return images.size() / size;
  }

  /**
   * A batch.
   *
   * @param values the images, {@code [batch, channels, rows, columns]}, normalised
   * @param targets {@code [batch, classes]}: target probabilities
   */
  record Batch(NDArray values, NDArray targets) {}

  /**
   * The batch of this number, counted from 0 over all epochs.
   *
   * @param smoothing probability shared by all classes: label smoothing (Szegedy et al., CVPR 2016)
   */
  Batch get(long number, double smoothing, NDManager manager) {
    long wanted = number / perEpoch();
    if (wanted != epoch) {
      epoch = wanted;
      order = Images.shuffled(images.size(), new SplittableRandom(key + 2 * epoch));
    }
    SplittableRandom random = new SplittableRandom(key + 2 * number + 1);
    int start = (int) (number % perEpoch()) * size;
    int[] chosen = new int[size];
    System.arraycopy(order, start, chosen, 0, size);
    float[] values = new float[size * images.imageBytes()];
    for (int i = 0; i < size; i++) {
      int at = i * images.imageBytes();
      normalization.write(images, chosen[i], values, at);
      augmentation.apply(values, at, images, random);
    }
    return new Batch(
        Torch.array(manager, values, shape(images, size)),
        Torch.array(
            manager, targets(images, chosen, smoothing), new Shape(size, images.classes())));
  }

  /** A range of images, without augmentation. */
  static Batch slice(
      Images images, Normalization normalization, int from, int to, NDManager manager) {
    float[] values = new float[(to - from) * images.imageBytes()];
    int[] chosen = new int[to - from];
    for (int i = from; i < to; i++) {
      chosen[i - from] = i;
      normalization.write(images, i, values, (i - from) * images.imageBytes());
    }
    return new Batch(
        Torch.array(manager, values, shape(images, to - from)),
        Torch.array(manager, targets(images, chosen, 0), new Shape(to - from, images.classes())));
  }

  private static Shape shape(Images images, int count) {
    return new Shape(count, images.channels(), images.rows(), images.columns());
  }

  static float[] targets(Images images, int[] chosen, double smoothing) {
    int classes = images.classes();
    float[] targets = new float[chosen.length * classes];
    java.util.Arrays.fill(targets, (float) (smoothing / classes));
    for (int i = 0; i < chosen.length; i++) {
      targets[i * classes + images.label(chosen[i])] += (float) (1 - smoothing);
    }
    return targets;
  }
}
