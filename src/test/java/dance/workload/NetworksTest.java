package dance.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every preset against the published figures. */
class NetworksTest {

  /**
   * VGG, ResNet, MobileNet and EfficientNet: {@code num_params} of torchvision's weights (release
   * 0.14 and later, {@code torchvision/models/*.py}). AlexNet: Krizhevsky et al., NIPS 2012, say
   * "60 million"; 60,965,224 is the size of BVLC's {@code bvlc_alexnet} and of every grouped
   * implementation. BERT-base: Hugging Face {@code BertModel}, {@code bert-base-uncased} ("110M" in
   * Devlin et al.). GPT-2: Hugging Face {@code gpt2} with tied output layer ("124M").
   */
  @ParameterizedTest
  @CsvSource({
    "AlexNet, 60965224",
    "VGG-16, 138357544",
    "ResNet-18, 11689512",
    "ResNet-50, 25557032",
    "MobileNetV2, 3504872",
    "EfficientNet-B0, 5288548",
    "BERT-base, 109482240",
    "GPT-2-small, 124439808"
  })
  void parametersEqualThePublishedCount(String name, long parameters) {
    assertThat(Networks.byName(name).parameters()).isEqualTo(parameters);
  }

  /**
   * {@code _ops} (giga multiply-accumulates, three decimals, VGG two) of torchvision's weights at
   * 224×224; it leaves out the scaling of squeeze-and-excitation.
   */
  @ParameterizedTest
  @CsvSource({
    "VGG-16, 15.47, 0.005",
    "ResNet-18, 1.814, 0.0005",
    "ResNet-50, 4.089, 0.0005",
    "MobileNetV2, 0.301, 0.0005",
    "EfficientNet-B0, 0.386, 0.0005"
  })
  void macsEqualTorchvisionsToItsLastDigit(String name, double gigaMacs, double rounding) {
    long scaling = macsOfLayersEnding(Networks.byName(name), ".scale");
    assertThat((Networks.byName(name).macs() - scaling) / 1e9)
        .isCloseTo(gigaMacs, within(rounding));
  }

  /** Sze et al., Proc. IEEE 2017, Table II: AlexNet 666 M in convolutions, 58.6 M, 724 M. */
  @Test
  void alexNetHasTheMacsOfTheSurvey() {
    Network alexNet = Networks.alexNet();
    long fullyConnected =
        alexNet.layers().stream()
            .filter(l -> l.kind() == Layer.Kind.FULLY_CONNECTED)
            .mapToLong(Layer::macs)
            .sum();
    assertThat(fullyConnected / 1e6).isCloseTo(58.6, within(0.05));
    assertThat((alexNet.macs() - fullyConnected) / 1e6).isCloseTo(666, within(0.5));
    assertThat(alexNet.macs() / 1e6).isCloseTo(724, within(0.5));
  }

  /** Sandler et al., CVPR 2018, Table 4: 300 M; Tan and Le, ICML 2019, Table 2: 0.39 B. */
  @Test
  void mobileNetworksHaveTheMacsOfTheirPapers() {
    assertThat(Networks.mobileNetV2().macs() / 1e6).isCloseTo(300, within(1.0));
    assertThat(Networks.efficientNetB0().macs() / 1e9).isCloseTo(0.39, within(0.005));
  }

  /** nanoGPT, transformer_sizing.ipynb: 291,648,307,200 operations forward, two per MAC. */
  @Test
  void gpt2HasTheMacsOfNanoGpt() {
    assertThat(Networks.gpt2Small(1024).macs()).isEqualTo(291_648_307_200L / 2);
  }

