package dance.interchange;

import dance.check.Rules;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * A topology of SCALE-Sim (Samajdar et al., ISPASS 2020): one layer a line, columns by their place.
 * Convolutions are {@code name, IFMAP height, IFMAP width, filter height, filter width, channels,
 * filters, stride}; products {@code name, M, N, K}. Inputs are as large as they are written: there
 * is no padding. As in the tool, positions are ⌈(input − filter + stride) / stride⌉.
 */
final class ScaleSimTopology {
  private static final int CONVOLUTION = 8;
  private static final int PRODUCT = 4;

  private ScaleSimTopology() {}

  static String refusal(String text) {
    List<String> cells = TopologyFormat.headings(text);
    return isConvolutions(cells) || isProducts(cells)
        ? null
        : "its first line is neither Layer name, IFMAP Height, … nor Layer, M, N, K";
  }

  private static boolean isConvolutions(List<String> cells) {
    return cells.size() >= CONVOLUTION && cells.get(1).startsWith("ifmap");
  }

  private static boolean isProducts(List<String> cells) {
    return cells.size() >= PRODUCT && cells.subList(1, PRODUCT).equals(List.of("m", "n", "k"));
  }

  static Parsed<Network> read(String name, String file, String text) {
    boolean products = isProducts(TopologyFormat.headings(text));
    Rules rules = new Rules();
    List<Network.Entry> entries = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    int number = 0;
    boolean header = true;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (content.isEmpty()) {
        continue;
      }
      if (header) {
        header = false;
        continue;
      }
      String place = file + ", line " + number;
      String[] cells = content.split("\\s*,\\s*");
      int needed = products ? PRODUCT : CONVOLUTION;
      if (cells.length <= 1) {
        // a spreadsheet's empty line, or the heading of a part
        if (cells.length == 1) {
          warnings.add(place + ": " + cells[0] + " has no sizes: taken as a heading");
        }
        continue;
      }
      if (cells.length < needed) {
        rules.require(false, "%s: %d cells where %d are needed", place, cells.length, needed);
        continue;
      }
      int[] sizes = new int[needed - 1];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Figure.whole(cells[i + 1], place + ", cell " + (i + 2), rules);
      }
      if (cells.length > needed && cells[needed].contains(":")) {
        warnings.add(place + ": sparsity " + cells[needed] + " is computed as dense");
      }
      Layer layer = rules.tried(() -> products ? product(cells[0], sizes) : conv(cells[0], sizes));
      if (layer != null) {
        entries.add(new Network.Entry(layer, 1));
      }
    }
    rules.require(!entries.isEmpty(), "%s has a header but no layers", file).check();
    return new Parsed<>(new Network(name, entries), warnings);
  }

  private static Layer product(String name, int[] x) {
    return Layer.fullyConnected(name, x[2], x[1]).output(x[0], 1);
  }

  private static Layer conv(String name, int[] x) {
    int stride = x[6];
    return Layer.conv(name, x[4], x[5])
        .kernel(x[2], x[3])
        .stride(stride)
        .output(positions(name, x[0], x[2], stride), positions(name, x[1], x[3], stride));
  }

  private static int positions(String name, int input, int filter, int stride) {
    new Rules()
        .require(
            filter <= input,
            "filter (%d) of layer %s must not be larger than its input (%d), which holds the"
                + " padding, too",
            filter,
            name,
            input)
        .check();
    return (input - filter + stride - 1) / stride + 1;
  }
}
