package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Dataflow;
import dance.accelerator.Technology;
import dance.accelerator.Template;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluatorTest;
import dance.evaluate.SyntheticModel;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is saved is what is loaded, and nothing else is. */
class EvaluatorFileTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final EvaluatorOptions SHORT =
      EvaluatorOptions.defaults().width(16).batch(32, 0.005).steps(40, 40);

  @TempDir private Path folder;

  private static AcceleratorSpace designs(Technology technology) {
    return AcceleratorSpace.of(
        "small",
        x ->
            Template.of(x.whole("pe"), 8, x.whole("rf"), Dataflow.ROW_STATIONARY)
                .technology(technology)
                .accelerator(),
        DesignAxis.of("pe", 8, 12, 16),
        DesignAxis.of("rf", 8, 16));
  }

  private static final AcceleratorSpace DESIGNS = designs(Technology.eyeriss65nm());
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);

  private static NeuralEvaluator trained;

  @BeforeAll
  static void train() {
    trained = NeuralEvaluator.train(TABLE, Objective.EDAP, SHORT, Progress.SILENT);
  }

  @AfterAll
  static void close() {
    trained.close();
  }

  private Path saved() {
    Path json = folder.resolve("x.json");
    trained.save(json);
    return json;
  }

  @ParameterizedTest
  @EnumSource
  void loadingGivesTheSameToTheLastBit(EvaluatorOptions.Form form) throws IOException {
    EvaluatorOptions options =
        form == EvaluatorOptions.Form.PAPER
            ? EvaluatorOptions.paper().width(16).batch(32, 0.005).steps(40, 40)
            : SHORT;
    Objective objective = Objective.linear(1, 2.5, 0).atMost(Metric.AREA, 100);
    Path json = folder.resolve("x.json");
    Path again = folder.resolve("again.json");
    try (NeuralEvaluator made = NeuralEvaluator.train(TABLE, objective, options, Progress.SILENT)) {
      made.save(json);
      try (NeuralEvaluator read = NeuralEvaluator.load(json, NETWORKS, DESIGNS)) {
        assertThat(read.objective()).hasToString(objective.toString());
        assertThat(read.options()).isEqualTo(options);
        assertThat(read.fidelity()).isEqualTo(made.fidelity());
        assertThat(read.costModel()).isEqualTo(made.costModel());
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
          double[] p = ExactEvaluatorTest.relaxed(NETWORKS, random);
          double[][] metrics = new double[2][3];
          double[][] gradient = new double[2][p.length];
          made.expected(p, Objective.EDAP, metrics[0], gradient[0]);
          read.expected(p, Objective.EDAP, metrics[1], gradient[1]);
          assertThat(metrics[1]).isEqualTo(metrics[0]);
          assertThat(gradient[1]).isEqualTo(gradient[0]);
        }
        read.save(again);
      }
    }
    assertThat(again).hasSameTextualContentAs(json);
    assertThat(folder.resolve("again.weights")).hasSameBinaryContentAs(folder.resolve("x.weights"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void otherPurposesAreNamed() {
    Path json = saved();
    NetworkSpace cifar = NetworkSpace.cifar();
    assertThatThrownBy(() -> NeuralEvaluator.load(json, cifar, DESIGNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("x.json is the evaluator of something else", "network space is");
    assertThatThrownBy(() -> NeuralEvaluator.load(json, NETWORKS, AcceleratorSpace.dance()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accelerator space is small");
    AcceleratorSpace shrunk = designs(Technology.eyeriss45nm());
    assertThatThrownBy(() -> NeuralEvaluator.load(json, NETWORKS, shrunk))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("technology is")
        .hasMessageNotContaining("network space is");
    CostTable dear = CostTable.build(new SyntheticModel(2), NETWORKS, DESIGNS);
    assertThatThrownBy(() -> NeuralEvaluator.load(json, dear, Objective.EDAP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cost model is synthetic roofline");
    assertThatThrownBy(() -> NeuralEvaluator.load(json, TABLE, Objective.EDP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("objective is edap");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    Path json = saved();
    Path weights = folder.resolve("x.weights");
    byte[] good = Files.readAllBytes(weights);
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 1;
    for (byte[] bad : List.of(flipped, Arrays.copyOf(good, good.length - 1))) {
      Files.write(weights, bad);
      assertThatThrownBy(() -> NeuralEvaluator.load(json, NETWORKS, DESIGNS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged");
    }
    Files.write(weights, good);
    String text = Files.readString(json);
    for (String bad :
        List.of(
            "",
            "{",
            "[]",
            "{}",
            text.substring(0, text.length() / 2),
            text.replaceFirst("\"width\": 16", "\"width\": -1"),
            text.replaceFirst("version 1", "version 9"),
            text.replaceFirst("\"options\"", "\"optional\""))) {
      Files.write(json, bad.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> NeuralEvaluator.load(json, NETWORKS, DESIGNS))
          .as("%s", bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("x.json")
          .hasMessageNotContainingAny("Exception", "http", "gson");
    }
  }

  @Test
  void theReadableFileSaysWhatItIs() throws IOException {
    assertThat(Files.readString(saved()))
        .contains("\"objective\": \"edap\"", "\"seed\": 1", "\"pytorch\"", NETWORKS.fingerprint());
  }
}
