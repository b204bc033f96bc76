package dance.search.train;

import dance.check.Rules;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Labelled images of one size. */
public final class Images {
  private final byte[] pixels;
  private final byte[] labels;
  private final int classes;
  private final int channels;
  private final int rows;
  private final int columns;

  /**
   * Images from their bytes.
   *
   * @param pixels {@code [images, channels, rows, columns]}, flattened, 0…255
   * @param labels {@code [images]}, 0…classes − 1
   */
  public Images(byte[] pixels, byte[] labels, int classes, int channels, int rows, int columns) {
    Rules rules =
        new Rules()
            .require(labels.length >= 1, "there must be at least one image")
            .require(classes >= 2 && classes <= 256, "classes (%d) must be from 2 to 256", classes)
            .require(
                channels >= 1 && rows >= 1 && columns >= 1,
                "images must have channels and pixels, not %d×%d×%d",
                channels,
                rows,
                columns)
            .require(
                pixels.length == (long) labels.length * channels * rows * columns,
                "%d bytes of pixels must be those of %d images of %d×%d×%d",
                pixels.length,
                labels.length,
                channels,
                rows,
                columns);
    for (int i = 0; i < labels.length && rules.violations().isEmpty(); i++) {
      int label = labels[i] & 0xff;
      rules.require(
          label < classes, "label %d of image %d must be from 0 to %d", label, i, classes - 1);
    }
    rules.check();
    this.pixels = pixels.clone();
    this.labels = labels.clone();
    this.classes = classes;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** 1 for grey, 3 for color images. */
  public int channels() {
    return channels;
  }

  /** Rows of every image. */
  public int rows() {
    return rows;
  }

  /** Columns of every image. */
  public int columns() {
    return columns;
  }

  /** The class of an image. */
  public int label(int image) {
    return labels[image] & 0xff;
  }

  /** A value of an image, 0…255. */
  public int pixel(int image, int channel, int row, int column) {
    return pixels[((image * channels + channel) * rows + row) * columns + column] & 0xff;
  }

  /** Bytes of one image. */
  int imageBytes() {
    return channels * rows * columns;
  }

  /** All values; read-only. */
  byte[] pixels() {
    return pixels;
  }

  /** All labels; read-only. */
  byte[] labels() {
    return labels;
  }

  /** The images of these indices, {@code [images]}, in this order. */
  public Images select(int... numbers) {
    byte[] some = new byte[numbers.length * imageBytes()];
    byte[] classesOfSome = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(pixels, numbers[i] * imageBytes(), some, i * imageBytes(), imageBytes());
      classesOfSome[i] = labels[numbers[i]];
    }
    return new Images(some, classesOfSome, classes, channels, rows, columns);
  }

  /**
   * Disjoint stratified subsets: each has the class distribution of the whole, up to one image;
   * within a subset the order is kept.
   *
   * @param seed one seed, one choice
   * @param sizes images in each subset, {@code [subsets]}
   */
  public List<Images> split(long seed, int... sizes) {
    long wanted = IntStream.of(sizes).asLongStream().sum();
    new Rules()
        .require(
            wanted <= size(),
            "parts of %s images must not exceed the %d images",
            Arrays.toString(sizes),
            size())
        .require(
            IntStream.of(sizes).allMatch(s -> s >= 1),
            "parts of %s images must not be empty",
            Arrays.toString(sizes))
        .check();
    int[] order = mixed(seed);
    List<Images> parts = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      int[] part = Arrays.copyOfRange(order, start, start + size);
      Arrays.sort(part);
      parts.add(select(part));
      start += size;
    }
    return parts;
  }

  /** All indices in an order in which every class is spread evenly. */
  private int[] mixed(long seed) {
    int[] shuffled = shuffled(size(), new SplittableRandom(seed));
    int[] count = new int[classes];
    for (int i = 0; i < size(); i++) {
      count[label(i)]++;
    }
    double[] place = new double[size()];
    int[] seen = new int[classes];
    for (int image : shuffled) {
      int label = label(image);
      place[image] = (seen[label]++ + 0.5) / count[label];
    }
    return IntStream.of(shuffled)
        .boxed()
        .sorted(Comparator.comparingDouble(image -> place[image]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** 0…count − 1 in random order. */
  static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** A hash of shape, values and labels (SHA-256). */
  public String sha256() {
    return sha256(
        new byte[] {(byte) channels, (byte) rows, (byte) columns, (byte) classes}, pixels, labels);
  }

  /** The hash of bytes, one part after the other. */
  static String sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** {@code 5000 images of 1×28×28, 10 classes}. */
  @Override
  public String toString() {
    return size()
        + " images of "
        + channels
        + "×"
        + rows
        + "×"
        + columns
        + ", "
        + classes
        + " classes";
  }
}
