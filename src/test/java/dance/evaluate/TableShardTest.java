package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards that different machines compute are one table. */
class TableShardTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = AcceleratorSpace.dance().rf(4, 16);

  @TempDir private Path folder;
  private Path whole;

  @BeforeEach
  void build() {
    whole = folder.resolve("whole.table");
    CostTable.build(new SyntheticModel(), NETWORKS, DESIGNS, BuildOptions.defaults().file(whole));
  }

  private Path shard(SyntheticModel model, AcceleratorSpace designs, int number, int count) {
    Shard shard = new Shard(number, count);
    Path file =
        folder.resolve(
            CostTable.fileName(NETWORKS, designs) + shard.suffix() + model.fingerprint());
    CostTable.buildShard(
        model, NETWORKS, designs, BuildOptions.defaults().threads(2).file(file).shard(shard));
    return file;
  }

  private List<Path> shards(int count) {
    List<Path> files = new ArrayList<>();
    SyntheticModel model = new SyntheticModel();
    for (int number = 1; number <= count; number++) {
      files.add(shard(model, DESIGNS, number, count));
    }
    assertThat(model.cells)
        .as("each cell is priced in one shard")
        .hasValue((long) NETWORKS.distinctLayers().size() * DESIGNS.size());
    return files;
  }

  /** 14 layers of 6 parts each; of 100 shards some hold nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void mergedShardsHaveTheBytesOfATableBuiltAtOnce(int count) {
    List<Path> files = shards(count);
    Collections.shuffle(files, new Random(count));
    Path merged = folder.resolve("merged.table");
    CostTable.merge(files, NETWORKS, DESIGNS).write(merged);
    assertThat(merged).hasSameBinaryContentAs(whole);
  }

  @Test
  void anInterruptedShardResumes() {
    Path file = folder.resolve("s");
    Shard shard = new Shard(2, 3);
    BuildOptions options = BuildOptions.defaults().threads(1).file(file).shard(shard);
    assertThatThrownBy(() -> CostTable.buildShard(new Failing(700), NETWORKS, DESIGNS, options))
        .hasMessage("no more");
    int layers = NETWORKS.distinctLayers().size(); // of each, two of six parts are in the shard
    SyntheticModel second = new SyntheticModel();
    CostTable.buildShard(second, NETWORKS, DESIGNS, options);
    assertThat(second.cells.get()).as("two parts were kept").isEqualTo((2L * layers - 2) * 289);
    List<Path> files =
        List.of(
            shard(new SyntheticModel(), DESIGNS, 1, 3),
            file,
            shard(new SyntheticModel(), DESIGNS, 3, 3));
    Path merged = folder.resolve("merged.table");
    CostTable.merge(files, NETWORKS, DESIGNS).write(merged);
    assertThat(merged).hasSameBinaryContentAs(whole);
    assertThat(folder.resolve("s.part")).doesNotExist();
  }

  /** A model that fails after a number of cells. */
  private record Failing(SyntheticModel model, int most) implements CostModel {
    Failing(int most) {
      this(new SyntheticModel(), most);
    }

    @Override
    public Metrics metrics(Network network, Accelerator accelerator) {
      if (model.cells.get() >= most) {
        throw new IllegalStateException("no more");
      }
      return model.metrics(network, accelerator);
    }

    @Override
    public String fingerprint() {
      return model.fingerprint();
    }
  }

  @Test
  void gapsTwinsAndMixturesAreNamed() throws IOException {
    List<Path> four = shards(4);
    assertThatThrownBy(() -> CostTable.merge(four.subList(1, 3), NETWORKS, DESIGNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("2 of 4 shards are missing: 1/4, 4/4. Maybe build them");
    Path copy = Files.copy(four.get(2), folder.resolve("copy"));
    List<Path> twice = new ArrayList<>(four);
    twice.add(copy);
    assertThatThrownBy(() -> CostTable.merge(twice, NETWORKS, DESIGNS))
        .hasMessage("shard 3/4 is there twice: %s and %s", four.get(2), copy);
    List<Path> otherCount = new ArrayList<>(four);
    otherCount.set(1, shard(new SyntheticModel(), DESIGNS, 2, 5));
    assertThatThrownBy(() -> CostTable.merge(otherCount, NETWORKS, DESIGNS))
        .hasMessage("%s is shard 2/5, but %s is one of 4", otherCount.get(1), four.get(0));
    List<Path> otherModel = new ArrayList<>(four);
    otherModel.set(3, shard(new SyntheticModel(2), DESIGNS, 4, 4));
    assertThatThrownBy(() -> CostTable.merge(otherModel, NETWORKS, DESIGNS))
        .hasMessageContaining("is of another table than " + four.get(0))
        .hasMessageContaining("cost model is synthetic roofline × 2.0");
    assertThatThrownBy(() -> CostTable.merge(four, NETWORKS, DESIGNS.rf(4)))
        .hasMessageContaining("is a shard of something else")
        .hasMessageContaining("designs is 1734, not 867");
    assertThatThrownBy(() -> CostTable.merge(List.of(whole), NETWORKS, DESIGNS))
        .hasMessageContaining("is not a cost table shard");
  }

  @Test
  void everyDamageIsSeen() throws IOException {
    List<Path> two = shards(2);
    byte[] bytes = Files.readAllBytes(two.get(1));
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      if (i % 3 == 0) {
        damaged = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      Files.write(two.get(1), damaged);
      assertThatThrownBy(() -> CostTable.merge(two, NETWORKS, DESIGNS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(two.get(1).toString());
    }
  }

  @Test
  void whatIsAbsentDamagedOrOfOtherCostsIsStillMissing() throws IOException {
    List<Path> files = shards(4);
    SyntheticModel model = new SyntheticModel();
    assertThat(CostTable.missingShards(files, model, NETWORKS, DESIGNS)).isEmpty();
    assertThat(CostTable.missingShards(files, new SyntheticModel(2), NETWORKS, DESIGNS)).hasSize(4);
    Files.delete(files.get(0));
    Files.write(files.get(2), new byte[] {1});
    Files.copy(files.get(1), files.get(3), StandardCopyOption.REPLACE_EXISTING);
    assertThat(CostTable.missingShards(files, model, NETWORKS, DESIGNS))
        .containsExactly(new Shard(1, 4), new Shard(3, 4), new Shard(4, 4));
  }

  @Test
  void aShardIsANumberOfACount() {
    assertThat(Shard.parse(" 3/16")).isEqualTo(new Shard(3, 16)).hasToString("3/16");
    for (String wrong : List.of("0/4", "5/4", "1/0", "4", "a/b", "1/99999999", "-1/4")) {
      assertThatThrownBy(() -> Shard.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shard");
    }
    assertThatThrownBy(
            () ->
                CostTable.build(
                    new SyntheticModel(),
                    NETWORKS,
                    DESIGNS,
                    BuildOptions.defaults().shard(new Shard(1, 2))))
        .hasMessageContaining("not 1/2 only. Maybe CostTable.buildShard");
  }
}
