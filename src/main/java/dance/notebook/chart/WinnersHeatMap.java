package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.evaluate.Landscape;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;

/** Distribution of the best designs over two axes of their space, as shares of the networks. */
public final class WinnersHeatMap {
  private WinnersHeatMap() {}

  /**
   * The heat map; values without a best design stay empty.
   *
   * @param across name of the horizontal axis
   * @param up name of the vertical axis
   * @throws IllegalArgumentException if the space has no such axes
   */
  public static HeatMapChart of(Landscape landscape, String across, String up) {
    AcceleratorSpace space = landscape.table().acceleratorSpace();
    List<String> names = space.axes().stream().map(DesignAxis::name).toList();
    Rules rules = new Rules();
    for (String axis : List.of(across, up)) {
      rules.require(names.contains(axis), "space %s has no axis %s, only %s", space, axis, names);
    }
    rules.check();
    int x = names.indexOf(across);
    int y = names.indexOf(up);
    double[][] percent = new double[space.axes().get(x).size()][space.axes().get(y).size()];
    landscape
        .winners()
        .forEach(
            (design, networks) -> {
              int[] at = space.positions(space.indexOf(design));
              percent[at[x]][at[y]] += 100.0 * networks / landscape.networks();
            });
    double[] shares =
        Arrays.stream(percent).flatMapToDouble(Arrays::stream).filter(v -> v > 0).toArray();
    new Rules()
        .require(shares.length > 0, "no design of the landscape is the best of a network")
        .check();
    double most = Arrays.stream(shares).max().orElseThrow();
    double least = Arrays.stream(shares).min().orElseThrow();
    for (double[] column : percent) {
      Arrays.setAll(column, i -> column[i] == 0 ? Double.NaN : column[i]);
    }
    // the legend ends with the smallest and the largest share
    AxisRange range =
        least < most
            ? new AxisRange(least, most, AxisRange.of(shares).log())
            : new AxisRange(0, most, false);
    CellChart chart =
        HeatMap.of(
            String.format(
                Locale.ROOT,
                "Best designs by %s: share of %,d networks of %s [%%]",
                landscape.objective().label(),
                landscape.networks(),
                landscape.table().networkSpace().name()),
            across + " (ring: most often the best, " + SignificantDigits.brief(most) + " %)",
            space.axes().get(x).labels(),
            up,
            space.axes().get(y).labels(),
            percent,
            range,
            true);
    for (int i = 0; i < percent.length; i++) {
      for (int j = 0; j < percent[i].length; j++) {
        if (percent[i][j] == most) {
          chart.mark(i, j);
        }
      }
    }
    return chart;
  }
}
