package dance.notebook.chart;

import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * Labels beside their points: placed where they cover neither a point nor another label, with a
 * line to the point if they are not next to it.
 */
final class PointLabels extends Annotation {
  /** Distances in pixels from a point to its label, adjacent or with a line. */
  private static final double[] DISTANCES = {9, 26, 46};

  /** Half the side of a marker. */
  private static final double MARK = 4;

  private final Plane plane;
  private final double[] xs;
  private final double[] ys;
  private final String[] names;

  /**
   * Labels of some points.
   *
   * @param xs {@code [points]} of all points that are drawn
   * @param ys {@code [points]}
   * @param names {@code [points]}; null for a point without label. Earlier ones are placed first
   */
  PointLabels(Plane plane, double[] xs, double[] ys, String[] names) {
    super(false);
    this.plane = plane;
    this.xs = xs.clone();
    this.ys = ys.clone();
    this.names = names.clone();
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setFont(plane.chart.getStyler().getAnnotationTextFont());
    graphics.setColor(Palette.BLACK);
    graphics.setStroke(new BasicStroke(1));
    FontMetrics metrics = graphics.getFontMetrics();
    List<Rectangle2D> taken = new ArrayList<>();
    for (int i = 0; i < xs.length; i++) {
      Point2D at = at(i);
      taken.add(new Rectangle2D.Double(at.getX() - MARK, at.getY() - MARK, 2 * MARK, 2 * MARK));
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i] != null) {
        Point2D point = at(i);
        Rectangle2D box = free(point, metrics.stringWidth(names[i]), metrics.getAscent(), taken);
        taken.add(box);
        leader(graphics, point, box);
        graphics.drawString(names[i], (float) box.getX(), (float) (box.getMaxY() - 2));
      }
    }
  }

  private Point2D at(int i) {
    return new Point2D.Double(
        getXAxisScreenValue(plane.x.place(xs[i])), getYAxisScreenValue(plane.y.place(ys[i])));
  }

  /** The nearest box with the least overlap, within the plot. */
  private Rectangle2D free(Point2D point, double width, double height, List<Rectangle2D> taken) {
    Rectangle2D best = null;
    long fewest = Long.MAX_VALUE;
    for (double d : DISTANCES) {
      for (double[] side :
          new double[][] {{1, 1}, {-1, -1}, {1, 0}, {-1, 0}, {0, 1}, {1, -1}, {0, -1}, {-1, 1}}) {
        double x = point.getX() + side[0] * d - (1 - side[0]) / 2 * width;
        double y = point.getY() + side[1] * d - height / 2;
        Rectangle2D box = new Rectangle2D.Double(x, y, width, height);
        long covered =
            taken.stream().filter(box::intersects).count() + (plot().contains(box) ? 0 : 1000);
        if (covered < fewest) {
          fewest = covered;
          best = box;
        }
      }
    }
    return best;
  }

  /**
   * The area between the axes; the library takes the upper end of the vertical one for the lower.
   */
  private Rectangle2D plot() {
    Rectangle2D plot = new Rectangle2D.Double();
    plot.setFrameFromDiagonal(
        getXAxisScreenValueForMin(),
        getYAxisScreenValueForMin(),
        getXAxisScreenValueForMax(),
        getYAxisScreenValueForMax());
    return plot;
  }

  private static void leader(Graphics2D graphics, Point2D point, Rectangle2D box) {
    double x = Math.max(box.getMinX(), Math.min(box.getMaxX(), point.getX()));
    double y = Math.max(box.getMinY(), Math.min(box.getMaxY(), point.getY()));
    double distance = point.distance(x, y);
    if (distance > DISTANCES[0] + 6) {
      double part = MARK / distance;
      graphics.draw(
          new Line2D.Double(
              point.getX() + part * (x - point.getX()),
              point.getY() + part * (y - point.getY()),
              x,
              y));
    }
  }
}
