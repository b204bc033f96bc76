package dance.notebook.chart;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.SignificantDigits;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.knowm.xchart.HeatMapChart;

/** A metric over the columns and rows of the PE array; each cell shows its best design. */
public final class DesignHeatMap {
  private DesignHeatMap() {}

  /**
   * The heat map, with a ring on the best array; each array has the value of its best design: the
   * minimum, or the maximum of the utilization.
   *
   * @throws IllegalArgumentException if there are no designs, or none with a finite metric
   */
  public static HeatMapChart of(Collection<Design> designs, Metric metric) {
    new Rules().require(!designs.isEmpty(), "a heat map needs at least one design").check();
    List<Integer> columns = values(designs, MemoryLevel::fanoutX);
    List<Integer> rows = values(designs, MemoryLevel::fanoutY);
    boolean most = metric == Metric.UTILIZATION;
    double[][] best = new double[columns.size()][rows.size()];
    for (double[] column : best) {
      Arrays.fill(column, Double.NaN);
    }
    for (Design design : designs) {
      MemoryLevel array = array(design.accelerator());
      int x = columns.indexOf(array.fanoutX());
      int y = rows.indexOf(array.fanoutY());
      double value = metric.of(design.metrics());
      if (Double.isNaN(best[x][y]) || (most ? value > best[x][y] : value < best[x][y])) {
        best[x][y] = value;
      }
    }
    int[] at = {-1, -1};
    for (int x = 0; x < columns.size(); x++) {
      for (int y = 0; y < rows.size(); y++) {
        double value = best[x][y];
        boolean better =
            at[0] < 0 || (most ? value > best[at[0]][at[1]] : value < best[at[0]][at[1]]);
        if (Double.isFinite(value) && better) {
          at = new int[] {x, y};
        }
      }
    }
    new Rules().require(at[0] >= 0, "no design has a finite %s", metric.heading()).check();
    CellChart chart =
        HeatMap.byQuantiles(
            Charts.title(metric.heading(), designs) + ", best design of each array",
            "columns of the array (ring: best, "
                + columns.get(at[0])
                + " × "
                + rows.get(at[1])
                + " at "
                + SignificantDigits.brief(best[at[0]][at[1]])
                + ")",
            columns,
            "rows of the array",
            rows,
            best);
    chart.mark(at[0], at[1]);
    return chart;
  }

  /** The level above the array: the one with the largest fan-out. */
  public static MemoryLevel array(Accelerator accelerator) {
    return accelerator.levels().stream()
        .max(Comparator.comparingLong(l -> (long) l.fanoutX() * l.fanoutY()))
        .orElseThrow();
  }

  private static List<Integer> values(Collection<Design> designs, ToIntFunction<MemoryLevel> side) {
    TreeSet<Integer> values = new TreeSet<>();
    designs.forEach(d -> values.add(side.applyAsInt(array(d.accelerator()))));
    return List.copyOf(values);
  }
}
