package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.Genotype;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** What the bundled searches on images found costs what they say, and is what they should find. */
class BundledImageSearchesTest {
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-4);

  @ParameterizedTest
  @CsvSource({"fashion-mnist, mini", "cifar10, mini-cifar"})
  void everyRowIsPricedByTheTableOfToday(String images, String space) throws Exception {
    Path file = Path.of("data", "images-" + images + ".csv");
    assertThat(file).exists();
    Table searches = Table.read().csv(Files.newInputStream(file));
    CostTable table = CostTable.bundled(space);
    Map<Integer, Set<String>> withoutCost = new TreeMap<>();
    Map<String, Set<Integer>> seeds = new TreeMap<>();
    for (Row row : searches) {
      String method = row.getString("method");
      Objective objective = Objective.byName(row.getString("objective"));
      Genotype network = Genotype.parse(row.getString("network"));
      int design = design(table, row.getString("accelerator"));
      double[] metrics = new double[3];
      table.on(design, table.networkSpace().encode(network), metrics);
      assertThat(row.getDouble("latency_ms")).isCloseTo(metrics[0], ROUNDING);
      assertThat(row.getDouble("energy_mj")).isCloseTo(metrics[1], ROUNDING);
      assertThat(row.getDouble("area_mm2")).isCloseTo(metrics[2], ROUNDING);
      double cost = objective.cost(metrics[0], metrics[1], metrics[2]);
      assertThat(row.getDouble("cost")).isCloseTo(cost, ROUNDING);
      double least = objective.cost(HardwareOracle.of(table).best(network, objective).metrics());
      if (method.contains("only") || method.contains("FLOPs") || method.contains("exact")) {
        assertThat(cost).isCloseTo(least, ROUNDING);
      }
      assertThat(row.getDouble("accuracy")).isCloseTo(0.65, within(0.34));
      if (method.equals("accuracy only")) {
        // no cost, so no objective, decides on the network
        withoutCost
            .computeIfAbsent(row.getInt("seed"), s -> new TreeSet<>())
            .add(network.toString());
      }
      seeds
          .computeIfAbsent(objective.name() + ", " + method, m -> new TreeSet<>())
          .add(row.getInt("seed"));
    }
    assertThat(seeds).hasSize(2 * 5).allSatisfy((m, s) -> assertThat(s).containsExactly(1, 2, 3));
    assertThat(searches.rowCount()).isEqualTo(2 * 5 * 3);
    assertThat(withoutCost).hasSize(3).allSatisfy((s, n) -> assertThat(n).hasSize(1));
  }

  private static int design(CostTable table, String accelerator) {
    return IntStream.range(0, table.designs())
        .filter(d -> table.accelerator(d).name().equals(accelerator))
        .findFirst()
        .orElseThrow();
  }
}
