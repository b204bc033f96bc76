package dance.notebook.chart;

import dance.check.Rules;
import dance.report.CouplingRows;
import dance.search.Coupling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;

/** What separate choices of network and accelerator lose, over the weight of the cost. */
public final class CouplingChart {
  /** Regrets below this one are drawn as this one [%]. */
  private static final double LEAST = 0.001;

  private CouplingChart() {}

  /**
   * A line for each way to separate the choices.
   *
   * @param couplings of one problem, one for each λ, ascending
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static XYChart of(List<Coupling> couplings) {
    new Rules()
        .require(couplings.size() > 1, "a chart of couplings needs at least two values of lambda")
        .check();
    double[] lambdas = couplings.stream().mapToDouble(c -> c.problem().lambda()).toArray();
    Map<String, double[]> ways = new LinkedHashMap<>();
    for (int i = 0; i < lambdas.length; i++) {
      for (CouplingRows.Choice choice : CouplingRows.choices(List.of(couplings.get(i)))) {
        ways.computeIfAbsent(choice.way(), w -> new double[lambdas.length])[i] =
            Math.max(LEAST, 100 * choice.regret());
      }
    }
    ways.remove("joint optimum");
    double[] all =
        ways.values().stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    double most = Arrays.stream(all).max().orElse(1);
    Plane plane =
        Plane.of(
            Charts.title(couplings.get(0).problem()),
            "λ",
            "regret [%]; ≤ " + LEAST + " at the lower end",
            AxisRange.of(lambdas),
            AxisRange.logarithmic(LEAST, Math.max(most, 10 * LEAST)));
    int color = 0;
    for (Map.Entry<String, double[]> way : ways.entrySet()) {
      plane
          .line(way.getKey(), lambdas, way.getValue())
          .setMarker(PaperTheme.marker(color))
          .setMarkerColor(Palette.category(color))
          .setLineColor(Palette.category(color))
          .setLineStyle(PaperTheme.line(color));
      color++;
    }
    return Charts.legend(plane.chart);
  }
}
