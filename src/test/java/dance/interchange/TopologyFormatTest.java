package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.interchange.onnx.OnnxOptions;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks in the formats of other tools, recognized by content. */
class TopologyFormatTest {
  private static final Path FILES = Path.of("src/test/resources/topologies");

  @TempDir Path folder;

  /** Read under a name that says nothing of its kind. */
  private Parsed<Network> read(String file) {
    try {
      Path anonymous = folder.resolve("network.txt");
      Files.deleteIfExists(anonymous);
      Files.copy(FILES.resolve(file), anonymous);
      return NetworkReader.read(anonymous, OnnxOptions.defaults());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Layer layer(Network network, String name) {
    return network.layers().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static Parsed<Network> parse(String text) {
    return NetworkReader.parse("n", "n.txt", text);
  }

  /** As in the bundled AlexNet; biases are in none of these files. */
  private static void assertAlexNet(Network network, String... names) {
    for (String name : names) {
      Layer bundled = layer(Networks.alexNet(), name);
      Layer read = layer(network, name);
      assertThat(read.einsum().dimensions()).as(name).isEqualTo(bundled.einsum().dimensions());
      assertThat(read.einsum().tensors()).as(name).isEqualTo(bundled.einsum().tensors());
    }
  }

  @Test
  void scaleSim() {
    Network network = read("scale-sim.csv").value();
    assertAlexNet(network, "conv1", "conv3", "fc8");
    assertThat(network.layers()).hasSize(3);
    Network products = read("scale-sim-gemm.csv").value();
    assertThat(products.macs()).isEqualTo(196L * 1152 * 384 + 196L * 1536 * 384);
    assertThat(layer(products, "mlp").shape().p()).isEqualTo(196);
    Parsed<Network> parts = parse("Layer,M,N,K,\n,,,,\nEncoder,,,,\na,2,3,4,\n");
    assertThat(parts.value().macs()).isEqualTo(24);
    assertThat(parts.warnings())
        .containsExactly("n.txt, line 3: Encoder has no sizes: taken as a heading");
    // ⌈(12 − 3 + 2) / 2⌉, the tool's own rounding
    Layer cut =
        parse("Layer name, IFMAP Height, a, b, c, d, e, f\nx, 12, 12, 3, 3, 1, 1, 2, 2:4")
            .value()
            .layers()
            .get(0);
    assertThat(cut.shape().p()).isEqualTo(6);
  }

  @Test
  void maestro() {
    Parsed<Network> reading = read("maestro.m");
    Network network = reading.value();
    assertThat(network.name()).isEqualTo("alexnet_part");
    assertAlexNet(network, "conv1", "conv3", "fc8");
    assertThat(layer(network, "dw").macs()).isEqualTo(32L * 56 * 56 * 9);
    // ResNeXt-50: 128 channels in 32 groups
    assertThat(layer(network, "grouped").macs()).isEqualTo(128L * 4 * 9 * 56 * 56);
    assertThat(reading.warnings())
        .anyMatch(w -> w.contains("Dataflow is not read"))
        .anyMatch(w -> w.contains("NGCONV"));
  }

  @Test
  void zigZag() {
    Network network = read("zigzag.yaml").value();
    assertAlexNet(network, "conv1");
    Layer pool = layer(Networks.alexNet(), "pool1");
    assertThat(layer(network, "pool1").einsum()).isEqualTo(pool.einsum());
    Layer dilated = layer(network, "dilated");
    assertThat(dilated.macs()).isEqualTo(2L * 4 * 6 * 8 * 10 * 12 * 3 * 5);
    assertThat(dilated.shape().dilationR()).isEqualTo(2);
    assertThat(dilated.shape().groups()).isEqualTo(4);
    assertThat(layer(network, "Add_3").macs()).isZero();
    Layer product = layer(network, "Gemm_4");
    assertThat(product.kind()).isEqualTo(Layer.Kind.EINSUM);
    assertThat(product.einsum().dimensions())
        .containsExactly(
            new Einsum.Loop("D0", 128), new Einsum.Loop("D1", 64), new Einsum.Loop("D2", 32));
  }

  @Test
  void timeloop() {
    Network network = read("timeloop.yaml").value();
    assertThat(network.macs()).isEqualTo(layer(Networks.alexNet(), "conv3").macs());
    assertThat(network.layers().get(0).name()).isEqualTo("network");
  }

  @Test
  void ownFilesAreReadUnderAnyName() throws IOException {
    Path file = folder.resolve("layers");
    Files.writeString(file, "\uFEFFname,\u00A0kind,c,k,p,r\nconv3,conv,256,384,13,3\n");
    assertAlexNet(NetworkReader.read(file, OnnxOptions.defaults()).value(), "conv3");
    assertThat(NetworkReader.read(file, OnnxOptions.defaults().batch(4)).value().macs())
        .isEqualTo(4 * layer(Networks.alexNet(), "conv3").macs());
    assertThatThrownBy(() -> NetworkReader.read(file, OnnxOptions.defaults().dimension("n", 2)))
        .hasMessageContaining("has all its sizes: dimension n is none of them");
  }

  @Test
  void aFileOfNoKindGetsAllReasons() {
    assertThatThrownBy(() -> read("none.txt"))
        .hasMessageContaining("network.txt has no supported format:")
        .hasMessageContaining("ONNX: it does not begin as a model")
        .hasMessageContaining("CSV of layers: its first line does not name")
        .hasMessageContaining("SCALE-Sim: its first line is neither Layer name, IFMAP Height")
        .hasMessageContaining("MAESTRO: it has neither Network NAME {")
        .hasMessageContaining("ZigZag: text:")
        .hasMessageContaining("Timeloop: text:");
  }

  @Test
  void problemsOfEachKindNameTheirPlace() {
    assertThatThrownBy(() -> parse("Layer,M,N,K\na,1,2\nb,1,x,0\nc,5,6,7"))
        .hasMessageContaining("n.txt, line 2: 3 cells where 4 are needed")
        .hasMessageContaining("n.txt, line 3, cell 3: \"x\" must be a whole number")
        .hasMessageContaining("n.txt, line 3, cell 4: \"0\" must be a whole number");
    assertThatThrownBy(
            () -> parse("Layer name,IFMAP Height,w,r,s,c,k,stride\nbig, 5, 5, 7, 7, 1, 1, 1"))
        .hasMessageContaining("filter (7) of layer big must not be larger than its input (5)");
    assertThatThrownBy(
            () ->
                parse(
                    "Network n {\nLayer a { Type: POOL Dimensions { K: x } }\n"
                        + "Layer b { Type: GEMM Dimensions { M: 2, K: 3 } }\n"
                        + "Layer c { Type: CONV Dimensions { R: 9, Y: 3 } } }"))
        .hasMessageContaining("n.txt, line 2, K: \"x\" must be a whole number")
        .hasMessageContaining("n.txt, line 2: type POOL is not one of")
        .hasMessageContaining("n.txt, line 3: layer b has no dimension N")
        .hasMessageContaining("n.txt, line 4: kernel (9) must not be larger than its input Y (3)");
    assertThatThrownBy(
            () ->
                parse(
                    "- {id: 0, operator_type: Conv, loop_dims: [K], loop_sizes: [1, 2],"
                        + " equation: 'O[k]+=W[k]*I[k]'}\n"
                        + "- {id: 1, loop_dims: [K], loop_sizes: [2], equation: 'k squared'}\n"))
        .hasMessageContaining("n.txt:1: [0]: 1 loop_dims have 2 loop_sizes")
        .hasMessageContaining("n.txt:2: [1]: equation k squared is not O[…] += A[…] * B[…]");
  }

  /** Whatever characters change: a network, or a message; never another failure. */
  @ParameterizedTest
  @ValueSource(strings = {"scale-sim.csv", "scale-sim-gemm.csv", "maestro.m", "zigzag.yaml"})
  void damagedFiles(String file) throws IOException {
    String whole = Files.readString(FILES.resolve(file));
    Random random = new Random(1);
    List<String> words = List.of("", ",", "{", "}", "0", "99999999999", "[", "K", ":", "\n", "-1");
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(whole.length());
      int end = Math.min(whole.length(), at + random.nextInt(4));
      String damaged =
          whole.substring(0, at) + words.get(random.nextInt(words.size())) + whole.substring(end);
      try {
        assertThat(parse(damaged).value().layers()).isNotNull();
      } catch (IllegalArgumentException named) {
        assertThat(named.getMessage()).isNotBlank();
      }
    }
  }
}
