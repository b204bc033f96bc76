package dance.evaluate;

import dance.check.Rules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file that says in plain text what it is, then holds bytes.
 *
 * <p>The header is the line {@code dance KIND, version 1}, lines {@code name: text}, the line
 * {@code data} with the length of what follows the header and its SHA-256, and the line {@code
 * header} with the SHA-256 of the lines before. An empty line ends it.
 *
 * @param kind of file, as {@code cost table}
 * @param lines text by name
 * @param data the bytes after the header
 */
public record HeadedFile(String kind, Map<String, String> lines, byte[] data) {
  private static final String VERSION = ", version ";
  private static final String DATA = "data";
  private static final String HEADER = "header";
  private static final int MOST_HEADER_BYTES = 1 << 20;

  /** The whole file. */
  public byte[] bytes() {
    StringBuilder header = new StringBuilder("dance " + kind + VERSION + "1\n");
    lines.forEach((name, text) -> header.append(name + ": " + text + "\n"));
    header.append(DATA + ": " + data.length + " bytes, sha256 " + sha256(data) + "\n");
    byte[] before = TableIdentity.bytes(header.toString());
    byte[] end = TableIdentity.bytes(HEADER + ": sha256 " + sha256(before) + "\n\n");
    return ByteBuffer.allocate(before.length + end.length + data.length)
        .put(before)
        .put(end)
        .put(data)
        .array();
  }

  /** Reads only the header: the text of each line by its name. */
  public static Map<String, String> header(String kind, String name, byte[] bytes) {
    String first = "dance " + kind + VERSION;
    int end = headerEnd(bytes);
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    String[] lines = text.split("\n", -1);
    if (!lines[0].startsWith(first)) {
      String begin = text.substring(0, Math.min(40, text.length())).replaceAll("\\p{Cntrl}", "?");
      throw wrong(name, "is not a " + kind + ": it begins with \"" + begin + "\"");
    }
    if (!lines[0].equals(first + "1")) {
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
   * Reads a file of a kind.
   *
   * @param name its name in messages
   * @throws IllegalArgumentException describing the problem, if it is of another kind or damaged
   */
  public static HeadedFile read(String kind, String name, byte[] bytes) {
    Map<String, String> header = header(kind, name, bytes);
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
    return new HeadedFile(kind, header, data);
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(name + " " + what);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(TableIdentity.sha256().digest(bytes));
  }
}
