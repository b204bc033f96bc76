package dance.notebook.chart;

import dance.cost.SignificantDigits;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;

/** A heat map with rings around its best cells. */
final class CellChart extends HeatMapChart {
  private final int columns;
  private final int rows;
  private final List<int[]> marked = new ArrayList<>();
  private String extremes = "no values";

  CellChart(int columns, int rows) {
    super(PaperTheme.WIDTH, PaperTheme.HEIGHT, new PaperTheme());
    this.columns = columns;
    this.rows = rows;
  }

  /** Marks a cell, counted from the lower left. */
  void mark(int column, int row) {
    marked.add(new int[] {column, row});
  }

  /**
   * Notes the values that the colors stand for, whatever their scale.
   *
   * @param values {@code [column, row]}; cells that are not finite stay empty
   */
  void describe(List<?> columnNames, List<?> rowNames, double[][] values) {
    int[] least = null;
    int[] most = null;
    for (int x = 0; x < columns; x++) {
      for (int y = 0; y < rows; y++) {
        double value = values[x][y];
        if (Double.isFinite(value)) {
          least = least == null || value < values[least[0]][least[1]] ? new int[] {x, y} : least;
          most = most == null || value > values[most[0]][most[1]] ? new int[] {x, y} : most;
        }
      }
    }
    if (least != null) {
      extremes =
          "from %s (%s, %s) to %s (%s, %s)"
              .formatted(
                  SignificantDigits.brief(values[least[0]][least[1]]),
                  name(columnNames, least[0]),
                  name(rowNames, least[1]),
                  SignificantDigits.brief(values[most[0]][most[1]]),
                  name(columnNames, most[0]),
                  name(rowNames, most[1]));
    }
  }

  /** The label of a column or row; its number where the axis labels only some. */
  private static Object name(List<?> names, int at) {
    return names.get(at).toString().isBlank() ? at + 1 : names.get(at);
  }

  /** Minimum and maximum with their cells, in words. */
  String extremes() {
    return extremes;
  }

  /** The marked cells, {@code [marks][column, row]}. */
  List<int[]> marked() {
    return List.copyOf(marked);
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    super.paint(graphics, width, height);
    Rectangle2D bounds = plot.getBounds();
    double cellWidth = bounds.getWidth() / columns;
    double cellHeight = bounds.getHeight() / rows;
    double size = Math.max(7, Math.min(22, 0.7 * Math.min(cellWidth, cellHeight)));
    for (int[] cell : marked) {
      double x = bounds.getX() + (cell[0] + 0.5) * cellWidth;
      double y = bounds.getY() + bounds.getHeight() - (cell[1] + 0.5) * cellHeight;
      // white between black, visible on every color
      ring(graphics, x, y, size, 4, Palette.BLACK);
      ring(graphics, x, y, size, 2, Color.WHITE);
    }
  }

  private static void ring(
      Graphics2D graphics, double x, double y, double size, int thickness, Color color) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(thickness));
    graphics.draw(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
  }
}
