package dance.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genotypes that are published networks, against the published figures. */
class PublishedNetworksTest {

  // Kernels and expansions of the released networks (mit-han-lab/proxylessnas, *.config).
  private static final String CPU =
      "mb3e6,mb3e3,mb3e3,mb3e3,mb3e6,mb3e3,mb3e3,mb5e3,mb3e6,zero,zero,mb3e3,"
          + "mb5e6,mb3e3,mb3e3,mb3e3,mb5e6,mb5e3,mb5e3,mb3e3,mb5e6";
  private static final String GPU =
      "mb5e3,zero,zero,zero,mb7e3,zero,zero,mb3e3,mb7e6,zero,zero,mb5e3,"
          + "mb5e6,zero,mb3e3,mb5e3,mb7e6,mb7e6,mb7e6,mb5e6,mb7e6";
  private static final String MOBILE =
      "mb5e3,mb3e3,zero,zero,mb7e3,mb3e3,mb5e3,mb5e3,mb7e6,mb5e3,mb5e3,mb5e3,"
          + "mb5e6,mb5e3,mb5e3,mb5e3,mb7e6,mb7e6,mb7e3,mb7e3,mb7e6";

  /**
   * Parameters and millions of operations from the table of converted models of osmr/imgclsmob; the
   * operations are the MACs and some 2–5 % more for normalisation and the like. The released
   * networks are the space at these widths, to the last channel.
   */
  @ParameterizedTest
  @CsvSource({"1.12, '" + CPU + "', 4361648, 459.96", "1.35, '" + GPU + "', 7119848, 476.08"})
  void proxylessNetworksAreGenotypesOfTheImageNetSpace(
      double width, String genotype, long parameters, double megaOperations) {
    Network network = NetworkSpace.imageNet().width(width).network(Genotype.parse(genotype));
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.macs() / 1e6).isBetween(0.95 * megaOperations, megaOperations);
  }

  /** "320M" in the table of mit-han-lab/proxylessnas; parameters as above. */
  @Test
  void proxylessMobileHasThePublishedSizeWithItsWiderFirstStage() {
    NetworkSpace space =
        new MobileSpaces.Frame(
                "proxyless-mobile",
                new MobileSpaces.Image(3, 224),
                new MobileSpaces.Stem(32, 2, 16),
                List.of(
                    new MobileSpaces.Stage(32, 4, 2),
                    new MobileSpaces.Stage(40, 4, 2),
                    new MobileSpaces.Stage(80, 4, 2),
                    new MobileSpaces.Stage(96, 4, 1),
                    new MobileSpaces.Stage(192, 4, 2),
                    new MobileSpaces.Stage(320, 1, 1)),
                new MobileSpaces.Head(1280, 1000),
                MobileSpaces.all(MobileSpaces.withZero(Operation.MB_CONVS)))
            .space(1);
    Network network = space.network(Genotype.parse(MOBILE));
    assertThat(network.parameters()).isEqualTo(4_080_512);
    assertThat(network.macs() / 1e6).isCloseTo(320, within(0.5));
  }

  /** A space with the stages of MobileNetV2 holds it: the same layers, as often. */
  @Test
  void mobileNetV2IsAGenotypeOfItsStages() {
    List<MobileSpaces.Stage> stages =
        List.of(
            new MobileSpaces.Stage(24, 2, 2),
            new MobileSpaces.Stage(32, 3, 2),
            new MobileSpaces.Stage(64, 4, 2),
            new MobileSpaces.Stage(96, 3, 1),
            new MobileSpaces.Stage(160, 3, 2),
            new MobileSpaces.Stage(320, 1, 1));
    NetworkSpace space =
        new MobileSpaces.Frame(
                "v2",
                new MobileSpaces.Image(3, 224),
                new MobileSpaces.Stem(32, 2, 16),
                stages,
                new MobileSpaces.Head(1280, 1000),
                MobileSpaces.all(MobileSpaces.withZero(Operation.MB_CONVS)))
            .space(1);
    Network ours = space.network(Genotype.parse("mb3e6,".repeat(15) + "mb3e6"));
    assertThat(forms(ours)).isEqualTo(forms(Networks.mobileNetV2()));
    assertThat(ours.parameters()).isEqualTo(Networks.mobileNetV2().parameters());
  }

  /** The stages that both have: 24 channels at 56 pixels, 96 at 14, 320 at 7, stem and head. */
  @Test
  void imageNetSharesItsBlocksWithMobileNetV2WhereTheyCoincide() {
    NetworkSpace space = NetworkSpace.imageNet();
    List<Layer> mobileNet =
        Networks.mobileNetV2().layers().stream().map(NetworkSpace::form).toList();
    int mb3e6 = space.operations().indexOf("mb3e6");
    for (int block : new int[] {0, 1, 2, 3, 13, 14, 15}) {
      assertThat(space.layers(block, mb3e6))
          .allMatch(e -> mobileNet.contains(NetworkSpace.form(e.layer())));
    }
    assertThat(space.fixedLayers()).allMatch(e -> mobileNet.contains(NetworkSpace.form(e.layer())));
  }

  private static Map<Layer, Integer> forms(Network network) {
    return network.entries().stream()
        .collect(
            Collectors.toMap(
                e -> NetworkSpace.form(e.layer()), Network.Entry::repeats, Integer::sum));
  }

  /**
   * Millions of operations and of parameters. The operations are one for each MAC and one for each
   * bias of the classifier; pooling and addition count nothing. First and second row: smallest and
   * largest of all 15,625 networks, with those of CIFAR-100 below. Third and fourth: indices 0 and
   * 1, as the documentation of NAS-Bench-201 (D-X-Y/AutoDL-Projects, docs/NAS-Bench-201.md) prints
   * them.
   */
  @ParameterizedTest
  @CsvSource({
    "000000, 7.78305, 0.073306",
    "333333, 220.11969, 1.531546",
    "421211, 15.64737, 0.129306",
    "334131, 113.95137, 0.802426"
  })
  void nasBench201HasThePublishedCounts(String digits, double flops, double parameters) {
    Network network = NetworkSpace.nasBench201().network(NasBench201.parse(digits));
    assertThat((network.macs() + 10) / 1e6).isCloseTo(flops, within(1e-9));
    assertThat(network.parameters() / 1e6).isCloseTo(parameters, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "000000, 7.7889, 0.079156",
    "333333, 220.12554, 1.537396",
    "111111, 7.7889, 0.079156"
  })
  void nasBench201HasThePublishedCountsForCifar100(String digits, double flops, double parameters) {
    NetworkSpace space = NasBench201.space("nasbench201-cifar100", 32, 100);
    Network network = space.network(NasBench201.parse(digits));
    assertThat((network.macs() + 100) / 1e6).isCloseTo(flops, within(1e-9));
    assertThat(network.parameters() / 1e6).isCloseTo(parameters, within(1e-9));
  }

  /**
   * 0.802426 M parameters: D-X-Y/NATS-Bench, issue 36. The second cell has as many convolutions,
   * but nothing reaches its last node; its layers are there all the same.
   */
  @Test
  void edgesThatReachNothingAreCounted() {
    Genotype genotype =
        NasBench201.parse(
            "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|avg_pool_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|");
    NetworkSpace space = NetworkSpace.nasBench201();
    assertThat(space.network(genotype).parameters()).isEqualTo(802_426);
    Genotype dead = NasBench201.parse("333000");
    assertThat(space.network(dead).parameters()).isEqualTo(802_426);
  }

  @Test
  void sumsOfANodeAreChargedToItsLaterEdges() {
    NetworkSpace space = NetworkSpace.nasBench201();
    List<Long> additions = new ArrayList<>();
    for (String digits : List.of("000000", "111111", "011011", "100100", "110101")) {
      additions.add(
          space.network(NasBench201.parse(digits)).entries().stream()
              .filter(e -> e.layer().kind() == Layer.Kind.ADDITION)
              .mapToLong(Network.Entry::repeats)
              .sum());
    }
    // two in the residual blocks; in each of 15 cells three at most
    assertThat(additions).containsExactly(2L, 47L, 47L, 2L, 17L);
  }
}
