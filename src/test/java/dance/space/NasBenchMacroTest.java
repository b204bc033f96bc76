package dance.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.SharedData;
import dance.workload.Network;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NasBenchMacroTest {
  private static final Path FILE =
      Path.of("../shared/reference/nas-bench-macro/nas-bench-macro_cifar10.json");
  private static final Pattern ROW =
      Pattern.compile("\"([0-2]{8})\"[^}]*\"params\": (\\d+), \"flops\": (\\d+)}");
  private static final NetworkSpace SPACE = NetworkSpace.nasBenchMacro();

  private static void check(String digits, long macs, long parameters) {
    Network network = SPACE.network(NasBenchMacro.parse(digits));
    assertThat(network.macs()).as(digits).isEqualTo(macs);
    assertThat(network.parameters()).as(digits).isEqualTo(parameters);
  }

  /** Published with the benchmark (xiusu/NAS-Bench-Macro, nas-bench-macro_cifar10.json). */
  @ParameterizedTest
  @CsvSource({
    "00000000, 7713280, 387882",
    "11111111, 53246464, 1588874",
    "22222222, 105660928, 2932586",
    "22212220, 85164544, 1985514",
    "02012100, 47327744, 890666",
    "11111221, 65012224, 2181386",
    "00011110, 31390208, 1118378",
    "01111202, 54194688, 1769258",
    "20101200, 37892608, 828970",
    "22120201, 66634240, 1408682",
    "00201010, 30155264, 971818",
    "02212101, 63257088, 1371050"
  })
  void networksHaveThePublishedMacsAndParameters(String digits, long macs, long parameters) {
    check(digits, macs, parameters);
  }

  @Test
  void allNetworksHaveThePublishedMacsAndParameters() throws IOException {
    SharedData.require(FILE);
    Matcher row = ROW.matcher(Files.readString(FILE));
    int rows = 0;
    for (; row.find(); rows++) {
      check(row.group(1), Long.parseLong(row.group(3)), Long.parseLong(row.group(2)));
    }
    assertThat(rows).isEqualTo(6561);
  }

  @Test
  void everyNetworkIsReadBack() {
    assertThat(SPACE.count()).isEqualTo(BigInteger.valueOf(6561));
    assertThat(SPACE.distinctLayers()).hasSize(39);
    assertThat(SPACE.genotypes()).allMatch(g -> Genotype.parse(NasBenchMacro.format(g)).equals(g));
    assertThat(NetworkSpace.byName("nasBenchMacro").fingerprint()).isEqualTo(SPACE.fingerprint());
  }

  @Test
  void identityIsAConvolutionOnlyWhereTheShapeChanges() {
    int[] choice = SPACE.choice(NasBenchMacro.parse("00000000"));
    for (int block = 0; block < choice.length; block++) {
      boolean first = block == 0 || block == 2 || block == 5;
      assertThat(SPACE.layers(block, choice[block])).hasSize(first ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0000000", "00000003", "000000000", "mb3e3"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> NasBenchMacro.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be eight digits from 0 to 2");
  }
}
