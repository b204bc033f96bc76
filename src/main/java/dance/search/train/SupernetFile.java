package dance.search.train;

import ai.djl.ndarray.NDArray;
import dance.check.AtomicFile;
import dance.check.Rules;
import dance.evaluate.HeadedFile;
import dance.evaluate.neural.Torch;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The trained weights of a supernet and how they were trained: a header in plain text with
 * checksums, then all weights as numbers of 16 bits in the order in which they are created.
 *
 * @param lines of the header: space, images, recipe, seed, epochs, library, device, seconds, and
 *     what was measured on the way
 * @param weights two bytes each
 */
public record SupernetFile(Map<String, String> lines, byte[] weights) {
  static final String KIND = "supernet";
  static final String SPACE = "network space";
  static final String IMAGES = "images";
  static final String TRAINED = "trained on";
  static final String VALIDATION = "validation";
  static final String RECIPE = "recipe";
  static final String EPOCHS = "epochs";
  static final String BATCH = "batch";

  /** Rounds the weights of a supernet. */
  static SupernetFile of(Map<String, String> lines, SharedPaths paths) {
    List<NDArray> arrays = paths.weights().trained();
    ByteBuffer out = ByteBuffer.allocate(Weights.bytes(arrays) / 2);
    for (NDArray array : arrays) {
      for (float value : array.toFloatArray()) {
        out.putShort(Half.of(value));
      }
    }
    return new SupernetFile(lines, out.array());
  }

  /** Images as the header names them. */
  static String text(Images images) {
    return images + ", sha256 " + images.sha256();
  }

  /** Writes the file, whole or not at all. */
  public void write(Path file) {
    AtomicFile.write(file, new HeadedFile(KIND, lines, weights).bytes());
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException describing the problem, if it is of another kind or damaged
   */
  public static SupernetFile read(Path file) {
    try {
      HeadedFile read = HeadedFile.read(KIND, file.toString(), Files.readAllBytes(file));
      return new SupernetFile(read.lines(), read.data());
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be read: " + e, e));
    }
  }

  /** A hash of the weights (SHA-256). */
  public String sha256() {
    return Images.sha256(weights);
  }

  /** The name of its network space, as {@link NetworkSpace#byName} takes it. */
  public String spaceName() {
    String space = lines.getOrDefault(SPACE, "");
    return space.contains(": ") ? space.substring(0, space.indexOf(": ")) : space;
  }

  /** Seconds of its training. */
  public double seconds() {
    return Double.parseDouble(lines.get(SupernetRun.SECONDS));
  }

  /** One line about its training. */
  public String summary() {
    return "%s, %s, %s epochs, %s, %s s"
        .formatted(
            spaceName(),
            lines.get(TRAINED).replaceFirst(", sha256.*", ""),
            lines.get(EPOCHS),
            lines.get(SupernetRun.DEVICE),
            lines.get(SupernetRun.SECONDS));
  }

  /**
   * The weights in a network, on a device.
   *
   * @param name of the file in messages
   * @throws IllegalArgumentException if the file is of another space
   */
  SharedPaths paths(String name, NetworkSpace space, String device) {
    new Rules()
        .require(
            space.fingerprint().equals(lines.get(SPACE)),
            "%s has the weights of space %s, not of %s. Maybe --space %s was meant.",
            name,
            lines.get(SPACE),
            space,
            spaceName())
        .check();
    SharedPaths paths = new SharedPaths(space, 0, device);
    List<NDArray> arrays = paths.weights().trained();
    int expected = Weights.bytes(arrays) / 2;
    if (weights.length != expected) {
      paths.close();
      throw new IllegalArgumentException(
          "%s has %d bytes of weights, but %s has %d"
              .formatted(name, weights.length, space.name(), expected));
    }
    ByteBuffer in = ByteBuffer.wrap(weights);
    for (NDArray array : arrays) {
      float[] values = new float[Math.toIntExact(array.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = Half.value(in.getShort());
      }
      Torch.set(array, values);
    }
    paths.learning(false);
    return paths;
  }
}
