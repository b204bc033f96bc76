package dance.interchange;

import dance.check.Nearest;
import dance.check.Rules;
import dance.workload.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network as a CSV file (UTF-8, at most 4 MB): a header, then one layer per line. Empty lines and
 * lines that begin with {@code #} are skipped, and so are columns without name and content, from
 * trailing commas; the network has the file's name without {@code .csv}.
 *
 * <pre>
 * name,  kind,      c,  k,   p,   r, stride
 * stem,  conv,      3,  32,  112, 3, 2
 * dw,    depthwise, 32,   ,  112, 3
 * head,  fc,        32, 10
 * </pre>
 *
 * <table>
 * <caption>Columns, in any order; an absent column or an empty cell has the default</caption>
 * <tr><th>column<th>meaning<th>default
 * <tr><td>name<td>layer name in tables<td>required
 * <tr><td>kind<td>conv, depthwise, fc, matmul, pool, add<td>required
 * <tr><td>c<td>input channels, all groups together; of matmul the inner size times the batch
 *     <td>required
 * <tr><td>k<td>output channels, all groups together; of matmul the columns times the batch
 *     <td>required; c for depthwise, pool and add
 * <tr><td>p, q<td>output rows and columns; tokens or rows of fc and matmul are p
 *     <td>1; q as p, but 1 for fc and matmul
 * <tr><td>r, s<td>kernel rows and columns<td>1; s as r
 * <tr><td>stride, dilation<td>in both directions, or rows × columns as 2x1<td>1
 * <tr><td>groups<td>groups of channels; of matmul the batch, such as heads
 *     <td>1; c for depthwise, pool and add
 * <tr><td>repeats<td>number of such layers<td>1
 * <tr><td>n<td>images<td>1
 * <tr><td>extra_parameters<td>trained parameters that no MAC touches<td>0
 * <tr><td>zero_inputs, zero_weights, zero_outputs<td>fraction of such words that are zero, as
 *     0.387 or 38.7%<td>0
 * </table>
 */
public final class NetworkFile {
  private static final int MAX_BYTES = 4 << 20;

  /** A file with more problems than this is of another kind; the rest is not read. */
  private static final int MAX_PROBLEMS = 50;

  private NetworkFile() {}

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException if the file is not a network; the message lists all its
   *     problems
   */
  public static Network read(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("network file " + file + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("network file " + file + " is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("network file " + file + " is larger than 4 MB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(nameOf(file), file.toString(), text);
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException("network file " + file + " is not UTF-8 text", malformed);
    } catch (IOException failed) {
      throw new IllegalArgumentException(
          "network file " + file + " cannot be read: " + failed, failed);
    }
  }

  /**
   * Reads a network from the text of a file.
   *
   * @param name of the network, and of the file in messages
   * @throws IllegalArgumentException with all problems of the text
   */
  public static Network parse(String name, String text) {
    return parse(name, name, text);
  }

  static Network parse(String name, String file, String text) {
    Rules rules = new Rules();
    List<String> header = null;
    List<Network.Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : withoutByteOrderMark(text).lines().toList()) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      String place = file + ", line " + number;
      List<String> cells = split(place, line, rules);
      if (header == null) {
        header = header(place, cells, rules);
        rules.check();
      } else if (cells != null) {
        Map<String, String> named = named(place, header, cells, rules);
        new NetworkRow(place, named, rules).entry().ifPresent(entries::add);
      }
      if (rules.violations().size() >= MAX_PROBLEMS) {
        rules.require(false, "%s and following lines were not read: too many problems", place);
        break;
      }
    }
    rules.require(
        header != null, "%s is empty: its first line names the columns %s", file, columns());
    rules.check();
    rules.require(!entries.isEmpty(), "%s has a header but no layers", file).check();
    return new Network(name, entries);
  }

  private static List<String> split(String place, String line, Rules rules) {
    try {
      return CsvLine.split(line);
    } catch (IllegalArgumentException malformed) {
      rules.require(false, "%s: %s", place, malformed.getMessage());
      return null;
    }
  }

  private static List<String> header(String place, List<String> cells, Rules rules) {
    if (cells == null) {
      return List.of();
    }
    List<String> names = cells.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isEmpty()) {
        continue;
      }
      String maybe =
          Nearest.to(name, NetworkRow.COLUMNS).map(c -> ". Maybe " + c + " was meant.").orElse("");
      rules.require(
          NetworkRow.COLUMNS.contains(name),
          "%s: column \"%s\" is not one of %s%s",
          place,
          name,
          columns(),
          maybe);
      rules.require(seen.add(name), "%s: column %s occurs twice", place, name);
    }
    for (String required : List.of("name", "kind", "c")) {
      rules.require(seen.contains(required), "%s: column %s is missing", place, required);
    }
    return names;
  }

  private static Map<String, String> named(
      String place, List<String> header, List<String> cells, Rules rules) {
    int filled = cells.size();
    while (filled > 0 && cells.get(filled - 1).isEmpty()) {
      filled--;
    }
    rules.require(
        filled <= header.size(),
        "%s: %d cells under a header of %d columns",
        place,
        filled,
        header.size());
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
      String column = header.get(i);
      String cell = cells.get(i);
      rules.require(
          !column.isEmpty() || cell.isEmpty(),
          "%s: cell \"%s\" stands under no column name",
          place,
          cell);
      named.put(column, cell);
    }
    return named;
  }

  /**
   * The network as the text of a file, with every column; {@link #parse} gives an equal network.
   *
   * @throws IllegalArgumentException if a layer is given by its einsum, or a name has a line break
   */
  public static String format(Network network) {
    StringBuilder text = new StringBuilder(columns()).append('\n');
    for (Network.Entry entry : network.entries()) {
      List<String> cells = NetworkRow.cells(entry);
      text.append(cells.stream().map(CsvLine::cell).collect(Collectors.joining(","))).append('\n');
    }
    return text.toString();
  }

  /** Writes the network to a file, replacing its content. */
  public static void write(Network network, Path file) {
    try {
      Files.writeString(file, format(network));
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "cannot write network " + network.name() + " to " + file, failed);
    }
  }

  private static String columns() {
    return String.join(",", NetworkRow.COLUMNS);
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.toLowerCase(Locale.ROOT).endsWith(".csv")
        ? name.substring(0, name.length() - ".csv".length())
        : name;
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
