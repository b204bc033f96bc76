package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.CostModel;
import dance.simulate.Simulator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables in data are those that the simulator would give. */
class BundledTablesTest {
  private static final int CELLS = 100;

  /** Of ImageNet's table, whose layers take longer. */
  private static final int FEW_CELLS = 10;

  private static final long SEED = 20211205;

  /** The spaces that have a table in {@code data}. */
  static List<String> bundled() {
    return CostTable.bundledNames();
  }

  @Test
  void theSpacesOfBenchmarksHaveATable() {
    assertThat(bundled()).contains("cifar", "imagenet", "nasbench201", "mini", "mini-cifar");
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void randomCellsAreWhatTheSimulatorSays(String name) {
    NetworkSpace networks = NetworkSpace.byName(name);
    AcceleratorSpace designs = AcceleratorSpace.dance();
    String file = CostTable.fileName(networks, designs);
    assertThat(Path.of("data", file)).exists();
    String rebuild =
        "data/%s is stale; rebuild it: java -jar target/dance.jar table build --space %s --out data/%s"
            .formatted(file, name, file);
    CostModel simulator = new Simulator(Simulator.Options.proven());
    try {
      CostTable table = CostTable.bundled(networks, designs);
      int cells = name.equals("imagenet") ? FEW_CELLS : CELLS;
      assertThat(TableCheck.of(table, simulator, cells, SEED).stale()).as(rebuild).isEmpty();
    } catch (IllegalArgumentException foreign) {
      throw new AssertionError(rebuild + "\n" + foreign.getMessage(), foreign);
    }
  }

  @Test
  void aTableThatDoesNotComeWithTheProgramIsNamed() {
    assertThatThrownBy(
            () -> CostTable.bundled(SyntheticModel.tiny(), AcceleratorSpace.dance().rf(16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no table tiny-dance.table is bundled");
  }

  @Test
  void staleCellsAreFound() {
    CostTable table = SyntheticModel.table(SyntheticModel.tiny(), SyntheticModel.few());
    assertThat(TableCheck.of(table, new SyntheticModel(), 50, 1).stale()).isEmpty();
    CostModel slower = new SyntheticModel(1.00001);
    assertThat(TableCheck.of(table, slower, 50, 1).stale())
        .hasSize(101)
        .first()
        .isEqualTo("the table is of synthetic roofline × 1.0, not of synthetic roofline × 1.00001");
  }
}
