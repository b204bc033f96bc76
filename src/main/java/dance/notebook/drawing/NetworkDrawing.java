package dance.notebook.drawing;

import dance.cost.Metric;
import dance.cost.SignificantDigits;
import dance.notebook.chart.LayerGroup;
import dance.notebook.chart.Palette;
import dance.search.SearchResult;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as a block diagram: a box for each layer, in order, and a frame around those with a
 * common prefix of their names, up to the first dot.
 */
public final class NetworkDrawing {
  private static final int LEFT = 16;
  private static final int BOX_WIDTH = 132;
  private static final int BOX_HEIGHT = 58;
  private static final int GAP = 18;
  private static final int ROW = BOX_HEIGHT + 40;
  private static final int COLUMNS = 5;

  private NetworkDrawing() {}

  /** The diagram. */
  public static Drawing of(Network network) {
    Svg svg = new Svg();
    svg.text(LEFT, 28, network.name(), "font-size", "15", "font-weight", "bold");
    svg.text(
        LEFT,
        46,
        "%s MACs, %s parameters"
            .formatted(
                SignificantDigits.count(network.macs()),
                SignificantDigits.count(network.parameters())));
    int column = 0;
    int row = 0;
    for (List<Network.Entry> block : blocks(network)) {
      if (column > 0 && column + block.size() > COLUMNS) {
        column = 0;
        row++;
      }
      if (block.size() > 1) {
        svg.rect(
            x(column) - 7,
            y(row) - 21,
            block.size() * (BOX_WIDTH + GAP) - GAP + 14,
            BOX_HEIGHT + 28,
            "rx",
            "6",
            "fill",
            "#f2f2f2",
            "class",
            "block");
        svg.text(x(column), y(row) - 7, prefix(block.get(0)), "font-size", "11");
      }
      for (Network.Entry entry : block) {
        if (column > 0) {
          arrow(svg, x(column) - GAP, y(row) + BOX_HEIGHT / 2.0);
        }
        box(svg, x(column), y(row), entry, block.size() > 1);
        column++;
      }
    }
    return svg.drawing(LEFT, network.toString());
  }

  /**
   * The network found by a search, as far as it is known without its space: a box for each block
   * with the chosen operation, and a color for each operation.
   */
  public static Drawing of(SearchResult result) {
    Svg svg = new Svg();
    String title = result.method() + ": what was found";
    svg.text(LEFT, 28, title, "font-size", "15", "font-weight", "bold");
    String worth =
        "accuracy %s %%, %s, on %s"
            .formatted(
                SignificantDigits.measure(100 * result.accuracy()),
                Metric.EDAP.label() + " " + Metric.EDAP.format(result.metrics()),
                result.accelerator().name());
    svg.text(LEFT, 46, worth);
    List<String> operations = result.genotype().operations();
    List<String> kinds = operations.stream().distinct().sorted().toList();
    for (int block = 0; block < operations.size(); block++) {
      double x = x(block % COLUMNS);
      double y = y(block / COLUMNS);
      if (block % COLUMNS > 0) {
        arrow(svg, x - GAP, y + BOX_HEIGHT / 2.0);
      }
      String operation = operations.get(block);
      frame(svg, x, y, Palette.hex(Palette.category(kinds.indexOf(operation))));
      svg.text(x + 12, y + 17, "block " + (block + 1), "font-size", "11");
      svg.text(x + 12, y + 38, shortened(operation, 15), "font-weight", "bold");
    }
    return svg.drawing(LEFT, title + ": " + worth + "; blocks " + String.join(", ", operations));
  }

  private static double x(int column) {
    return LEFT + 8 + column * (BOX_WIDTH + GAP);
  }

  private static double y(int row) {
    return 80 + row * ROW;
  }

  /** Adjacent layers with a common prefix, as many as fit a row. */
  private static List<List<Network.Entry>> blocks(Network network) {
    List<List<Network.Entry>> blocks = new ArrayList<>();
    for (Network.Entry entry : network.entries()) {
      List<Network.Entry> last = blocks.isEmpty() ? List.of() : blocks.get(blocks.size() - 1);
      boolean joins =
          !last.isEmpty()
              && last.size() < COLUMNS
              && entry.layer().name().contains(".")
              && prefix(last.get(0)).equals(prefix(entry));
      if (!joins) {
        last = new ArrayList<>();
        blocks.add(last);
      }
      last.add(entry);
    }
    return blocks;
  }

  private static String prefix(Network.Entry entry) {
    return entry.layer().name().replaceFirst("\\..*", "");
  }

  private static void arrow(Svg svg, double x, double y) {
    svg.line(x + 1, y, x + GAP - 3, y, "stroke", "#666666");
    svg.line(x + GAP - 7, y - 4, x + GAP - 2, y, "stroke", "#666666");
    svg.line(x + GAP - 7, y + 4, x + GAP - 2, y, "stroke", "#666666");
  }

  private static void box(Svg svg, double x, double y, Network.Entry entry, boolean inBlock) {
    Layer layer = entry.layer();
    LayerGroup group = LayerGroup.of(layer);
    String color = Palette.hex(group.color);
    frame(svg, x, y, color);
    String name = inBlock ? layer.name().replaceFirst("^[^.]*\\.", "") : layer.name();
    svg.text(x + 12, y + 17, shortened(name, entry.repeats() > 1 ? 11 : 15), "font-weight", "bold");
    if (entry.repeats() > 1) {
      svg.text(x + BOX_WIDTH - 6, y + 17, "× " + entry.repeats(), "text-anchor", "end");
    }
    svg.text(x + 12, y + 34, kernel(layer) + group.label, "font-size", "11");
    svg.text(x + 12, y + 50, shape(layer), "font-size", "11");
  }

  private static void frame(Svg svg, double x, double y, String color) {
    svg.rect(
        x,
        y,
        BOX_WIDTH,
        BOX_HEIGHT,
        "rx",
        "4",
        "fill",
        "#ffffff",
        "stroke",
        color,
        "class",
        "layer");
    svg.rect(x, y, 6, BOX_HEIGHT, "rx", "3", "fill", color);
  }

  private static String shortened(String name, int most) {
    return name.length() <= most ? name : name.substring(0, most - 1) + "…";
  }

  private static String kernel(Layer layer) {
    Layer.Shape shape = layer.shape();
    String stride = shape.strideP() > 1 ? " /" + shape.strideP() : "";
    return shape.r() * shape.s() == 1 && stride.isEmpty()
        ? ""
        : shape.r() + "×" + shape.s() + stride + " ";
  }

  private static String shape(Layer layer) {
    if (layer.kind() == Layer.Kind.EINSUM) {
      return SignificantDigits.count(layer.einsum().points()) + " points";
    }
    Layer.Shape shape = layer.shape();
    String channels =
        shape.c() == shape.k() ? Integer.toString(shape.k()) : shape.c() + " → " + shape.k();
    return channels + ", " + shape.p() + "×" + shape.q();
  }
}