  /**
   * Sun et al. (MobileBERT), ACL 2020: 22.5 B operations at 128 tokens, two per MAC; within 1 %.
   */
  @Test
  void bertHasTheMacsOfMobileBertsTable() {
    assertThat(2e-9 * Networks.bertBase(128).macs()).isCloseTo(22.5, within(0.225));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 77, 384, 512})
  void transformerMacsFollowTheFormula(int tokens) {
    long width = 768;
    long blocks = 12 * (12L * tokens * width * width + 2L * tokens * tokens * width);
    assertThat(Networks.bertBase(tokens).macs()).isEqualTo(blocks + width * width);
    assertThat(Networks.gpt2Small(tokens).macs()).isEqualTo(blocks + tokens * width * 50257);
  }

  static Stream<String> names() {
    return Networks.names().stream();
  }

  /** The outputs of a layer are the channels that some later layer reads; here: the one after. */
  @ParameterizedTest
  @ValueSource(strings = {"AlexNet", "VGG-16"})
  void plainNetworksChain(String name) {
    Network network = Networks.byName(name);
    for (int i = 1; i < network.layers().size(); i++) {
      Layer.Shape before = network.layers().get(i - 1).shape();
      Layer.Shape after = network.layers().get(i).shape();
      boolean flattened = network.layers().get(i).kind() == Layer.Kind.FULLY_CONNECTED;
      int words = flattened ? before.k() * before.p() * before.q() : before.k();
      assertThat(after.c()).as("%s", network.layers().get(i)).isEqualTo(words);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2, GPT-2-small",
    "GPT-2, GPT-2-small",
    "bert:128, BERT-base",
    "MobileNet-V2, MobileNetV2",
    "vgg, VGG-16",
    "EfficientNet, EfficientNet-B0"
  })
  void byNameKnowsWhatPeopleType(String typed, String meant) {
    assertThat(Networks.byName(typed).name())
        .startsWith(Networks.byName(meant).name().split(":")[0]);
  }

  @ParameterizedTest
  @MethodSource("names")
  void byNameFindsEveryNetworkHoweverItIsWritten(String name) {
    Network network = Networks.byName(name);
    assertThat(Networks.byName(network.name())).isEqualTo(network);
    assertThat(Networks.byName(name.toUpperCase(Locale.ROOT))).isEqualTo(network);
    assertThat(Networks.byName(name.replace('-', '_'))).isEqualTo(network);
    assertThat(Networks.byName(" " + name.replace("-", "") + " ")).isEqualTo(network);
    assertThat(network.layers()).extracting(Layer::name).doesNotHaveDuplicates();
  }

  @Test
  void sequenceLengthFollowsTheColonOrIsTheDocumentedDefault() {
    assertThat(Networks.byName("bert-base:128")).isEqualTo(Networks.bertBase(128));
    assertThat(Networks.byName("bertbase")).isEqualTo(Networks.bertBase(384));
    assertThat(Networks.byName("GPT2_small: 5")).isEqualTo(Networks.gpt2Small(5));
    assertThat(Networks.byName("gpt-2-small")).isEqualTo(Networks.gpt2Small(1024));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mobilnet_v2 | network mobilnet_v2 is not one of AlexNet, VGG-16, ResNet-18, ResNet-50,"
            + " MobileNetV2, EfficientNet-B0, BERT-base, GPT-2-small. Maybe MobileNetV2 was meant.",
        "gpt2-smal | Maybe GPT-2-small was meant",
        "bart:128 | network bart:128 is not one of",
        "quux | network quux is not one of AlexNet, VGG-16",
        "vgg16:3 | network vgg16:3 takes no sequence length. Maybe VGG-16 was meant.",
        "bert-base:many | sequence length (many) of network bert-base:many must be a whole number",
        "bert-base:513 | sequence length (513) of BERT-base must be between 1 and 512",
        "gpt2-small:0 | sequence length (0) of GPT-2-small must be between 1 and 1024"
      })
  void unknownNamesSayWhatThereIs(String name, String message) {
    assertThatThrownBy(() -> Networks.byName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @MethodSource("names")
  void macsGrowWithTheBatchAndParametersDoNot(String name) {
    Network network = Networks.byName(name);
    assertThat(network.batch(3).macs()).isEqualTo(3 * network.macs());
    assertThat(network.batch(3).parameters()).isEqualTo(network.parameters());
  }

  private static long macsOfLayersEnding(Network network, String suffix) {
    return network.entries().stream()
        .filter(e -> e.layer().name().endsWith(suffix))
        .mapToLong(e -> e.layer().macs() * e.repeats())
        .sum();
  }
}
