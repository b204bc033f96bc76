package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.Fidelity;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The evaluator in data is for the table in data, and as good as it is said to be. */
class BundledEvaluatorTest {
  private static final String REBUILD =
      "data/cifar-dance-edap.json is stale; train it again: java -jar target/dance.jar evaluator"
          + " train --out data/cifar-dance-edap.json";
  private static final long MOST_BYTES = 2_000_000;
  private static final int NETWORKS = 300;
  private static final long SEED = 20211205;

  @Test
  void itIsWithinAPercentOfTheTableAndChoosesNearlyTheBest() {
    NetworkSpace networks = NetworkSpace.cifar();
    AcceleratorSpace designs = AcceleratorSpace.dance();
    CostTable table = CostTable.bundled(networks, designs);
    try (NeuralEvaluator evaluator = NeuralEvaluator.bundled(networks, designs, Objective.EDAP)) {
      assertThat(evaluator.costModel()).as(REBUILD).isEqualTo(table.fingerprint());
      Fidelity.Sample all = Fidelity.measure(evaluator, table, NETWORKS, SEED).all();
      for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA)) {
        assertThat(all.errors().get(metric).mean()).as(REBUILD).isLessThan(0.01);
        assertThat(all.spearman().get(metric)).as(REBUILD).isGreaterThan(0.999);
      }
      assertThat(all.heads().values()).as(REBUILD).allMatch(right -> right >= 0.97);
      assertThat(all.regret().mean()).as(REBUILD).isLessThan(0.005);
      assertThat(all.regret().p99()).as(REBUILD).isLessThan(0.05);
    }
  }

  @Test
  void whetherOneComesIsKnownBeforeItIsRead() {
    AcceleratorSpace designs = AcceleratorSpace.dance();
    assertThat(NeuralEvaluator.isBundled(NetworkSpace.cifar(), designs, Objective.EDAP)).isTrue();
    assertThat(NeuralEvaluator.isBundled(NetworkSpace.cifar(), designs, Objective.EDP)).isFalse();
    assertThat(NeuralEvaluator.isBundled(NetworkSpace.mini(), designs, Objective.EDAP)).isFalse();
  }

  @Test
  void itIsSmall() throws IOException {
    long bytes = 0;
    for (String name : List.of("cifar-dance-edap.json", "cifar-dance-edap.weights")) {
      bytes += Files.size(Path.of("data", name));
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }
}
