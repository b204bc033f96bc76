package dance.interchange.onnx;

import dance.workload.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network imported from an ONNX file, with a report on every node.
 *
 * @param network the imported layers
 * @param producer the exporter and its version, from the file
 * @param rows one per node, in order of execution
 * @param notes assumptions, and where MACs may be missing
 */
public record ImportReport(Network network, String producer, List<Row> rows, List<String> notes) {

  /** Treatment of a node. */
  public enum Taken {
    /** Layers with MACs. */
    LAYER("layer"),
    /** A layer without MACs, bound by memory: pooling, addition. */
    MEMORY("memory-bound layer"),
    /** Folded into the preceding layer: batch normalisation, a bias. */
    FOLDED("folded"),
    /** No MACs, and its traffic is not counted, as in the bundled networks. */
    NOT_COSTED("not costed"),
    /** Constant: shapes, indices, rearranged weights. */
    CONSTANT("constant"),
    /** An unknown operator: its MACs, if it has any, are missing. */
    UNKNOWN("unknown");

    private final String label;

    Taken(String label) {
      this.label = label;
    }

    /** Name in tables. */
    public String label() {
      return label;
    }
  }

  /**
   * A node.
   *
   * @param node its name in the file; the name of its output if it has none
   * @param operator of ONNX
   * @param output shape of its first output
   * @param taken its treatment
   * @param macs multiply-accumulate operations of its layers
   * @param parameters its trained parameters
   * @param why the reason, in a few words
   */
  public record Row(
      String node,
      String operator,
      String output,
      Taken taken,
      long macs,
      long parameters,
      String why) {}

  /** Copies the lists: the record is immutable. */
  public ImportReport {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** Number of nodes with this treatment. */
  public long count(Taken taken) {
    return rows.stream().filter(row -> row.taken() == taken).count();
  }

  /** One line: number of nodes by treatment, and MACs. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    for (Taken taken : Taken.values()) {
      if (count(taken) > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(count(taken)).append(' ');
        text.append(taken.label());
      }
    }
    return String.format(
        Locale.ROOT, "%s: %,d MACs; nodes: %s", network.name(), network.macs(), text);
  }

  /** As a table: layers node by node, all others by operator and reason. */
  @Override
  public String toString() {
    Map<String, long[]> grouped = new LinkedHashMap<>();
    Map<String, Row> first = new LinkedHashMap<>();
    for (Row row : rows) {
      boolean layer = row.taken() == Taken.LAYER || row.taken() == Taken.MEMORY;
      String key = layer ? "" + grouped.size() : row.taken() + row.operator() + row.why();
      first.putIfAbsent(key, row);
      long[] sums = grouped.computeIfAbsent(key, k -> new long[2]);
      sums[0]++;
      sums[1] += row.parameters();
    }
    StringBuilder text = new StringBuilder(summary()).append('\n');
    String form = "%-40s %-22s %-18s %16s %14s  %s%n";
    text.append(
        String.format(
            Locale.ROOT, form, "node", "operator", "taken as", "MACs", "parameters", "why"));
    first.forEach(
        (key, row) -> {
          long[] sums = grouped.get(key);
          boolean layer = row.taken() == Taken.LAYER || row.taken() == Taken.MEMORY;
          text.append(
              String.format(
                  Locale.ROOT,
                  form,
                  layer ? row.node() : sums[0] + (sums[0] == 1 ? " node" : " nodes"),
                  row.operator(),
                  row.taken().label(),
                  String.format(Locale.ROOT, "%,d", row.macs()),
                  String.format(Locale.ROOT, "%,d", sums[1]),
                  layer ? row.output() + " " + row.why() : row.why()));
        });
    notes.forEach(note -> text.append(note).append('\n'));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
