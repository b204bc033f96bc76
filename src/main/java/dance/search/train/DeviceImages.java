package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dance.check.Rules;
import dance.evaluate.neural.Torch;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A set of images in a device's memory as one array of bytes, with a margin of the channels' means.
 * A batch, shifts and flips of its images included, is gathered there by index: a step sends some
 * kilobytes to the device, whatever the size of the images.
 *
 * <p>A batch is a function of seed and number, so that training can resume at any number.
 */
final class DeviceImages {
  private final Images images;
  private final Augmentation augmentation;
  private final int margin;
  private final int width;
  private final int plane;
  private final long key;
  private final NDArray bytes;
  private final NDArray planes;
  private final NDArray means;
  private final NDArray scales;
  private long epoch = -1;
  private int[] order = {};

  /**
   * Copies the images to the device of an owner.
   *
   * @param seed of order and augmentation
   */
  DeviceImages(
      Images images,
      Normalization normalization,
      Augmentation augmentation,
      long seed,
      NDManager owner) {
    this.images = images;
    this.augmentation = augmentation;
    margin = augmentation.shift();
    width = images.columns() + 2 * margin;
    plane = (images.rows() + 2 * margin) * width;
    key = new SplittableRandom(seed).nextLong();
    int channels = images.channels();
    new Rules()
        .require(
            (long) images.size() * channels * plane < Integer.MAX_VALUE,
            "%s with a margin of %d pixels are too many bytes for one array",
            images,
            margin)
        .check();
    bytes = Torch.array(owner, padded(normalization));
    long[] starts = new long[channels];
    float[] mean = new float[channels];
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      starts[c] = (long) c * plane;
      mean[c] = normalization.means().get(c).floatValue();
      scale[c] = (float) (1 / normalization.deviations().get(c));
    }
    Shape channel = new Shape(1, channels, 1, 1);
    planes = Torch.array(owner, starts, channel);
    means = Torch.array(owner, mean, channel);
    scales = Torch.array(owner, scale, channel);
  }

  /** {@code [images, channels, rows, columns]} with the margin, flattened. */
  private byte[] padded(Normalization normalization) {
    int channels = images.channels();
    byte[] pixels = images.pixels();
    byte[] all = new byte[images.size() * channels * plane];
    for (int i = 0; i < images.size(); i++) {
      for (int c = 0; c < channels; c++) {
        int to = (i * channels + c) * plane;
        byte mean = (byte) Math.round(normalization.means().get(c));
        Arrays.fill(all, to, to + plane, mean);
        for (int y = 0; y < images.rows(); y++) {
          System.arraycopy(
              pixels,
              i * images.imageBytes() + (c * images.rows() + y) * images.columns(),
              all,
              to + (y + margin) * width + margin,
              images.columns());
        }
      }
    }
    return all;
  }

  /** Batches of a size in an epoch; images left over at its end are skipped. */
  int perEpoch(int batch) {
    return images.size() / batch;
  }

  /**
   * The batch of this number, counted from 0 over all epochs, shuffled and augmented.
   *
   * @param smoothing probability shared by all classes: label smoothing (Szegedy et al., CVPR 2016)
   */
  Batches.Batch get(long number, int batch, double smoothing, NDManager owner) {
    long wanted = number / perEpoch(batch);
    if (wanted != epoch) {
      epoch = wanted;
      order = Images.shuffled(images.size(), new SplittableRandom(key + 2 * epoch));
    }
    int[] chosen = new int[batch];
    System.arraycopy(order, (int) (number % perEpoch(batch)) * batch, chosen, 0, batch);
    return gather(chosen, smoothing, new SplittableRandom(key + 2 * number + 1), owner);
  }

  /** A range of images in their order, as they are. */
  Batches.Batch slice(int from, int to, NDManager owner) {
    int[] chosen = new int[to - from];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = from + i;
    }
    return gather(chosen, 0, null, owner);
  }

  private Batches.Batch gather(
      int[] chosen, double smoothing, SplittableRandom random, NDManager owner) {
    int rows = images.rows();
    int columns = images.columns();
    long[] row = new long[chosen.length * rows];
    long[] column = new long[chosen.length * columns];
    for (int i = 0; i < chosen.length; i++) {
      int dy = margin + shift(random);
      int dx = margin + shift(random);
      boolean flipped = random != null && augmentation.flip() && random.nextBoolean();
      long start = (long) chosen[i] * images.channels() * plane;
      for (int y = 0; y < rows; y++) {
        row[i * rows + y] = start + (long) (y + dy) * width;
      }
      for (int x = 0; x < columns; x++) {
        column[i * columns + x] = dx + (flipped ? columns - 1 - x : x);
      }
    }
    NDArray rowStarts = Torch.array(owner, row, new Shape(chosen.length, 1, rows, 1));
    NDArray index =
        rowStarts
            .add(planes)
            .add(Torch.array(owner, column, new Shape(chosen.length, 1, 1, columns)));
    NDArray values =
        bytes.take(owner, index).toType(DataType.FLOAT32, false).sub(means).mul(scales);
    return new Batches.Batch(
        values,
        Torch.array(
            owner,
            Batches.targets(images, chosen, smoothing),
            new Shape(chosen.length, images.classes())));
  }

  private int shift(SplittableRandom random) {
    return random == null || augmentation.shift() == 0
        ? 0
        : random.nextInt(2 * augmentation.shift() + 1) - augmentation.shift();
  }
}
