package dance.notebook.drawing;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.notebook.chart.Palette;
import java.awt.Color;
import java.util.List;

/**
 * The array of an accelerator: a square for each MAC unit, blue if it works under a mapping; then
 * with the indices of each column and row, and how the units share the operands.
 */
final class ArrayPart {
  private static final int GRID = 360;
  private static final int LINE = 12;
  private static final double DIGIT = 5.6;

  /** Maximum number of squares along a side; in larger arrays each represents several units. */
  private static final int MOST_SQUARES = 72;

  private final Svg svg;
  private final int columns;
  private final int rows;
  private final int each;
  private final int[] blocks;
  private final double pitch;
  private double left;
  private double top;

  ArrayPart(Svg svg, Accelerator accelerator, double left, double top) {
    this.svg = svg;
    this.left = left;
    this.top = top;
    columns = UnitIndices.side(accelerator.levels(), true);
    rows = UnitIndices.side(accelerator.levels(), false);
    each = (Math.max(columns, rows) + MOST_SQUARES - 1) / MOST_SQUARES;
    blocks = blocks(accelerator);
    pitch = Math.min(22, (double) GRID * each / Math.max(columns, rows));
  }

  /** The array without a mapping. */
  void draw(String caption) {
    title(caption, "");
    squares(new boolean[columns][rows]);
  }

  /** The array under a mapping. */
  void draw(String caption, UnitIndices units, List<String> sentences) {
    boolean unrolled = !units.alongX().isEmpty() || !units.alongY().isEmpty();
    title(caption, unrolled ? "; indices of the first step" : "");
    boolean[][] busy = new boolean[columns][rows];
    for (int x = 0; x < columns; x++) {
      for (int y = 0; y < rows; y++) {
        busy[x][y] = units.busy(x, y);
      }
    }
    double heads = left;
    left += widest(units.alongX());
    for (UnitIndices.Side side : units.alongY()) {
      left += width(side);
    }
    top += LINE * Math.max(units.alongX().size(), units.alongY().isEmpty() ? 0 : 1);
    labels(units, heads);
    squares(busy);
    double y = y(rows - 1) + pitch + 16;
    if (!sentences.isEmpty()) {
      svg.text(heads, y, "At one step", "font-weight", "bold");
    }
    for (String sentence : sentences) {
      y += 16;
      svg.text(heads, y, sentence, "font-size", "11", "class", "sharing");
      svg.room(heads + 5.9 * sentence.length(), y);
    }
  }

  private void title(String caption, String labels) {
    svg.text(left, top + 12, "MAC units: " + caption, "font-weight", "bold");
    String scale = each > 1 ? ", a square is %d × %d of them".formatted(each, each) : "";
    String size = columns + " columns × " + rows + " rows" + scale + labels;
    svg.text(left, top + 30, size, "font-size", "11");
    svg.room(left + 5.9 * size.length(), top + 30);
    top += 42;
  }

  private static double widest(List<UnitIndices.Side> sides) {
    return sides.stream().mapToDouble(side -> 26 + 6.5 * side.dimension().length()).max().orElse(0);
  }

  private static double width(UnitIndices.Side side) {
    return Math.max(digits(side), 6.5 * side.dimension().length() + 12) + 10;
  }

  private static double digits(UnitIndices.Side side) {
    long most = java.util.Arrays.stream(side.first()).max().orElse(0);
    return DIGIT * Long.toString(most).length();
  }

  private void labels(UnitIndices units, double heads) {
    double y = top - 4 - LINE * (units.alongX().size() - 1);
    for (UnitIndices.Side side : units.alongX()) {
      svg.text(heads, y, side.dimension() + " →", "font-size", "11");
      double next = left;
      for (int x = 0; x < columns; x += each) {
        if (side.at(x) >= 0 && x(x) >= next) {
          label(x(x) + pitch * 0.42, y, side.at(x), "middle", "along-x " + side.dimension());
          next = x(x) + digits(side) + 3;
        }
      }
      y += LINE;
    }
    double right = heads + widest(units.alongX());
    for (UnitIndices.Side side : units.alongY()) {
      right += width(side);
      svg.text(
          right - 6, top - 4, side.dimension() + " ↓", "font-size", "11", "text-anchor", "end");
      double next = top;
      for (int row = 0; row < rows; row += each) {
        if (side.at(row) >= 0 && y(row) >= next) {
          double y0 = y(row) + pitch * 0.42 + 3.5;
          label(right - 6, y0, side.at(row), "end", "along-y " + side.dimension());
          next = y(row) + 9;
        }
      }
    }
  }

  private void label(double x, double y, long index, String anchor, String kind) {
    String text = Long.toString(index);
    svg.text(x, y, text, "font-size", "9", "text-anchor", anchor, "class", kind);
  }

  private void squares(boolean[][] busy) {
    for (int x = 0; x < columns; x += each) {
      for (int y = 0; y < rows; y += each) {
        int working = 0;
        for (int i = x; i < Math.min(x + each, columns); i++) {
          for (int j = y; j < Math.min(y + each, rows); j++) {
            working += busy[i][j] ? 1 : 0;
          }
        }
        Color color =
            working == 0
                ? new Color(0xE4E4E4)
                : Palette.tint(Palette.BLUE, 0.7 * (1 - (double) working / (each * each)));
        svg.rect(
            x(x),
            y(y),
            pitch * 0.85,
            pitch * 0.85,
            "class",
            working == 0 ? "idle" : "busy",
            "fill",
            Palette.hex(color));
      }
    }
  }

  private double x(int column) {
    return left + column / each * pitch + column / blocks[0] * gap(blocks[0], columns, pitch);
  }

  private double y(int row) {
    return top + row / each * pitch + row / blocks[1] * gap(blocks[1], rows, pitch);
  }

  /** Columns and rows of the units below one instance of the outermost level that has several. */
  private static int[] blocks(Accelerator accelerator) {
    List<MemoryLevel> levels = accelerator.levels();
    int outer = 0;
    while (outer < levels.size() - 1
        && levels.get(outer).fanoutX() * levels.get(outer).fanoutY() == 1) {
      outer++;
    }
    List<MemoryLevel> inner = levels.subList(outer + 1, levels.size());
    return new int[] {UnitIndices.side(inner, true), UnitIndices.side(inner, false)};
  }

  private static double gap(int block, int side, double pitch) {
    return block == 1 || block == side ? 0 : Math.max(2, pitch / 2);
  }
}
