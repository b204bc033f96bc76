package dance.interchange;

import dance.interchange.onnx.ImportReport;
import dance.interchange.onnx.OnnxNetwork;
import dance.interchange.onnx.OnnxOptions;
import dance.workload.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads networks from files of any supported format: ONNX, and the {@link TopologyFormat}s. The
 * format is detected by content, not by name.
 */
public final class NetworkReader {
  private static final int MAX_BYTES = 4 << 20;

  private NetworkReader() {}

  /**
   * Reads a network.
   *
   * @param file a file, or a folder with a file for each layer, in the order of their names
   * @param sizes that an ONNX file or a template leaves open; other files have all sizes, and take
   *     a batch only
   * @return the network, with warnings for assumptions and ignored parts
   * @throws IllegalArgumentException if the file has no supported format, with the reason for each;
   *     or with all its problems
   */
  public static Parsed<Network> read(Path file, OnnxOptions sizes) {
    if (Files.isDirectory(file)) {
      return NetworkFolder.read(file, sizes);
    }
    if (isOnnx(file)) {
      ImportReport report = OnnxNetwork.read(file, sizes);
      List<String> notes = new ArrayList<>(List.of(report.summary()));
      notes.addAll(report.notes());
      return new Parsed<>(report.network(), notes);
    }
    if (sizes.zeros()) {
      throw new IllegalArgumentException(
          "network file %s is no model of ONNX: it has no weights to read zeros from"
              .formatted(file));
    }
    String text = text(file);
    boolean template = JinjaText.isTemplate(text);
    if (!sizes.dimensions().isEmpty() && !template) {
      throw new IllegalArgumentException(
          "network file %s has all its sizes: dimension %s is none of them"
              .formatted(file, String.join(", ", sizes.dimensions().keySet())));
    }
    String filled = JinjaText.filled(file, text, sizes.dimensions());
    Parsed<Network> reading = parse(nameOf(file), file.toString(), filled);
    return sizes.batch() == 1
        ? reading
        : new Parsed<>(reading.value().batch(sizes.batch()), reading.warnings());
  }

  /**
   * Reads a network of batch 1 from a text.
   *
   * @param file for messages
   */
  static Parsed<Network> parse(String name, String file, String text) {
    return format(file, text).read(name, file, text);
  }

  /**
   * The format of a text.
   *
   * @throws NoFormat if it has none
   */
  private static TopologyFormat format(String file, String text) {
    List<String> refusals = new ArrayList<>();
    for (TopologyFormat format : TopologyFormat.values()) {
      String refusal = format.refusal(text);
      if (refusal == null) {
        return format;
      }
      refusals.add("  " + format.label() + ": " + refusal);
    }
    throw new NoFormat(
        "network file %s has no supported format:%n  ONNX: it does not begin as a model%n%s"
            .formatted(file, String.join(System.lineSeparator(), refusals)));
  }

  /** A file in none of the formats. */
  static final class NoFormat extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NoFormat(String message) {
      super(message);
    }
  }

  /** Whether a file begins like an ONNX model, with the field of the IR version. */
  public static boolean isOnnx(Path file) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return true;
    }
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 8;
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "network file "
              + file
              + (Files.isDirectory(file) ? " is a directory" : " does not exist"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("network file " + file + " is larger than 4 MB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // spreadsheets write a byte order mark, and spaces that do not break
      String plain = (text.startsWith("\uFEFF") ? text.substring(1) : text).replace('\u00A0', ' ');
      return plain;
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException(
          "network file " + file + " is neither a model of ONNX nor UTF-8 text", malformed);
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static IllegalArgumentException unreadable(Path file, IOException failed) {
    return new IllegalArgumentException(
        "network file " + file + " cannot be read: " + failed, failed);
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
