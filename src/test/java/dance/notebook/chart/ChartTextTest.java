package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Metric;
import dance.notebook.ChartRenderer;
import dance.notebook.Examples;
import dance.simulate.LayerEvaluation;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.internal.chartpart.Chart;

/** The text of a chart, for those who cannot see it, has its kind, its axes and its extremes. */
class ChartTextTest {
  @Test
  void linesAreDescribedByTheirExtremes() {
    Chart<?, ?> chart = TraceChart.of("t", "loss", Map.of("a", new double[] {3, 0.5, 7, 1}));
    assertThat(ChartText.of(chart))
        .startsWith("chart: t. Lines of loss over ")
        .contains("a, 4 points: 0.5 (at 2) to 7 (at 3)");
    assertThat(new ChartRenderer().render(chart).orElseThrow())
        .containsEntry("text/plain", ChartText.of(chart));
    assertThat(new String(Charts.svg(chart), StandardCharsets.UTF_8))
        .contains("<desc>" + ChartText.of(chart) + "</desc>");
  }

  @Test
  void barsNameTheirLargestAndSmallest() {
    String text = ChartText.of(EnergyChart.of(Examples.EVALUATION));
    assertThat(text).startsWith("chart: Energy").contains("Bars of energy [mJ] over layer: ");
    LayerEvaluation most =
        Examples.EVALUATION.layers().stream()
            .max(Comparator.comparingDouble(l -> l.energyByLevelPj().get("DRAM")))
            .orElseThrow();
    assertThat(text).containsPattern("DRAM [^;]*\\(" + most.layer().name() + "\\)(;|$)");
  }

  @Test
  void heatMapsNameTheCellsOfTheirExtremesWhateverTheirColors() {
    double[][] values = {{3, Double.NaN}, {1, 2000}};
    for (Chart<?, ?> chart :
        List.of(
            HeatMap.byQuantiles("q", "columns", List.of(8, 9), "rows", List.of(4, 5), values),
            HeatMap.of(
                "q",
                "columns",
                List.of(8, 9),
                "rows",
                List.of(4, 5),
                values,
                new AxisRange(1, 2000, true),
                false))) {
      assertThat(ChartText.of(chart))
          .isEqualTo("chart: q. Heat map over columns and rows: from 1 (9, 4) to 2,000 (9, 5)");
    }
  }

  @Test
  void everyChartSaysMoreThanItsTitle() {
    Chart<?, ?> designs = DesignHeatMap.of(Examples.designs(1, 1.2), Metric.EDP);
    for (Chart<?, ?> chart : List.of(designs, RooflineChart.of(Examples.EVALUATION))) {
      assertThat(ChartText.of(chart))
          .startsWith("chart: " + chart.getTitle() + ". ")
          .containsPattern("\\d");
    }
  }
}
