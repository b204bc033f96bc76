package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.BlockShape;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Landscapes of costs whose form is known. */
class LandscapeTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = AcceleratorSpace.dance().pes(8, 16).rf(4, 8, 16);

  /** Latency is a product of what the values bring; nothing else matters. */
  private static CostTable product(double byX, double byRf) {
    int layers = NETWORKS.distinctLayers().size();
    double[][] latency = new double[layers][DESIGNS.size()];
    for (double[] row : latency) {
      for (int d = 0; d < row.length; d++) {
        int[] at = DESIGNS.positions(d);
        row[d] = Math.pow(byX, at[0]) * Math.pow(byRf, at[2]);
      }
    }
    return CostTable.of(NETWORKS, DESIGNS, "product", latency, latency);
  }

  @Test
  void factorsAreFoundAgain() {
    Landscape landscape = Landscape.of(product(0.5, 1.25), Objective.LATENCY, 50, 1);
    assertThat(landscape.winners()).containsOnlyKeys("template:16x8:rf4:ws");
    assertThat(landscape.winners().values()).containsExactly(50);
    assertThat(landscape.worst()).isCloseTo(2 * 1.25 * 1.25, within(1e-6));
    assertThat(landscape.median()).isBetween(1.0, landscape.worst());
    List<Landscape.Axis> axes = landscape.axes();
    assertThat(axes)
        .extracting(Landscape.Axis::name)
        .containsExactly("pe_x", "pe_y", "rf", "dataflow");
    double x = Math.pow(Math.log(0.5), 2) / 4;
    double rf = Math.pow(Math.log(1.25), 2) * 2 / 3;
    assertThat(axes.get(0).variance()).isCloseTo(x / (x + rf), within(1e-6));
    assertThat(axes.get(2).variance()).isCloseTo(rf / (x + rf), within(1e-6));
    assertThat(axes.get(1).variance()).isCloseTo(0, within(1e-9));
    assertThat(axes.get(0).bestValue()).isEqualTo("16");
    assertThat(axes.get(0).worstLoss()).isCloseTo(1, within(1e-6));
    assertThat(axes.get(2).bestValue()).isEqualTo("4");
    assertThat(axes.get(2).worstLoss()).isCloseTo(1.25 * 1.25 - 1, within(1e-6));
    assertThat(axes.get(3).loss()).isZero();
    assertThat(landscape.uniform().keySet()).containsExactlyElementsOf(NETWORKS.operations());
  }

  @Test
  void winnersAreThoseOfTheOracle() {
    CostTable table = SyntheticModel.table(NETWORKS, SyntheticModel.few());
    Landscape landscape = Landscape.of(table, Objective.EDAP, 300, 2);
    assertThat(landscape.winners().values().stream().mapToInt(w -> w).sum()).isEqualTo(300);
    HardwareOracle oracle = HardwareOracle.of(table);
    assertThat(NETWORKS.genotypes().map(g -> oracle.best(g, Objective.EDAP).accelerator().name()))
        .containsAll(landscape.winners().keySet());
    assertThat(landscape.uniform().get("mb5e6"))
        .isEqualTo(oracle.best(NETWORKS.genotype(1, 1, 1), Objective.EDAP).accelerator().name());
    assertThat(landscape.toString())
        .startsWith("tiny × dance, EDAP: 300 random networks, 60 designs\n")
        .contains("\nrf ", "\nmb7e3 ");
  }

  /** Against the slow and simple way, of given networks. */
  @Test
  void oneDesignForAllIsThatOfTheLeastMeanLoss() {
    CostTable table = SyntheticModel.table(NETWORKS, SyntheticModel.few());
    List<Genotype> networks = NETWORKS.genotypes().limit(20).toList();
    Landscape landscape = Landscape.of(table, Objective.EDAP, networks);
    HardwareOracle oracle = HardwareOracle.of(table);
    double least = Double.POSITIVE_INFINITY;
    double worst = 0;
    for (int d = 0; d < table.designs(); d++) {
      double sum = 0;
      double most = 0;
      for (Genotype network : networks) {
        DesignCosts costs = oracle.costs(network);
        int best = costs.ranking(Objective.EDAP)[0];
        double loss = costs.cost(d, Objective.EDAP) / costs.cost(best, Objective.EDAP) - 1;
        sum += loss;
        most = Math.max(most, loss);
      }
      if (sum / 20 < least) {
        least = sum / 20;
        worst = most;
      }
    }
    assertThat(landscape.single().mean()).isCloseTo(least, within(1e-9));
    assertThat(landscape.single().worst()).isCloseTo(worst, within(1e-9));
    assertThat(landscape.toString()).startsWith("tiny × dance, EDAP: 20 given networks, 60");
  }

  @Test
  void blocksAloneHaveTheBestDesignOfASpaceOfTheirOwn() {
    CostTable table = SyntheticModel.table(NETWORKS, SyntheticModel.few());
    List<Landscape.Block> blocks = Landscape.of(table, Objective.EDP, 1, 1).blocks();
    assertThat(blocks).extracting(Landscape.Block::block).containsExactly("b1", "b2", "b3");
    assertThat(blocks.get(2).shape()).isEqualTo(BlockShape.of(8, 16, 16).stride(2).toString());
    assertThat(blocks.get(0).best()).containsEntry("zero", "");
    NetworkSpace alone =
        NetworkSpace.of("alone")
            .block("b3", BlockShape.of(8, 16, 16).stride(2), Operation.mbConv(5, 6));
    CostTable one = SyntheticModel.table(alone, SyntheticModel.few());
    String best =
        HardwareOracle.of(one).best(Genotype.of("mb5e6"), Objective.EDP).accelerator().name();
    assertThat(blocks.get(2).best()).containsEntry("mb5e6", best);
  }
}
