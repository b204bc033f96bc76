package dance.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dance.workload.Layer;
import dance.workload.Network;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkSpaceTest {
  private static final BlockShape SHAPE = BlockShape.of(8, 8, 14);

  static Stream<NetworkSpace> spaces() {
    return Stream.of(
        NetworkSpace.cifar(),
        NetworkSpace.cifar().width(0.5),
        NetworkSpace.imageNet(),
        NetworkSpace.nasBench201(),
        NetworkSpace.mini(),
        tiny());
  }

  /** Blocks with different operations, one of them at two places. */
  private static NetworkSpace tiny() {
    Operation wide =
        Operation.of(
            "wide",
            x -> List.of(Layer.pointwise("conv", x.inputs(), x.outputs(), x.rows()).kernel(5)));
    return NetworkSpace.of("tiny")
        .fixed("stem", BlockShape.of(1, 8, 28).stride(2), new Convolution(3))
        .block("a", SHAPE, Operation.mbConv(3, 2), Operation.zero())
        .block("b", SHAPE, wide, Operation.zero(), Operation.mbConv(3, 2))
        .again("a", SHAPE, 3)
        .fixed("end", Classifier.shape(8, 10, 14), new Classifier(false));
  }

  static Stream<Arguments> counts() {
    return Stream.of(
        arguments(NetworkSpace.cifar(), 9, 7, BigInteger.valueOf(6 * 6 * 6 * 117_649)),
        arguments(
            NetworkSpace.imageNet(),
            21,
            7,
            BigInteger.valueOf(6).pow(6).multiply(BigInteger.valueOf(7).pow(15))),
        arguments(NetworkSpace.nasBench201(), 6, 5, BigInteger.valueOf(15_625)),
        arguments(NetworkSpace.mini(), 4, 5, BigInteger.valueOf(36)),
        arguments(tiny(), 2, 3, BigInteger.valueOf(6)));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void countsAreTheProductOfWhatIsAllowed(
      NetworkSpace space, int blocks, int operations, BigInteger count) {
    assertThat(space.blocks()).isEqualTo(blocks);
    assertThat(space.operations()).hasSize(operations);
    assertThat(space.count()).isEqualTo(count);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void whatIsWrittenIsReadBack(NetworkSpace space) {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      Genotype genotype = space.sample(random);
      assertThat(space.decode(space.encode(genotype))).isEqualTo(genotype);
      assertThat(space.genotype(space.choice(genotype))).isEqualTo(genotype);
      assertThat(space.genotype(space.index(genotype))).isEqualTo(genotype);
      assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void encodingIsOneOperationForEachBlock(NetworkSpace space) {
    double[] encoding = space.encode(space.sample(new Random(3)));
    int width = space.operations().size();
    assertThat(encoding).hasSize(space.blocks() * width);
    double[] uniform = space.uniform();
    for (int b = 0; b < space.blocks(); b++) {
      double sum = 0;
      double probability = 0;
      for (int o = b * width; o < (b + 1) * width; o++) {
        sum += encoding[o];
        probability += uniform[o];
        assertThat(uniform[o] > 0).isEqualTo(space.allows(b, o - b * width));
      }
      assertThat(sum).isEqualTo(1);
      assertThat(probability).isBetween(1 - 1e-12, 1 + 1e-12);
    }
  }

  /** Every channel that a layer reads was made, residual sums have the shape of both summands. */
  @ParameterizedTest
  @MethodSource("spaces")
  void everySampledNetworkIsAChainOfItsParts(NetworkSpace space) {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      Genotype genotype = space.sample(random);
      Network network = space.network(genotype);
      assertThat(network.macs()).isPositive();
      Set<String> names = new HashSet<>();
      network.layers().forEach(layer -> assertThat(names.add(layer.name())).isTrue());
    }
    for (int i = 1; i < space.parts().size(); i++) {
      BlockShape before = space.parts().get(i - 1).shape();
      BlockShape after = space.parts().get(i).shape();
      assertThat(after.inputs()).isEqualTo(before.outputs());
      assertThat(after.rows()).isEqualTo(before.outputRows());
      assertThat(after.columns()).isEqualTo(before.outputColumns());
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void layersOfAnOperationChain(NetworkSpace space) {
    for (Placement part : space.parts()) {
      for (Operation operation : part.operations()) {
        int channels = part.shape().inputs();
        for (Layer layer : operation.layers(part.shape())) {
          boolean beside = layer.name().equals("pool") || layer.name().equals("shortcut");
          assertThat(layer.shape().c()).isEqualTo(beside ? part.shape().inputs() : channels);
          channels = layer.shape().k();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void aNetworkIsTheSumOfFixedAndChosenLayers(NetworkSpace space) {
    Random random = new Random(11);
    for (int i = 0; i < 20; i++) {
      Genotype genotype = space.sample(random);
      int[] choice = space.choice(genotype);
      List<Network.Entry> sum = new ArrayList<>(space.fixedLayers());
      for (int b = 0; b < choice.length; b++) {
        sum.addAll(space.layers(b, choice[b]));
      }
      assertThat(space.network(genotype).entries()).containsExactlyInAnyOrderElementsOf(sum);
      assertThat(space.distinctLayers())
          .containsAll(sum.stream().map(e -> NetworkSpace.form(e.layer())).toList());
    }
  }

  @Test
  void genotypesAreListedInOrderOfTheirIndexEachOnce() {
    NetworkSpace space = NetworkSpace.mini();
    List<Genotype> all = space.genotypes().toList();
    assertThat(all).hasSize(36).doesNotHaveDuplicates();
    for (int i = 0; i < all.size(); i++) {
      assertThat(space.index(all.get(i))).isEqualTo(BigInteger.valueOf(i));
    }
    assertThat(all.get(1)).isEqualTo(Genotype.of("mb3e1", "mb3e3", "mb3e1", "mb5e3"));
  }

  @Test
  void aListOfAHugeSpaceIsMadeOnlyAsFarAsItIsRead() {
    assertThat(NetworkSpace.imageNet().genotypes().limit(3)).hasSize(3);
  }

  @Test
  void oneSeedGivesOneSampleAndEveryNetworkIsAsLikely() {
    NetworkSpace space = NetworkSpace.mini();
    assertThat(space.sample(new Random(4))).isEqualTo(space.sample(new Random(4)));
    Random random = new Random(9);
    int[] hits = new int[36];
    for (int i = 0; i < 3_600; i++) {
      hits[space.index(space.sample(random)).intValue()]++;
    }
    // 100 expected, standard deviation 10
    assertThat(IntStream.of(hits).boxed()).allMatch(h -> h > 50 && h < 150);
  }

  @Test
  void decodingTakesTheLargestAllowedValueTheFirstOfEqualOnes() {
    NetworkSpace space = tiny();
    assertThat(space.operations()).containsExactly("mb3e2", "zero", "wide");
    assertThat(space.decode(new double[] {0.2, 0.2, 0.9, -3, -2, -2}))
        .isEqualTo(Genotype.of("mb3e2", "zero"));
  }

  @ParameterizedTest
  @CsvSource({"24, 0.5, 16", "40, 0.5, 24", "80, 0.5, 40", "24, 0.1, 8", "24, 1.35, 32", "9, 1, 9"})
  void channelsAreRoundedToEightLosingAtMostATenth(int normal, double width, int rounded) {
    assertThat(NetworkSpace.channels(normal, width)).isEqualTo(rounded);
  }

  @Test
  void widthScalesAllChannelsButImageAndClasses() {
    NetworkSpace half = NetworkSpace.cifar().width(0.5);
    assertThat(half.name()).isEqualTo("cifar:0.5");
    assertThat(half.parts().get(0).shape().inputs()).isEqualTo(3);
    assertThat(half.parts().get(half.parts().size() - 1).shape().outputs()).isEqualTo(10);
    assertThat(half.parts().stream().map(p -> p.shape().outputs()).distinct())
        .containsExactly(16, 8, 24, 40, 160, 10);
    assertThat(half.width(1).fingerprint()).isEqualTo(NetworkSpace.cifar().fingerprint());
    assertThatThrownBy(() -> tiny().width(2)).hasMessageContaining("Maybe make it with");
    assertThatThrownBy(() -> half.width(-1)).hasMessageContaining("must be positive");
  }

  @Test
  void presetsAreFoundByName() {
    for (String name :
        List.of(
            "cifar",
            "imagenet",
            "mini",
            "mini-cifar",
            "nasbench201",
            "nasbench-macro",
            "cifar:0.5")) {
      assertThat(NetworkSpace.byName(name).name()).isEqualTo(name);
    }
    assertThat(NetworkSpace.byName("NAS-Bench-201").name()).isEqualTo("nasbench201");
    assertThatThrownBy(() -> NetworkSpace.byName("cifra"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "cifar, imagenet, mini, mini-cifar, nasbench201, nasbench-macro. Maybe cifar was");
    assertThat(NetworkSpace.byName("minicifar").name()).isEqualTo("mini-cifar");
    assertThatThrownBy(() -> NetworkSpace.byName("cifar:x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width (x)");
  }

  @Test
  void theMiniSpaceForCifarHasTheSameNetworksOnOtherImages() {
    NetworkSpace grey = NetworkSpace.mini();
    NetworkSpace color = NetworkSpace.miniCifar();
    assertThat(color.genotypes().toList()).isEqualTo(grey.genotypes().toList());
    assertThat(color.parts().get(0).shape()).isEqualTo(BlockShape.of(3, 8, 32).stride(2));
    for (int i = 1; i < grey.parts().size(); i++) {
      assertThat(color.parts().get(i).shape().outputs())
          .isEqualTo(grey.parts().get(i).shape().outputs());
    }
  }

  @Test
  void fingerprintsDifferWhereLayersOrNamesOrCountsDiffer() {
    List<String> prints = spaces().map(NetworkSpace::fingerprint).toList();
    assertThat(prints).doesNotHaveDuplicates();
    assertThat(spaces().map(NetworkSpace::fingerprint)).isEqualTo(prints);
    assertThat(tiny().fingerprint())
        .isNotEqualTo(tiny().fixed("more", SHAPE, new Convolution(1)).fingerprint())
        .doesNotContain("\n");
    assertThat(NasBench201.space("nasbench201", 32, 100).fingerprint())
        .isNotEqualTo(NetworkSpace.nasBench201().fingerprint());
  }

  /**
   * What a cost table must map on every design. For CIFAR: six forms of block with six depthwise
   * layers each; 8 expansions, 11 projections (80 channels from 240 at 8 pixels occur twice), 3
   * additions and 6 fixed layers.
   */
  @ParameterizedTest
  @CsvSource({"cifar, 64", "imagenet, 97", "mini, 24", "mini-cifar, 24", "nasbench201, 21"})
  void distinctLayersAreFew(String space, int forms) {
    assertThat(NetworkSpace.byName(space).distinctLayers().size()).isEqualTo(forms);
  }

  @Test
  void foreignGenotypesAreRefused() {
    NetworkSpace space = NetworkSpace.mini();
    assertThatThrownBy(() -> space.choice(Genotype.parse("zero,mb3e3,mb9e1,mb3e3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation zero is not allowed at block1")
        .hasMessageContaining("operation mb9e1 of block3 is not one of")
        .hasMessageContaining("Maybe mb3e1 was meant.");
    assertThatThrownBy(() -> space.network(Genotype.parse("mb3e3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one for each of the 4 blocks");
    assertThatThrownBy(() -> space.genotype(0, 7, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation 7 of block 1")
        .hasMessageContaining("operation -1 of block 2");
    assertThatThrownBy(() -> space.layers(0, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> space.layers(4, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> space.genotype(BigInteger.valueOf(36)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> space.decode(new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Genotype.parse("mb3e3,,zero"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void operationsThatDoNotMakeTheShapeAreRefused() {
    NetworkSpace space = NetworkSpace.of("x");
    Operation narrow = Operation.of("narrow", x -> List.of(Layer.conv("conv", x.inputs(), 1)));
    Operation nothing = Operation.of("nothing", x -> List.of());
    assertThatThrownBy(() -> space.block("a", SHAPE, narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("operation narrow at a ends with 1×1×1, but must turn 8×14×14 → 8×14×14");
    assertThatThrownBy(() -> space.block("a", SHAPE.stride(2), nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no layers");
    assertThatThrownBy(() -> space.block("a", SHAPE.stride(2), Operation.zero()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no operation that fits");
    assertThatThrownBy(() -> space.block("a", SHAPE, nothing, nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must differ");
    assertThatThrownBy(() -> tiny().block("a", SHAPE, Operation.zero()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two parts a");
    assertThatThrownBy(() -> tiny().again("a", SHAPE.stride(2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
  }
}
