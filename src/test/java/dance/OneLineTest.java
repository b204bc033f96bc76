package dance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Design;
import dance.cost.Metrics;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapper.MappingResult;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever is printed is a line that a person reads: no dump of records, no figure of 16 digits.
 */
class OneLineTest {
  private static final Layer CONV = Layer.conv("conv", 3, 8).kernel(3).output(12);
  private static final Network NETWORK =
      Network.of("small", CONV).then(Layer.add("sum", 8).output(12), 2);

  private static final String METRICS =
      "latency [\\d.]+ ms, energy [\\d.]+ mJ, area [\\d.]+ mm², utilization [\\d.]+ %";

  @Test
  void layersSayWhatTheyComputeWithoutWhatIsOneOfEverything() {
    assertThat(Layer.conv("conv3", 256, 384).kernel(3).output(13))
        .hasToString("conv3: convolution 256 → 384, kernel 3 × 3, output 13 × 13");
    assertThat(Layer.conv("c", 8, 16).kernel(3, 5).stride(2).output(7, 9).groups(4).batch(2))
        .hasToString(
            "c: convolution 8 → 16 in 4 groups, kernel 3 × 5, stride 2, output 7 × 9, batch 2");
    assertThat(Layer.depthwise("dw", 32).kernel(3).output(14))
        .hasToString("dw: depthwise convolution of 32 channels, kernel 3 × 3, output 14 × 14");
    assertThat(Layer.pointwise("pw", 16, 24, 14))
        .hasToString("pw: convolution 16 → 24, output 14 × 14");
    assertThat(Layer.fullyConnected("fc6", 9216, 4096))
        .hasToString("fc6: fully connected 9216 → 4096");
    assertThat(Layer.matmul("qk", 12, 64, 32, 48))
        .hasToString("qk: matrix product 64 × 32 · 32 × 48, 12 products");
    assertThat(Layer.pool("pool", 96).kernel(3).stride(2).output(27))
        .hasToString("pool: pooling of 96 channels, kernel 3 × 3, stride 2, output 27 × 27");
    assertThat(Layer.add("sum", 1).output(4))
        .hasToString("sum: addition of 1 channel, output 4 × 4");
  }

  @Test
  void everyLayerOfEveryNetworkIsAShortLine() {
    for (Network network :
        List.of(Networks.alexNet(), Networks.mobileNetV2(), Networks.bertBase(64))) {
      assertThat(network.layers()).allSatisfy(layer -> readable(layer, 120));
      assertThat(network.entries()).allSatisfy(entry -> readable(entry, 130));
      readable(network, 80);
    }
    assertThat(NETWORK).hasToString("small: 3 layers, 31,104 MACs, 216 parameters");
    assertThat(NETWORK.entries().get(1))
        .hasToString("sum: addition of 8 channels, output 12 × 12, 2 times");
  }

  @Test
  void resultsSayWhatTheyCostAndHowGoodTheyAre() {
    var chip = Accelerators.template(5, 4, 32, Dataflow.ROW_STATIONARY);
    MappingResult best = Dance.map(CONV, chip);
    assertThat(best.evaluation().toString())
        .matches(
            "conv on template:5x4:rf32:rs: [\\d,]+ cycles, energy [\\d.]+ mJ, utilization [\\d.]+"
                + " %");
    assertThat(best.toString().substring(best.evaluation().toString().length()))
        .matches("; proven optimal by EDP, [\\d,]+ mappings considered");
    assertThat(best).asString().startsWith(best.evaluation().toString());
    NetworkEvaluation evaluation = Dance.simulate(NETWORK, chip);
    assertThat(evaluation.toString())
        .matches(
            "small on template:5x4:rf32:rs: 2 layers, "
                + METRICS
                + "; every mapping proven optimal");
    assertThat(evaluation.layers().get(1).toString())
        .matches("sum on template:5x4:rf32:rs, 2 times: [\\d,]+ cycles, energy [\\d.]+ mJ");
    Design design = Design.of("small", chip, new Metrics(1, 2, 3, 0.5));
    assertThat(design)
        .hasToString(
            "small on template:5x4:rf32:rs: latency 1.000 ms, energy 2.000 mJ, area 3.000 mm²,"
                + " utilization 50.00 %");
    assertThat(design.accuracy(0.571)).hasToString(design + ", accuracy 57.10 %");
    for (Object value :
        List.of(best, best.evaluation(), evaluation, evaluation.layers().get(0), design)) {
      readable(value, 220);
    }
  }

  /** The line is no line at all if {@link #readable} takes what a record prints by itself. */
  @Test
  void aDumpOfARecordIsNotReadable() {
    record Dump(int words) {}
    for (Object dump : List.of(new Dump(1), List.of(CONV), new Object(), 1.0 / 3, 1e-9)) {
      assertThatThrownBy(() -> readable(dump, 220)).isInstanceOf(AssertionError.class);
    }
  }

  private static void readable(Object value, int longest) {
    assertThat(value.toString())
        .hasSizeLessThan(longest)
        .doesNotContain("\n", "[", "=", "Infinity", "NaN", "@")
        .doesNotContainPattern("\\.\\d{8}|E-?\\d");
  }
}
