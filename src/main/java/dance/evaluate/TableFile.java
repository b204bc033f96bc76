package dance.evaluate;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The file of a table: a header in plain text, then the numbers.
 *
 * <p>The header is the line {@code dance cost table, version 1}, the lines of the {@link
 * TableIdentity}, the line {@code data} with the length of what follows the header and its SHA-256,
 * and the line {@code header} with the SHA-256 of the lines before. An empty line ends it. The
 * numbers are latencies in ms, layer after layer, design after design, then energies in mJ, as
 * floats. They are deflated (RFC 1950) after a byte shuffle: of each table the first byte of all
 * numbers, then the second and so on, since the first bytes, sign and exponent, are similar.
 *
 * @param identity what the table depends on
 * @param latencyMs {@code [layers, designs]}
 * @param energyMj {@code [layers, designs]}
 */
public record TableFile(TableIdentity identity, double[][] latencyMs, double[][] energyMj) {
  private static final String KIND = "dance cost table, version ";
  private static final String FIRST = KIND + "1";
  private static final String DATA = "data";
  private static final String HEADER = "header";
  private static final int MOST_HEADER_BYTES = 1 << 20;

  /** Writes the file atomically. */
  void write(Path file) {
    AtomicFile.write(file, bytes());
  }

  byte[] bytes() {
    byte[] data = deflated();
    StringBuilder header = new StringBuilder(FIRST + "\n");
    identity.lines().forEach((name, text) -> header.append(name + ": " + text + "\n"));
    header.append(DATA + ": " + data.length + " bytes, sha256 " + sha256(data) + "\n");
    byte[] lines = TableIdentity.bytes(header.toString());
    byte[] end = TableIdentity.bytes(HEADER + ": sha256 " + sha256(lines) + "\n\n");
    return ByteBuffer.allocate(lines.length + end.length + data.length)
        .put(lines)
        .put(end)
        .put(data)
        .array();
  }

  private byte[] deflated() {
    int cells = latencyMs.length * (latencyMs.length == 0 ? 0 : latencyMs[0].length);
    ByteBuffer sorted = ByteBuffer.allocate(8 * cells);
    for (double[][] table : new double[][][] {latencyMs, energyMj}) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        for (double[] row : table) {
          for (double value : row) {
            sorted.put((byte) (Float.floatToIntBits((float) value) >> shift));
          }
        }
      }
    }
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(sorted.array());
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Reads only the header: the text of each line by its name. */
  static Map<String, String> header(String name, byte[] bytes) {
    int end = headerEnd(bytes);
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    String[] lines = text.split("\n", -1);
    if (!lines[0].startsWith(KIND)) {
      String begin = text.substring(0, Math.min(40, text.length())).replaceAll("\\p{Cntrl}", "?");
      throw wrong(name, "is not a cost table: it begins with \"" + begin + "\"");
    }
    if (!lines[0].equals(FIRST)) {
      throw wrong(name, "is a " + lines[0] + ", but only version 1 can be read");
    }
    if (end == bytes.length) {
      throw wrong(name, "is truncated: it ends within the header, after " + end + " bytes");
    }
    Map<String, String> header = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(": ");
      if (colon > 0) {
        header.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
      }
    }
    int last = text.lastIndexOf("\n" + HEADER + ": ") + 1;
    byte[] before = TableIdentity.bytes(text.substring(0, last));
    if (!("sha256 " + sha256(before)).equals(header.get(HEADER))) {
      throw wrong(name, "is damaged: the checksum of its header does not match");
    }
    return header;
  }

  /** The line end before the empty line, or the length if there is none. */
  private static int headerEnd(byte[] bytes) {
    int most = Math.min(bytes.length, MOST_HEADER_BYTES);
    for (int i = 1; i < most; i++) {
      if (bytes[i - 1] == '\n' && bytes[i] == '\n') {
        return i - 1;
      }
    }
    return most;
  }

  /**
   * Reads a file.
   *
   * @param name its name in messages
   * @throws IllegalArgumentException describing the problem, if it is not a table or damaged
   */
  static TableFile read(String name, byte[] bytes) {
    Map<String, String> header = header(name, bytes);
    byte[] data = Arrays.copyOfRange(bytes, headerEnd(bytes) + 2, bytes.length);
    String[] words = header.remove(DATA).split("[ ,]+");
    header.remove(HEADER);
    int expected = Integer.parseInt(words[0]);
    new Rules()
        .require(
            data.length >= expected,
            "%s is truncated: it has %d of %d bytes of data",
            name,
            data.length,
            expected)
        .require(
            data.length <= expected,
            "%s is damaged: %d bytes follow its end",
            name,
            data.length - expected)
        .require(
            data.length != expected || sha256(data).equals(words[3]),
            "%s is damaged: the checksum of its data does not match",
            name)
        .check();
    TableIdentity identity = new TableIdentity(header);
    int layers = identity.count(TableIdentity.LAYER_COUNT);
    int designs = identity.count(TableIdentity.DESIGN_COUNT);
    byte[] sorted = inflated(name, data, 8 * layers * designs);
    return new TableFile(
        identity, numbers(sorted, 0, layers, designs), numbers(sorted, 1, layers, designs));
  }

  private static byte[] inflated(String name, byte[] data, int length) {
    byte[] sorted = new byte[length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      int read = inflater.inflate(sorted);
      if (read != length || inflater.inflate(new byte[1]) != 0) {
        throw wrong(name, "holds another number of costs than its header says");
      }
      return sorted;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(name + " is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static double[][] numbers(byte[] sorted, int table, int layers, int designs) {
    int cells = layers * designs;
    double[][] numbers = new double[layers][designs];
    for (int i = 0; i < cells; i++) {
      int bits = 0;
      for (int plane = 0; plane < 4; plane++) {
        bits = bits << 8 | sorted[(4 * table + plane) * cells + i] & 0xff;
      }
      numbers[i / designs][i % designs] = Float.intBitsToFloat(bits);
    }
    return numbers;
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(name + " " + what);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(TableIdentity.sha256().digest(bytes));
  }

  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
