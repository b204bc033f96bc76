package dance.interchange;

import dance.workload.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Text formats that describe a network layer by layer. */
enum TopologyFormat {
  /** Our own: {@link NetworkFile}. */
  OWN_CSV("CSV of layers") {
    @Override
    String refusal(String text) {
      List<String> cells = headings(text);
      return cells.contains("kind") || cells.contains("name") && cells.contains("c")
          ? null
          : "its first line does not name the columns name, kind, c";
    }

    @Override
    Reading<Network> read(String name, String file, String text) {
      return new Reading<>(NetworkFile.parse(name, file, text), List.of());
    }
  };

  private final String label;

  TopologyFormat(String label) {
    this.label = label;
  }

  /** Name in messages. */
  String label() {
    return label;
  }

  /** Why a text is not of this format; null if it is. */
  abstract String refusal(String text);

  /**
   * Reads a text of this format.
   *
   * @param file for messages
   * @throws IllegalArgumentException with all its problems
   */
  abstract Reading<Network> read(String name, String file, String text);

  /** Lines that are neither empty nor a comment. */
  static Stream<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"));
  }

  /** Cells of the first line, in small letters. */
  static List<String> headings(String text) {
    return lines(text)
        .findFirst()
        .map(line -> Arrays.stream(line.split(",", -1)))
        .orElse(Stream.empty())
        .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
        .toList();
  }
}
