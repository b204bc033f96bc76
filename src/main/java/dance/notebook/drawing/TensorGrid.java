package dance.notebook.drawing;

import dance.lesson.Step;
import dance.lesson.Tile;
import dance.notebook.chart.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A tensor with the tiles that the first instance of each level holds: its last two axes as a grid,
 * each further axis as a bar above. Tiles have the color of their level, the word of the first MAC
 * unit is black; a dashed line is where a tile was one step before.
 */
final class TensorGrid {
  /** Pixels of a grid's longer side, and of a bar. */
  static final int SIDE = 150;

  private static final double LARGEST_CELL = 18;
  private static final double SMALLEST_LINED_CELL = 5;
  private static final double BAR = 8;
  private static final double LEAST = 2.5;

  private final Svg svg;
  private final List<String> levels;
  private final List<Tile> tiles;
  private final List<Tile> before;

  /** Axes that have more than one element. */
  private final List<Integer> axes = new ArrayList<>();

  /**
   * A tensor.
   *
   * @param levels names, whose position decides the color; the MAC unit last
   */
  TensorGrid(Svg svg, List<String> levels, String tensor, Step step) {
    this.svg = svg;
    this.levels = levels;
    tiles = of(step, tensor);
    before = step.index() == 0 ? tiles : of(step.back(), tensor);
    for (int a = 0; a < tiles.get(0).axes().size(); a++) {
      if (!tiles.get(0).axes().get(a).axis().isEmpty()) {
        axes.add(a);
      }
    }
  }

  private static List<Tile> of(Step step, String tensor) {
    return step.tiles().stream().filter(tile -> tile.tensor().equals(tensor)).toList();
  }

  /** Draws it from its upper left corner on. */
  void draw(double x, double y) {
    Tile all = tiles.get(0);
    String shape =
        axes.stream()
            .map(a -> all.axes().get(a).axis() + " " + size(a))
            .collect(Collectors.joining(" × "));
    svg.text(x, y + 12, all.tensor(), "font-weight", "bold");
    svg.text(x, y + 27, shape.isEmpty() ? "one word" : shape, "font-size", "10");
    double down = y + 36;
    int bars = Math.max(0, axes.size() - 2);
    for (int a : axes.subList(0, bars)) {
      bar(x, down, a);
      down += BAR + 6;
    }
    List<Integer> grid = axes.subList(bars, axes.size());
    int rows = grid.size() > 1 ? grid.get(0) : -1;
    int columns = grid.isEmpty() ? -1 : grid.get(grid.size() - 1);
    double cellX = cell(size(columns), size(rows));
    double cellY = cell(size(rows), size(columns));
    grid(x, down, rows, columns, cellX, cellY);
  }

  /** Pixels that it takes from top to bottom. */
  double height() {
    List<Integer> grid = axes.subList(Math.max(0, axes.size() - 2), axes.size());
    long rows = grid.size() > 1 ? size(grid.get(0)) : 1;
    long columns = grid.isEmpty() ? 1 : size(grid.get(grid.size() - 1));
    return 36 + Math.max(0, axes.size() - 2) * (BAR + 6) + rows * cell(rows, columns);
  }

  private long size(int axis) {
    return axis < 0 ? 1 : tiles.get(0).axes().get(axis).last() + 1;
  }

  /** Cells are square unless one side is so much longer that the other could not be seen. */
  private static double cell(long along, long across) {
    double own = Math.min(LARGEST_CELL, (double) SIDE / along);
    double other = Math.min(LARGEST_CELL, (double) SIDE / across);
    double square = Math.min(own, other);
    return square * along < 24 ? Math.min(own, 24.0 / along) : square;
  }

  private void bar(double x, double y, int a) {
    double unit = (double) SIDE / size(a);
    for (int i = 0; i < tiles.size(); i++) {
      Tile.Span span = tiles.get(i).axes().get(a);
      double inset = Math.min(3, i);
      box(
          x + span.first() * unit,
          y + inset,
          (span.last() - span.first() + 1) * unit,
          BAR - 2 * inset,
          i,
          false);
    }
    svg.text(x + SIDE + 4, y + BAR, tiles.get(0).axes().get(a).axis(), "font-size", "10");
  }

  private void grid(double x, double y, int rows, int columns, double cellX, double cellY) {
    for (int i = 0; i < tiles.size(); i++) {
      tile(tiles.get(i), x, y, rows, columns, cellX, cellY, i, false);
    }
    lines(x, y, rows, columns, cellX, cellY);
    for (int i = 1; i < tiles.size(); i++) {
      boolean moved = !tiles.get(i).axes().equals(before.get(i).axes());
      if (moved && i < tiles.size() - 1) {
        tile(before.get(i), x, y, rows, columns, cellX, cellY, i, true);
      }
    }
  }

  private void tile(
      Tile tile,
      double x,
      double y,
      int rows,
      int columns,
      double cellX,
      double cellY,
      int index,
      boolean dashed) {
    Tile.Span across = columns < 0 ? new Tile.Span("", 0, 0) : tile.axes().get(columns);
    Tile.Span down = rows < 0 ? new Tile.Span("", 0, 0) : tile.axes().get(rows);
    box(
        x + across.first() * cellX,
        y + down.first() * cellY,
        (across.last() - across.first() + 1) * cellX,
        (down.last() - down.first() + 1) * cellY,
        index,
        dashed);
  }

  private void lines(double x, double y, int rows, int columns, double cellX, double cellY) {
    double width = size(columns) * cellX;
    double height = size(rows) * cellY;
    for (long i = 1; i < size(columns) && cellX >= SMALLEST_LINED_CELL; i++) {
      svg.line(
          x + i * cellX,
          y,
          x + i * cellX,
          y + height,
          "stroke",
          "#ffffff",
          "stroke-opacity",
          "0.6");
    }
    for (long i = 1; i < size(rows) && cellY >= SMALLEST_LINED_CELL; i++) {
      svg.line(
          x, y + i * cellY, x + width, y + i * cellY, "stroke", "#ffffff", "stroke-opacity", "0.6");
    }
  }

  private void box(double x, double y, double width, double height, int index, boolean dashed) {
    int level = levels.indexOf(tiles.get(index).level());
    boolean mac = level == levels.size() - 1;
    String color = Palette.hex(mac ? Palette.BLACK : Palette.level(level));
    double white = level == 0 ? 0.75 : 0.45;
    String fill = mac ? color : Palette.hex(Palette.tint(Palette.level(level), white));
    svg.rect(
        x,
        y,
        Math.max(LEAST, width),
        Math.max(LEAST, height),
        "fill",
        dashed ? "none" : fill,
        "stroke",
        color,
        "stroke-width",
        level == 0 ? "0.5" : "1.2",
        "stroke-dasharray",
        dashed ? "3 2" : "none");
  }
}
