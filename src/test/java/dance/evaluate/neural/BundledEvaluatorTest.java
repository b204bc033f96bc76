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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluators in data are for the tables in data, and as good as they are said to be. */
class BundledEvaluatorTest {
  private static final String REBUILD =
      "data/%1$s-dance-edap.json is stale; train it again: java -jar target/dance.jar evaluator"
          + " train --space %1$s --out data/%1$s-dance-edap.json";
  private static final long MOST_BYTES = 2_000_000;
  private static final int NETWORKS = 300;
  private static final long SEED = 20211205;

  @ParameterizedTest
  @ValueSource(strings = {"cifar", "nasbench201"})
  void itIsWithinAPercentOfTheTableAndChoosesNearlyTheBest(String space) {
    String rebuild = REBUILD.formatted(space);
    NetworkSpace networks = NetworkSpace.byName(space);
    AcceleratorSpace designs = AcceleratorSpace.dance();
    CostTable table = CostTable.bundled(networks, designs);
    try (NeuralEvaluator evaluator = NeuralEvaluator.bundled(networks, designs, Objective.EDAP)) {
      assertThat(evaluator.costModel()).as(rebuild).isEqualTo(table.fingerprint());
      Fidelity.Sample all = Fidelity.measure(evaluator, table, NETWORKS, SEED).all();
      for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA)) {
        assertThat(all.errors().get(metric).mean()).as(rebuild).isLessThan(0.01);
        assertThat(all.spearman().get(metric)).as(rebuild).isGreaterThan(0.999);
      }
      assertThat(all.heads().values()).as(rebuild).allMatch(right -> right >= 0.97);
      assertThat(all.regret().mean()).as(rebuild).isLessThan(0.005);
      assertThat(all.regret().p99()).as(rebuild).isLessThan(0.05);
    }
  }

  @Test
  void whetherOneComesIsKnownBeforeItIsRead() {
    AcceleratorSpace designs = AcceleratorSpace.dance();
    assertThat(NeuralEvaluator.isBundled(NetworkSpace.cifar(), designs, Objective.EDAP)).isTrue();
    assertThat(NeuralEvaluator.isBundled(NetworkSpace.cifar(), designs, Objective.EDP)).isFalse();
    assertThat(NeuralEvaluator.isBundled(NetworkSpace.mini(), designs, Objective.EDAP)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar", "nasbench201"})
  void itIsSmall(String space) throws IOException {
    long bytes = 0;
    for (String name : List.of(space + "-dance-edap.json", space + "-dance-edap.weights")) {
      bytes += Files.size(Path.of("data", name));
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }
}
