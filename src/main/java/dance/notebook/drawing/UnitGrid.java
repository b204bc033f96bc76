package dance.notebook.drawing;

import dance.accelerator.MemoryLevel;
import dance.lesson.Step;
import dance.lesson.UnitState;
import java.util.List;
import java.util.Map;

/** The array of MAC units at one step: which work, and, if there is room, on what. */
final class UnitGrid {
  private static final double SIDE = 170;
  private static final double LARGEST = 34;
  private static final double LABELLED = 22;

  /** Squares along a side that can still be distinguished; of larger arrays a corner is drawn. */
  private static final int MOST = 64;

  private final Svg svg;
  private final Step step;
  private final int columns;
  private final int rows;

  UnitGrid(Svg svg, Step step) {
    this.svg = svg;
    this.step = step;
    List<MemoryLevel> levels = step.walk().evaluation().accelerator().levels();
    columns = UnitIndices.side(levels, true);
    rows = UnitIndices.side(levels, false);
  }

  void draw(double x, double y) {
    svg.text(x, y + 12, "array " + columns + " × " + rows, "font-weight", "bold");
    int shownColumns = Math.min(MOST, columns);
    int shownRows = Math.min(MOST, rows);
    double cell = Math.min(LARGEST, SIDE / Math.max(shownColumns, shownRows));
    double top = y + 22;
    svg.rect(x, top, shownColumns * cell, shownRows * cell, "fill", "#ffffff", "stroke", "#bbbbbb");
    for (UnitState unit : step.units()) {
      if (unit.x() < shownColumns && unit.y() < shownRows) {
        unit(unit, x + unit.x() * cell, top + unit.y() * cell, cell);
      }
    }
    if (columns > MOST || rows > MOST) {
      svg.text(
          x, top + shownRows * cell + 14, "the first " + MOST + " of a side", "font-size", "10");
    }
  }

  private void unit(UnitState unit, double x, double y, double cell) {
    svg.rect(
        x,
        y,
        cell,
        cell,
        "fill",
        unit.works() ? "#cccccc" : "#ffffff",
        "stroke",
        "#666666",
        "stroke-width",
        "0.6");
    if (cell >= LABELLED && unit.works()) {
      double down = y + 10;
      for (Map.Entry<String, Long> index : unit.indices().entrySet()) {
        svg.text(x + 3, down, index.getKey() + index.getValue(), "font-size", "8.5");
        down += 10;
      }
    }
  }
}
