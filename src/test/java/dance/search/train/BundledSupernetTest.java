package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.SharedData;
import dance.search.TabularTask;
import dance.search.ValidatedNetworks;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the bundled supernet of NAS-Bench-Macro says of its networks. */
class BundledSupernetTest {
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
}
