package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.cost.Metrics;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table holds, and that sums of its rows are what networks cost. */
class CostTableTest {
  private static final AcceleratorSpace DESIGNS = SyntheticModel.few();

  @ParameterizedTest
  @ValueSource(strings = {"cifar", "nasbench201", "mini", "mini:2"})
  void aNetworkCostsTheSumOfItsRows(String name) {
    NetworkSpace space = NetworkSpace.byName(name);
    CostTable table = SyntheticModel.table(space, DESIGNS);
    SyntheticModel model = new SyntheticModel();
    Random random = new Random(11);
    double[] latency = new double[DESIGNS.size()];
    double[] energy = new double[DESIGNS.size()];
    double[] again = new double[DESIGNS.size()];
    double[] expected = new double[DESIGNS.size()];
    for (int i = 0; i < 5; i++) {
      int[] choice = space.choice(space.sample(random));
      Network network = space.network(space.genotype(choice));
      table.sum(choice, latency, energy);
      table.sum(network, again, expected);
      assertThat(again).containsExactly(latency, within(1e-12 * latency[0]));
      assertThat(expected).containsExactly(energy, within(1e-12 * energy[0]));
      table.expect(space.encode(space.genotype(choice)), again, expected);
      assertThat(again).containsExactly(latency, within(1e-12 * latency[0]));
      for (int d = 0; d < DESIGNS.size(); d += 7) {
        Accelerator accelerator = DESIGNS.accelerator(d);
        Metrics truth = model.metrics(network, accelerator);
        double looked = table.fixedLatencyMs(d);
        for (int b = 0; b < choice.length; b++) {
          looked += table.latencyMs(b, choice[b], d);
        }
        assertThat(looked).isCloseTo(latency[d], within(1e-12 * latency[d]));
        assertThat(latency[d])
            .isCloseTo(truth.latencyMs(), within(0x1p-24 * truth.latencyMs() * 1.0001));
        assertThat(energy[d])
            .isCloseTo(truth.energyMj(), within(0x1p-24 * truth.energyMj() * 1.0001));
        assertThat(table.areaMm2(d)).isEqualTo(truth.areaMm2());
        assertThat(table.metrics(network, accelerator).utilization())
            .isCloseTo(truth.utilization(), within(1e-6));
      }
    }
  }

  @Test
  void everyLayerIsPricedOnceOnEveryDesign() {
    SyntheticModel model = new SyntheticModel();
    CostTable table = CostTable.build(model, NetworkSpace.cifar(), DESIGNS);
    assertThat(model.cells).hasValue(64L * DESIGNS.size());
    assertThat(table.layers()).hasSize(64);
    Layer layer = table.layers().get(5);
    Metrics alone = model.metrics(Network.of("", layer), DESIGNS.accelerator(9));
    assertThat(table.layerLatencyMs(5, 9)).isEqualTo((float) alone.latencyMs());
    assertThat(table.layerEnergyMj(5, 9)).isEqualTo((float) alone.energyMj());
  }

  @Test
  void aTableOfKnownCostsIsWhatItWasGiven() {
    NetworkSpace space = SyntheticModel.tiny();
    int layers = space.distinctLayers().size();
    double[][] latency = new double[layers][DESIGNS.size()];
    double[][] energy = new double[layers][DESIGNS.size()];
    Random random = new Random(13);
    for (int r = 0; r < layers; r++) {
      Arrays.setAll(latency[r], d -> random.nextDouble());
      Arrays.setAll(energy[r], d -> random.nextDouble());
    }
    CostTable table = CostTable.of(space, DESIGNS, "dice", latency, energy);
    assertThat(table.layerLatencyMs(2, 3)).isEqualTo((float) latency[2][3]);
    assertThat(table.layerEnergyMj(1, 0)).isEqualTo((float) energy[1][0]);
    assertThat(table.fingerprint()).isEqualTo("dice");
    latency[1][2] = -1;
    energy[0] = new double[3];
    assertThatThrownBy(() -> CostTable.of(space, DESIGNS, "dice", latency, energy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latency of layer 1 on design 2 (-1.0) must be finite")
        .hasMessageContaining("energy of layer 0 has 3 values");
    assertThatThrownBy(() -> CostTable.of(space, DESIGNS, "dice", new double[1][0], energy))
        .hasMessageContaining("latency has 1 rows");
  }
}
