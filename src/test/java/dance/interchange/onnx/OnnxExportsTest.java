package dance.interchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.interchange.onnx.ImportReport.Row;
import dance.interchange.onnx.ImportReport.Taken;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of torch.onnx (src/test/resources/onnx/export.py) are the networks that they are of. */
class OnnxExportsTest {
  private static final int TOKENS = 384;

  private static ImportReport read(String file, OnnxOptions options) {
    return OnnxNetwork.read(Path.of("src/test/resources/onnx/" + file + ".onnx"), options);
  }

  private static ImportReport read(String file) {
    return read(file, OnnxOptions.defaults());
  }

  /** Loops, operation and repeats of all layers with MACs, in no order. */
  private static Map<Object, Integer> products(Network network) {
    return network.entries().stream()
        .filter(e -> e.layer().macs() > 0)
        .collect(
            Collectors.toMap(
                e -> e.layer().einsum().dimensions(), Network.Entry::repeats, Integer::sum));
  }

  private static long memoryWords(Network network) {
    return network.entries().stream()
        .filter(e -> e.layer().macs() == 0)
        .mapToLong(e -> e.repeats() * e.layer().einsum().points())
        .sum();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18-raw, resnet18",
    "resnet18, resnet18",
    "mobilenet_v2-raw, mobilenetv2",
    "mobilenet_v2, mobilenetv2",
    "efficientnet_b0-raw, efficientnetb0",
    "efficientnet_b0, efficientnetb0",
    "bert-base, bert-base:384"
  })
  void exportsEqualTheBundledNetworks(String file, String name) {
    OnnxOptions options = OnnxOptions.defaults();
    boolean bert = file.startsWith("bert");
    Network read = read(file, bert ? options.dimension("sequence", TOKENS) : options).network();
    Network bundled = Networks.byName(name);
    assertThat(read.macs()).isEqualTo(bundled.macs());
    assertThat(products(read)).isEqualTo(products(bundled));
    assertThat(memoryWords(read)).isEqualTo(memoryWords(bundled));
    // where the exporter folds batch normalisation, a bias remains of scale and shift
    long folded =
        bundled.entries().stream()
            .filter(e -> e.layer().kind() == Layer.Kind.CONVOLUTION)
            .mapToLong(e -> (long) e.repeats() * e.layer().shape().k())
            .sum();
    boolean whole = file.endsWith("-raw") || bert;
    assertThat(read.parameters()).isEqualTo(bundled.parameters() - (whole ? 0 : folded));
  }

  @Test
  void layersHaveTheNamesOfTheirModules() {
    assertThat(read("resnet18").network().layers().stream().map(Layer::name))
        .startsWith("conv1", "maxpool", "layer1.0.conv1", "layer1.0.conv2", "layer1.0.Add")
        .contains("layer2.0.downsample.0", "avgpool")
        .endsWith("fc")
        .doesNotHaveDuplicates();
  }

  @Test
  void everyNodeHasARowAndTheRowsSumToTheNetwork() {
    for (String file : List.of("resnet18-raw", "vit_b_16", "yolo", "unusual")) {
      ImportReport report = read(file);
      assertThat(report.rows().stream().mapToLong(Row::macs).sum())
          .isEqualTo(report.network().macs());
      assertThat(report.rows().stream().mapToLong(Row::parameters).sum())
          .isEqualTo(report.network().parameters());
      assertThat(report.count(Taken.UNKNOWN)).isZero();
      assertThat(report.producer()).startsWith("pytorch 1.13");
    }
    ImportReport raw = read("resnet18-raw");
    assertThat(raw.rows()).hasSize(141);
    assertThat(raw.count(Taken.FOLDED)).isEqualTo(20);
    assertThat(raw.toString())
        .contains("1,814,073,344 MACs; nodes: 21 layer, 10 memory-bound layer, 20 folded")
        .contains("17 nodes", "Relu", "element by element", "into conv1");
  }

  /** Dosovitskiy et al., ICLR 2021: 86.6 M parameters; torchvision says 86,567,656. */
  @Test
  void visionTransformer() {
    ImportReport report = read("vit_b_16");
    long tokens = 197;
    long width = 768;
    long block = tokens * width * (3 * width + width + 8 * width) + 2 * tokens * tokens * width;
    long patches = 196 * width * 3 * 16 * 16;
    assertThat(report.network().macs()).isEqualTo(patches + 12 * block + width * 1000);
    assertThat(report.network().parameters()).isEqualTo(86_567_656);
  }

  /** The figures are those that export.py counts by hooks on the modules while it runs them. */
  @Test
  void detector() {
    ImportReport report = read("yolo");
    assertThat(report.network().macs()).isEqualTo(2_037_452_800L);
    assertThat(report.rows().stream().filter(r -> r.operator().equals("Resize")).toList())
        .extracting(Row::taken)
        .containsOnly(Taken.NOT_COSTED)
        .hasSize(2);
    assertThat(report.rows().stream().filter(r -> r.operator().equals("MaxPool")).toList())
        .extracting(Row::taken)
        .containsOnly(Taken.MEMORY)
        .hasSize(3);
  }

  @Test
  void whatPublishedNetworksDoNotHave() {
    ImportReport report = read("unusual");
    Function<String, Long> macs =
        operator ->
            report.rows().stream()
                .filter(r -> r.operator().equals(operator))
                .mapToLong(Row::macs)
                .sum();
    // batch 2; 64 + 8 of padding − 8 of dilated kernel, in steps of 2: 32 positions
    assertThat(macs.apply("Conv"))
        .isEqualTo(2 * 12 * 2 * 5 * 32 + 2 * 10 * 2 * (3 * 3) * (2 * 4 * 17));
    assertThat(macs.apply("ConvTranspose"))
        .isEqualTo(2 * 12 * 6 * 9 * (4 * 8) + 2 * 6 * 2 * 16 * (8 * 16));
    assertThat(macs.apply("LSTM")).isEqualTo(2 * 2 * 20 * (80 * 8 + 80 * 20));
    assertThat(macs.apply("Einsum")).isEqualTo(2 * 20 * 20 * 40);
    List<Einsum.Loop> loops = new ArrayList<>();
    report
        .network()
        .layers()
        .forEach(
            l -> {
              if (l.name().equals("three")) {
                loops.addAll(l.einsum().dimensions());
              }
            });
    assertThat(loops.toString()).isEqualTo("[N=2, G=1, K=10, C=2, O=2, T=3, P=4, R=3, Q=17, S=1]");
    assertThat(
            report.network().layers().stream()
                .filter(l -> l.name().startsWith("up"))
                .map(l -> l.name() + " " + l.shape().k() + " " + l.shape().r() + l.shape().s()))
        .containsExactly("up 6 22", "up.2×1 6 21", "up.1×2 6 12", "up.1×1 6 11", "up2 16 22");
  }

  @Test
  void batchAndSequenceAreOptions() {
    ImportReport one = read("mobilenet_v2");
    assertThat(one.notes()).containsExactly("dimension batch of input input is the batch: 1");
    Network eight = read("mobilenet_v2", OnnxOptions.defaults().batch(8)).network();
    assertThat(products(eight)).isEqualTo(products(Networks.mobileNetV2().batch(8)));
    OnnxOptions sequence = OnnxOptions.defaults().dimension("sequence", 128).dimension("batch", 4);
    assertThat(products(read("bert-base", sequence).network()))
        .isEqualTo(products(Networks.bertBase(128).batch(4)));
  }

  @Test
  void sizesThatAreLeftOpenOrAreNoneAreNamed() {
    assertThatThrownBy(() -> read("bert-base"))
        .hasMessageContaining("dimension sequence of input attention_mask is left open")
        .hasMessageContaining("dimension sequence of input input_ids is left open")
        .hasMessageContaining("sequence=128");
    OnnxOptions misspelt = OnnxOptions.defaults().dimension("sequenc", 128);
    assertThatThrownBy(() -> read("bert-base", misspelt))
        .hasMessageContaining("dimension sequenc is none that is left open (batch, sequence)")
        .hasMessageContaining("Maybe sequence was meant");
    assertThatThrownBy(() -> read("resnet18", OnnxOptions.defaults().batch(8)))
        .hasMessageContaining("batch 8 was given, but the file fixes the first size")
        .hasMessageContaining("[[1, 3, 224, 224]]");
  }
}
