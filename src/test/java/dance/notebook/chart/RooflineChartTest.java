package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.notebook.Examples;
import dance.simulate.NetworkEvaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

/** Under the roof. */
class RooflineChartTest {
  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void noLayerIsAboveTheRoof(Dataflow dataflow) {
    underTheRoof(Examples.DESIGN.dataflow(dataflow));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyeriss", "simba", "shidiannao", "nvdla", "tpu"})
  void noLayerIsAboveTheRoof(String preset) {
    underTheRoof(Accelerators.byName(preset));
  }

  private static void underTheRoof(Accelerator accelerator) {
    NetworkEvaluation evaluation = Examples.simulate(accelerator);
    double peak = RooflineChart.peakGopsPerSecond(accelerator);
    double bandwidth = RooflineChart.gigabytesPerSecond(accelerator);
    assertThat(RooflineChart.points(evaluation))
        .hasSize(evaluation.layers().size())
        .allSatisfy(
            p ->
                assertThat(p.performanceGopsPerSecond())
                    .isPositive()
                    .isLessThanOrEqualTo(
                        Math.min(peak, p.intensityOpsPerByte() * bandwidth) * (1 + 1e-9)));
  }

  @Test
  void layersThatWaitForMemoryTouchTheRoof() {
    MemoryLevel slow = Examples.DESIGN.levels().get(0).sharedBandwidth(1.2);
    Accelerator waiting = Examples.DESIGN.level(slow);
    RooflineChart.Point pool = RooflineChart.points(Examples.simulate(waiting)).get(3);
    double roof = pool.intensityOpsPerByte() * RooflineChart.gigabytesPerSecond(waiting);
    assertThat(pool.group()).isEqualTo("pooling");
    assertThat(pool.performanceGopsPerSecond()).isBetween(0.95 * roof, roof * (1 + 1e-9));
  }

  @Test
  void bothAxesAreLogarithmicAndHoldEveryPointAndTheRidge() {
    XYChart chart = RooflineChart.of(Examples.EVALUATION);
    assertThat(chart.getStyler().isXAxisLogarithmic()).isTrue();
    assertThat(chart.getStyler().isYAxisLogarithmic()).isTrue();
    double peak = RooflineChart.peakGopsPerSecond(Examples.DESIGN);
    double ridge = peak / RooflineChart.gigabytesPerSecond(Examples.DESIGN);
    assertThat(ridge).isBetween(chart.getStyler().getXAxisMin(), chart.getStyler().getXAxisMax());
    assertThat(peak).isBetween(chart.getStyler().getYAxisMin(), chart.getStyler().getYAxisMax());
    assertThat(RooflineChart.points(Examples.EVALUATION))
        .allSatisfy(
            p -> {
              assertThat(p.intensityOpsPerByte())
                  .isBetween(chart.getStyler().getXAxisMin(), chart.getStyler().getXAxisMax());
              assertThat(p.performanceGopsPerSecond())
                  .isBetween(chart.getStyler().getYAxisMin(), chart.getStyler().getYAxisMax());
            });
  }

  @Test
  void unlimitedMemoryLeavesThePeakAlone() {
    MemoryLevel dram = MemoryLevel.unbounded("DRAM");
    XYChart chart = RooflineChart.of(Examples.simulate(Examples.DESIGN.level(dram)));
    assertThat(chart.getSeriesCollection())
        .extracting(s -> s.getName())
        .noneMatch(n -> n.contains("GB/s"));
    assertThat(Charts.png(chart)).isNotEmpty();
  }
}
