package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of more designs than accelerators are held: built, in shards, written, read, asked. */
class LargeTableTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final Accelerator CHIP =
      Accelerators.template(8, 8, 16, dance.accelerator.Dataflow.ROW_STATIONARY);

  private static final AcceleratorSpace MANY =
      AcceleratorSpace.of(
          "many",
          x -> CHIP.clockMhz(100 + x.whole("a") + x.whole("b")),
          DesignAxis.of("a", IntStream.range(0, 401).boxed().toArray()),
          DesignAxis.of("b", IntStream.range(0, 251).boxed().toArray()));

  /** Latencies by clock: as a chip of the same cycles. */
  private static final CostModel CLOCK =
      new CostModel() {
        @Override
        public Metrics metrics(Network network, Accelerator accelerator) {
          double macs = network.entries().get(0).layer().einsum().points();
          return new Metrics(macs / accelerator.clockMhz(), macs * accelerator.clockMhz(), 1, 1);
        }

        @Override
        public String fingerprint() {
          return "clock";
        }
      };

  @TempDir private Path folder;

  @Test
  void aLargeTableIsBuiltWrittenAndReadAndShardsGiveTheVeryBytes() throws Exception {
    Path whole = folder.resolve("whole");
    BuildOptions options = BuildOptions.defaults();
    CostTable table = CostTable.build(CLOCK, NETWORKS, MANY, options.file(whole));
    CostTable read = CostTable.read(whole, NETWORKS, MANY);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      int layer = random.nextInt(table.layers().size());
      int design = random.nextInt(MANY.size());
      double macs = table.layers().get(layer).einsum().points();
      double mhz = MANY.accelerator(design).clockMhz();
      assertThat(read.layerLatencyMs(layer, design)).isEqualTo((float) (macs / mhz));
      assertThat(read.layerEnergyMj(layer, design)).isEqualTo((float) (macs * mhz));
      assertThat(read.areaMm2(design)).isEqualTo(CHIP.areaMm2());
    }
    int[] choice = NETWORKS.choice(NETWORKS.sample(random));
    assertThat(HardwareOracle.of(read).best(choice, Objective.LATENCY)).isEqualTo(MANY.size() - 1);
    assertThat(HardwareOracle.of(read).best(choice, Objective.ENERGY)).isZero();
    Path[] shards = {folder.resolve("1"), folder.resolve("2")};
    for (int i = 0; i < shards.length; i++) {
      CostTable.buildShard(
          CLOCK, NETWORKS, MANY, options.file(shards[i]).shard(new Shard(i + 1, shards.length)));
    }
    Path merged = folder.resolve("merged");
    CostTable.merge(java.util.List.of(shards), NETWORKS, MANY).write(merged);
    assertThat(Files.readAllBytes(merged)).isEqualTo(Files.readAllBytes(whole));
    byte[] bytes = Files.readAllBytes(whole);
    bytes[bytes.length - 100] ^= 1;
    Files.write(whole, bytes);
    assertThatThrownBy(() -> CostTable.read(whole, NETWORKS, MANY))
        .hasMessageContaining("is damaged");
  }

  @Test
  void designsThatAreMappedTogetherAreInOneGroup() {
    AcceleratorSpace some =
        AcceleratorSpace.wide().pes(4, 9, 32).rf(8, 256).keep("buffer_kb", 16, 108);
    int[][] groups = LargeSpaces.groups(some);
    assertThat(groups.length).isEqualTo(3 * 2);
    Set<Integer> seen = new HashSet<>();
    for (int[] group : groups) {
      assertThat(group).hasSize(2 * 6 * 9).isSorted();
      Accelerator first = some.accelerator(group[0]);
      for (int design : group) {
        Accelerator other = some.accelerator(design);
        assertThat(other.dataflow()).isEqualTo(first.dataflow());
        assertThat(other.levels().get(2)).isEqualTo(first.levels().get(2));
        assertThat(seen.add(design)).isTrue();
      }
    }
    assertThat(seen).hasSize(some.size());
  }

  @Test
  void areasAreThoseOfTheAccelerators() {
    AcceleratorSpace wide = AcceleratorSpace.wide().pes(4, 11, 32);
    double[] areas = wide.areasMm2();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      int design = wide.sample(random);
      assertThat(areas[design]).isEqualTo(wide.accelerator(design).areaMm2());
    }
  }

  @Test
  void aLargeSpaceIsIdentifiedByEveryPairOfValues() {
    int[] pairs = MANY.pairs();
    assertThat(pairs).hasSize(MANY.size()).doesNotHaveDuplicates();
    assertThat(AcceleratorSpace.wide().pairs().length).isBetween(841 + 29 * 7, 4000);
  }
}
