package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.SharedData;
import dance.cost.Progress;
import dance.search.TabularTask;
import dance.search.ValidatedNetworks;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bundled supernets say of their networks. */
class BundledSupernetTest {
  private static final Path MINI = Path.of("data", "mini-supernet.csv");
  private static final Path BUNDLED = Path.of("data", "nasbench-macro-supernet.csv");
  private static final Path PUBLISHED =
      Path.of("..", "shared", "reference", "nas-bench-macro", "nas-bench-macro_cifar10.json");

  @Test
  void allNetworksWereValidatedOnTheSameImages() {
    ValidatedNetworks networks = ValidatedNetworks.read(BUNDLED, NetworkSpace.nasBenchMacro());
    assertThat(networks.right()).hasDimensions(6561, 3);
    assertThat(networks.images()).containsExactly(500, 2000, 5000);
    assertThat(networks.provenance().get("supernet"))
        .startsWith("nasbench-macro, 45000 images of 3×32×32, 10 classes, 156");
    for (int[] right : networks.right()) {
      assertThat(right[0] <= right[1] && right[1] <= right[2]).isTrue();
    }
    assertThatThrownBy(() -> ValidatedNetworks.read(BUNDLED, NetworkSpace.mini()))
        .hasMessageContaining("is of space nasbench-macro: ");
  }

  /** As {@code notebooks/comparisons.md} has them. */
  @Test
  void itsRanksAgainstThePublishedAccuracies() {
    SharedData.require(PUBLISHED);
    ValidatedNetworks networks = ValidatedNetworks.read(BUNDLED, NetworkSpace.nasBenchMacro());
    ValidatedNetworks.Ranks all =
        networks.ranks(TabularTask.nasBenchMacro(PUBLISHED).means()).get(2);
    assertThat(all.spearman()).isCloseTo(0.883, within(5e-4));
    assertThat(all.kendall()).isCloseTo(0.719, within(5e-4));
  }

  /** The weights of {@code mini} are bundled: what they say is validated again. */
  @Test
  void theNetworksOfMiniAreThoseOfItsSupernet() {
    NetworkSpace mini = NetworkSpace.mini();
    Path weights = Path.of("data", "mini.supernet");
    ValidatedNetworks bundled = ValidatedNetworks.read(MINI, mini);
    assertThat(bundled.images()).containsExactly(62, 250, 1500);
    try (TrainedSupernet net =
        new TrainedSupernet(weights, mini, TrainingBenchmark.mini().data(), "cpu", 1)) {
      assertThat(bundled.provenance().get("supernet")).endsWith(net.file().sha256());
      assertThat(net.file().seconds()).isPositive();
      int[][] again = net.validate(Progress.SILENT).right();
      for (int n = 0; n < again.length; n++) {
        // other processors round otherwise, which moves an image across a border here and there
        assertThat(again[n][2])
            .as("%s, validated again", mini.genotypes().toList().get(n))
            .isCloseTo(bundled.right()[n][2], within(3));
      }
    }
  }

  /** As {@code notebooks/comparisons.md} has them. */
  @Test
  void ranksOfMiniAgainstTrainingsFromScratch() {
    ValidatedNetworks bundled = ValidatedNetworks.read(MINI, NetworkSpace.mini());
    List<ValidatedNetworks.Ranks> ranks = bundled.ranks(TabularTask.mini().means());
    assertThat(ranks.get(0).spearman()).isCloseTo(0.220, within(5e-4));
    assertThat(ranks.get(1).spearman()).isCloseTo(0.618, within(5e-4));
    assertThat(ranks.get(2).spearman()).isCloseTo(0.841, within(5e-4));
    assertThat(ranks.get(2).kendall()).isCloseTo(0.668, within(5e-4));
  }
}
