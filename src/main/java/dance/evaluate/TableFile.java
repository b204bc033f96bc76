package dance.evaluate;

import dance.check.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file of a table: a header in plain text, then the numbers.
 *
 * <p>A {@link HeadedFile} of the kind {@code cost table}, with the lines of the {@link
 * TableIdentity}. The numbers are latencies in ms, layer after layer, design after design, then
 * energies in mJ, as floats. They are deflated (RFC 1950) after a byte shuffle: of each table the
 * first byte of all numbers, then the second and so on, since the first bytes, sign and exponent,
 * are similar. Those of a {@linkplain LargeSpaces large} space are {@link PredictedNumbers}, layer
 * after layer, which the line {@code numbers} says.
 *
 * @param identity what the table depends on
 * @param latencyMs {@code [layers, designs]}
 * @param energyMj {@code [layers, designs]}
 */
public record TableFile(TableIdentity identity, float[][] latencyMs, float[][] energyMj) {
  private static final String KIND = "cost table";
  private static final String NUMBERS = "numbers";
  private static final String PREDICTED = "predicted from neighbours";

  /** Writes the file atomically. */
  void write(Path file) {
    AtomicFile.write(file, bytes());
  }

  byte[] bytes() {
    if (!LargeSpaces.is(identity.count(TableIdentity.DESIGN_COUNT))) {
      return new HeadedFile(KIND, identity.lines(), deflated()).bytes();
    }
    Map<String, String> lines = new LinkedHashMap<>(identity.lines());
    lines.put(NUMBERS, PREDICTED);
    return new HeadedFile(KIND, lines, predicted()).bytes();
  }

  private byte[] predicted() {
    PredictedNumbers numbers = identity.predicted();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int layer = 0; layer < latencyMs.length; layer++) {
      all.writeBytes(numbers.bytes(latencyMs[layer], energyMj[layer]));
    }
    return all.toByteArray();
  }

  private byte[] deflated() {
    int cells = latencyMs.length * (latencyMs.length == 0 ? 0 : latencyMs[0].length);
    ByteBuffer sorted = ByteBuffer.allocate(8 * cells);
    for (float[][] table : new float[][][] {latencyMs, energyMj}) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        for (float[] row : table) {
          for (float value : row) {
            sorted.put((byte) (Float.floatToIntBits(value) >> shift));
          }
        }
      }
    }
    return Deflated.of(sorted.array());
  }

  /** Reads only the header: the text of each line by its name. */
  static Map<String, String> header(String name, byte[] bytes) {
    return HeadedFile.header(KIND, name, bytes);
  }

  /**
   * Reads a file.
   *
   * @param name its name in messages
   * @throws IllegalArgumentException describing the problem, if it is not a table or damaged
   */
  static TableFile read(String name, byte[] bytes) {
    HeadedFile file = HeadedFile.read(KIND, name, bytes);
    Map<String, String> lines = new LinkedHashMap<>(file.lines());
    boolean predicted = PREDICTED.equals(lines.remove(NUMBERS));
    TableIdentity identity = new TableIdentity(lines);
    int layers = identity.count(TableIdentity.LAYER_COUNT);
    int designs = identity.count(TableIdentity.DESIGN_COUNT);
    if (predicted) {
      float[][] latencyMs = new float[layers][designs];
      float[][] energyMj = new float[layers][designs];
      ByteBuffer data = ByteBuffer.wrap(file.data());
      PredictedNumbers numbers = identity.predicted();
      for (int layer = 0; layer < layers; layer++) {
        numbers.read(name, data, latencyMs[layer], energyMj[layer]);
      }
      return new TableFile(identity, latencyMs, energyMj);
    }
    byte[] sorted = Deflated.inflate(name, file.data(), 8 * layers * designs);
    return new TableFile(
        identity, numbers(sorted, 0, layers, designs), numbers(sorted, 1, layers, designs));
  }

  private static float[][] numbers(byte[] sorted, int table, int layers, int designs) {
    int cells = layers * designs;
    float[][] numbers = new float[layers][designs];
    for (int i = 0; i < cells; i++) {
      int bits = 0;
      for (int plane = 0; plane < 4; plane++) {
        bits = bits << 8 | sorted[(4 * table + plane) * cells + i] & 0xff;
      }
      numbers[i / designs][i % designs] = Float.intBitsToFloat(bits);
    }
    return numbers;
  }

  /**
   * The whole content of a file: {@code [bytes]}.
   *
   * @throws UncheckedIOException naming the file, if it cannot be read
   */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rest of a stream, which is closed: {@code [bytes]}.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static byte[] bytes(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
