package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dance network} and the options of a network in other commands. */
class NetworkCommandTest {
  private static final String EXPORTS = "src/test/resources/onnx/";

  @TempDir Path folder;

  private final Shell shell = new Shell();

  @Test
  void aModelShowsWhatBecameOfEveryNode() {
    assertThat(shell.dance("network", "--network", EXPORTS + "resnet18.onnx")).isZero();
    assertThat(shell.out())
        .startsWith("resnet18: 1,814,073,344 MACs; nodes: 21 layer, 10 memory-bound layer")
        .contains("/layer1/layer1.0/conv1/Conv", "17 nodes", "element by element");
  }

  @Test
  void aModelOfAnyNameIsSimulatedAndSaidToBeOne() throws IOException {
    Path file = folder.resolve("network.bin");
    Files.copy(Path.of(EXPORTS + "unusual.onnx"), file);
    assertThat(shell.dance("simulate", "--network", file, "--accelerator", "eyeriss", "--csv"))
        .isZero();
    assertThat(shell.out()).contains("one,1,7680,", "three,1,48960,");
    assertThat(shell.err()).contains("358,464 MACs; nodes: 6 layer, 2 memory-bound layer");
  }

  @Test
  void aNetworkAsLayersIsReadAgain() throws IOException {
    assertThat(shell.dance("network", "--network", EXPORTS + "mobilenet_v2.onnx", "--csv"))
        .isZero();
    Path file = Files.writeString(folder.resolve("layers.txt"), shell.out());
    assertThat(shell.dance("network", "--network", file, "--batch", "2")).isZero();
    assertThat(shell.out()).contains("601,548,544");
  }

  @Test
  void sizesAreGivenAndMisgiven() {
    String bert = EXPORTS + "bert-base.onnx";
    assertThat(shell.dance("network", "--network", bert, "--dimension", "sequence=16")).isZero();
    assertThat(shell.dance("network", "--network", bert)).isEqualTo(2);
    assertThat(shell.err()).contains("dimension sequence of input input_ids is left open");
    assertThat(shell.dance("network", "--network=alexnet", "--dimension=n=2")).isEqualTo(2);
    assertThat(shell.err()).contains("network alexnet leaves no dimension open");
    assertThat(shell.dance("network", "--network=alexnet", "--batch=0")).isEqualTo(2);
    assertThat(shell.err()).contains("batch (0) must be at least 1");
  }

  @Test
  void namesOfTorchvisionAreKnown() {
    assertThat(shell.dance("network", "--network=torchvision.models.resnet18(weights=None)"))
        .isZero();
    assertThat(shell.out()).contains("ResNet-18").contains("1,814,073,344");
    assertThat(shell.dance("network", "--network=torchvision.models.alexnet")).isEqualTo(2);
    assertThat(shell.err()).contains("is another network (Krizhevsky, 2014)");
    assertThat(shell.dance("network", "--network=models.densenet121")).isEqualTo(2);
    assertThat(shell.err()).contains("network models.densenet121 is not one of");
  }
}
