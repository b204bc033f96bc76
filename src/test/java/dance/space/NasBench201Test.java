package dance.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.SharedData;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NasBench201Test {
  private static final Path ROWS = Path.of("../shared/reference/nas-bench-201/eyeriss-cost.csv");

  /** Index 0 of the benchmark, in both notations. */
  @Test
  void digitsAndStringsAreTheSameCell() {
    String text =
        "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|"
            + "+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|";
    assertThat(NasBench201.parse(text)).isEqualTo(NasBench201.parse("421211"));
    assertThat(NasBench201.format(NasBench201.parse("421211"))).isEqualTo(text);
  }

  @Test
  void digitsAreTheNumbersOfTheOperations() {
    NetworkSpace space = NetworkSpace.nasBench201();
    assertThat(space.genotype(4, 2, 1, 2, 1, 0)).isEqualTo(NasBench201.parse("421210"));
    assertThat(space.index(NasBench201.parse("444444"))).isEqualTo(BigInteger.valueOf(15_624));
    assertThat(space.blockNames())
        .containsExactly("edge1-0", "edge2-0", "edge2-1", "edge3-0", "edge3-1", "edge3-2");
  }

  /** The cells that the benchmark's authors assert when they build it. */
  @ParameterizedTest
  @CsvSource({
    "0, |avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    "9, |avg_pool_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|",
    "123, |avg_pool_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|none~0|avg_pool_3x3~1|nor_conv_3x3~2|",
  })
  void anIndexIsTheBenchmarksOwn(String index, String cell) {
    assertThat(NasBench201.format(Genotype.parse(index))).isEqualTo(cell);
    assertThat(Genotype.parse(cell.toUpperCase(Locale.ROOT))).isEqualTo(Genotype.parse(index));
  }

  @Test
  void everyIndexIsTheBenchmarksOwn() throws IOException {
    SharedData.require(ROWS);
    for (String row : Files.readAllLines(ROWS).subList(1, 15_626)) {
      String[] cells = row.split(",");
      assertThat(NasBench201.parse(cells[0])).isEqualTo(NasBench201.parse(cells[1]));
    }
  }

  @Test
  void operationsAreFoundWhateverTheirCase() {
    NetworkSpace space = NetworkSpace.mini();
    Genotype genotype = space.genotype(BigInteger.valueOf(23));
    Genotype shouted = Genotype.parse(genotype.toString().toUpperCase(Locale.ROOT));
    assertThat(space.choice(shouted)).isEqualTo(space.choice(genotype));
  }

  @Test
  void everyCellIsReadBack() {
    NetworkSpace space = NetworkSpace.nasBench201();
    assertThat(space.genotypes()).allMatch(g -> NasBench201.parse(NasBench201.format(g)).equals(g));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42121",
        "421215",
        "|none~0|",
        "|none~1|+|none~0|none~1|+|none~0|none~1|none~2|",
        "|none~0|+|none~0|none~1|+|none~0|none~1|nix~2|",
        "|none~0||none~0|none~1|+|none~0|none~1|none~2|"
      })
  void whatIsNoCellIsRefused(String text) {
    assertThatThrownBy(() -> NasBench201.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be six digits");
  }

  /**
   * The published Eyeriss costs and our space agree on what is costed: the cost of the
   * multiplications depends on how often each operation occurs, on dead edges too.
   */
  @Test
  void networksOfEqualEyerissCostWithoutPoolingHaveEqualMacs() throws IOException {
    SharedData.require(ROWS);
    NetworkSpace space = NetworkSpace.nasBench201();
    Map<String, Long> macsByCost = new HashMap<>();
    Set<Genotype> seen = new HashSet<>();
    List<String> lines = Files.readAllLines(ROWS);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      Genotype genotype = NasBench201.parse(cells[1]);
      seen.add(genotype);
      if (!genotype.operations().contains("avg_pool_3x3")) {
        long macs = space.network(genotype).macs();
        assertThat(macsByCost.merge(cells[3], macs, (a, b) -> a)).isEqualTo(macs);
      }
    }
    assertThat(macsByCost.values()).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    assertThat(seen).hasSize(15_625);
  }
}
