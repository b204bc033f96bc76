package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dance.Dance;
import dance.command.Terminal;
import dance.cost.Progress;
import dance.evaluate.neural.Torch;
import dance.interchange.onnx.ImportReport;
import dance.interchange.onnx.OnnxNetwork;
import dance.interchange.onnx.OnnxOptions;
import dance.search.SearchResult;
import dance.space.BlockShape;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks written as ONNX are those that were trained, to us and to ONNX Runtime. */
class OnnxExportTest {
  private static final int BATCH = 3;

  @TempDir Path folder;

  private static TrainableNetwork network(NetworkSpace space, String genotype) {
    Torch.engine();
    return new TrainableNetwork(space, Genotype.parse(genotype), 1, "cpu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mb3e1,zero,mb3e6,mb5e3", "mb3e6,mb5e3,mb3e6,mb5e3"})
  void readAgainItIsTheNetworkThatIsSimulated(String genotype) {
    try (TrainableNetwork written = network(NetworkSpace.mini(), genotype)) {
      Network simulated = NetworkSpace.mini().network(Genotype.parse(genotype));
      ImportReport read = OnnxNetwork.read("n", written.onnx(), OnnxOptions.defaults().batch(1));
      assertThat(read.network().macs()).isEqualTo(simulated.macs());
      assertThat(read.network().parameters()).isEqualTo(simulated.parameters());
      assertThat(read.count(ImportReport.Taken.UNKNOWN)).isZero();
      assertThat(read.producer()).isEqualTo("dance");
    }
  }

  @Test
  void randomWeightsGiveTheOutputsOfOnnxRuntime() throws ReflectiveOperationException {
    try (TrainableNetwork network = network(NetworkSpace.mini(), "mb3e1,zero,mb3e6,mb5e3")) {
      assertSameOutputs(network, NetworkSpace.mini(), network.onnx());
    }
  }

  @Test
  void trainedWeightsAndStatisticsGiveTheOutputsOfOnnxRuntime() {
    Path file = folder.resolve("trained.onnx");
    ImageData data = SyntheticImages.data(120, 60);
    Training.fromScratch(
        SyntheticImages.SPACE,
        Genotype.parse("mb3e2,mb3e1"),
        data.train(),
        data.test(),
        TrainingOptions.defaults().batch(24, 0.1).epochs(2),
        Progress.SILENT,
        network -> {
          network.writeOnnx(file);
          try {
            assertSameOutputs(network, SyntheticImages.SPACE, Files.readAllBytes(file));
          } catch (IOException | ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
          }
        });
    assertThat(OnnxNetwork.read(file).network().layers()).isNotEmpty();
  }

  /** What {@code explore --onnx} writes, and the verb, is the network that is found. */
  @Test
  void theNetworkThatIsFoundGivesTheOutputsOfOnnxRuntime()
      throws IOException, ReflectiveOperationException {
    Path file = folder.resolve("found.onnx");
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.dance("explore", "--json", "--task=mini", "--seed=2", "--onnx=" + file))
        .as(terminal.err())
        .isZero();
    Map<?, ?> found = (Map<?, ?>) terminal.json().get("found");
    String genotype = String.valueOf(found.get("network"));
    try (TrainableNetwork network =
        new TrainableNetwork(NetworkSpace.mini(), Genotype.parse(genotype), 2, "cpu")) {
      assertSameOutputs(network, NetworkSpace.mini(), Files.readAllBytes(file));
    }
    Path again = Dance.onnx("mini", genotype, folder.resolve("again.onnx"));
    try (TrainableNetwork network = network(NetworkSpace.mini(), genotype)) {
      assertThat(Files.readAllBytes(again)).isEqualTo(network.onnx());
    }
    SearchResult result = Dance.explore("mini", o -> o.epochs(2));
    assertThat(OnnxNetwork.read(Dance.onnx("mini", result, folder + "/r.onnx")).network().macs())
        .isEqualTo(NetworkSpace.mini().network(result.genotype()).macs());
  }

  private static void assertSameOutputs(TrainableNetwork network, NetworkSpace space, byte[] model)
      throws ReflectiveOperationException {
    BlockShape first = space.parts().get(0).shape();
    long[] dims = {BATCH, first.inputs(), first.rows(), first.columns()};
    float[] image = new float[BATCH * first.inputs() * first.rows() * first.columns()];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble(-2, 2);
    }
    float[] ours;
    try (NDManager manager = network.weights().manager().newSubManager()) {
      NDArray x = Torch.array(manager, image, new Shape(dims));
      ours = network.logits(x, false).toFloatArray();
    }
    float[][] theirs = OnnxRuntime.run(model, image, dims);
    assertThat(theirs).hasNumberOfRows(BATCH);
    double largest = 0;
    for (float value : ours) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < ours.length; i++) {
      float value = theirs[i / (ours.length / BATCH)][i % (ours.length / BATCH)];
      assertThat(value).isCloseTo(ours[i], within((float) (1e-4 * largest)));
    }
  }

  /**
   * ONNX Runtime by name, so that the other tests of this class need it neither to compile nor run.
   */
  private static final class OnnxRuntime {
    private static final String ROOM = "ai.onnxruntime.";

    static float[][] run(byte[] model, float[] image, long... dims)
        throws ReflectiveOperationException {
      Class<?> environments;
      try {
        environments = Class.forName(ROOM + "OrtEnvironment");
      } catch (ClassNotFoundException absent) {
        assumeTrue(false, "ONNX Runtime is not on the class path");
        throw absent;
      }
      Object environment = environments.getMethod("getEnvironment").invoke(null);
      Object session =
          environments.getMethod("createSession", byte[].class).invoke(environment, model);
      Object tensor =
          Class.forName(ROOM + "OnnxTensor")
              .getMethod("createTensor", environments, FloatBuffer.class, long[].class)
              .invoke(null, environment, FloatBuffer.wrap(image), dims);
      Object result =
          session.getClass().getMethod("run", Map.class).invoke(session, Map.of("image", tensor));
      Object logits = result.getClass().getMethod("get", int.class).invoke(result, 0);
      float[][] value = (float[][]) logits.getClass().getMethod("getValue").invoke(logits);
      for (Object closed : new Object[] {result, tensor, session}) {
        closed.getClass().getMethod("close").invoke(closed);
      }
      return value;
    }
  }
}
