package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels of points at the edges stay within the plot. */
class PointLabelsTest {
  private static final int BORDER = new PaperTheme().getPlotBorderColor().getRGB();

  @ParameterizedTest
  @CsvSource({"1, 1", "100, 1", "100, 100", "1, 100", "50, 100"})
  void nothingIsWrittenBeyondThePlot(double x, double y) {
    AxisRange axis = AxisRange.logarithmic(1, 100);
    String[] names = {"a name of some length", "another name of some length"};
    BufferedImage without = drawn(axis, x, y, new String[2]);
    BufferedImage with = drawn(axis, x, y, names);
    int right = without.getWidth() - 1;
    while (without.getRGB(right, without.getHeight() / 2) != BORDER) {
      right--;
    }
    int left = 0;
    while (without.getRGB(left, without.getHeight() / 2) != BORDER) {
      left++;
    }
    int written = 0;
    for (int column = 0; column < with.getWidth(); column++) {
      for (int row = 0; row < with.getHeight(); row++) {
        if (with.getRGB(column, row) != without.getRGB(column, row)) {
          assertThat(column).isBetween(left, right);
          written++;
        }
      }
    }
    assertThat(written).isGreaterThan(200);
  }

  private static BufferedImage drawn(AxisRange axis, double x, double y, String[] names) {
    Plane plane = Plane.of("t", "x", "y", axis, axis);
    double[] xs = {x, x};
    double[] ys = {y, y};
    plane.scatter("points", xs, ys);
    plane.chart.addAnnotation(new PointLabels(plane, xs, ys, names));
    return Charts.image(plane.chart);
  }
}
