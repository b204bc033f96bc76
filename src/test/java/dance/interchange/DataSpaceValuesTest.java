package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.Dance;
import dance.accelerator.MemoryLevel;
import dance.command.Terminal;
import dance.cost.Objective;
import dance.interchange.onnx.OnnxOptions;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Densities and word widths of data spaces, and networks as folders of layers and templates. */
class DataSpaceValuesTest {
  private static final String PROBLEM =
      """
      problem:
        shape:
          name: product
          dimensions: [M, N, K]
          data_spaces:
          - {name: A, projection: [[[M]], [[K]]]}
          - {name: B, projection: [[[N]], [[K]]]}
          - {name: Z, projection: [[[M]], [[N]]], read_write: true}
        instance: {M: 4, N: 2, K: 8, VALUES}
      """;

  private static final String ARCHITECTURE =
      """
      architecture:
        version: 0.4
        nodes:
        - !Component {name: DRAM, class: DRAM, attributes: {datawidth: 16, width: 64}}
        - !Component {name: Buffer, class: SRAM, attributes: {datawidth: 16, depth: 64, width: 32}}
        - !Component
          name: Pad
          class: regfile
          attributes: {datawidth: 16, depth: 8, width: 16, read_bandwidth: 2, write_bandwidth: 1}
          constraints: {dataspace: {keep_only: [A]}}
        - !Component {name: MAC, class: intmac, attributes: {datawidth: 16}}
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          densities: {A: 0.7, Z: {distribution: hypergeometric, density: 0.25}} | A 0.3 B 0.0 Z 0.75
          commonDensity: 0.5                                          | A 0.5 B 0.5 Z 0.5
          commonDensity: {distribution: fixed_structured, density: 1} | A 0.0 B 0.0 Z 0.0
          densities: {B: {distribution: banded, band_width: 3}}       | A 0.0 B 0.0 Z 0.0
          """)
  void densitiesAreFractionsOfZeros(String values, String zeros) throws IOException {
    Path file = file("problem.yaml", PROBLEM.replace("VALUES", values));
    StringBuilder read = new StringBuilder();
    TimeloopProblem.read(file)
        .value()
        .tensors()
        .forEach(
            t ->
                read.append(read.isEmpty() ? "" : " ")
                    .append(t.name())
                    .append(' ')
                    .append(t.zeros()));
    assertThat(read).hasToString(zeros);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          densities: {Weights: 0.5}  | there is no data space Weights, only [A, B, Z]
          densities: {A: 1.5}        | a density is at most 1, not 1.5
          bitwidths: {A: 0}          | a whole number of 1 to 1024 was expected, not 0
          """)
  void wrongValuesAreNamed(String values, String message) throws IOException {
    Path file = file("problem.yaml", PROBLEM.replace("VALUES", values));
    assertThatThrownBy(() -> TimeloopProblem.read(file)).hasMessageContaining(message);
  }

  @Test
  void zerosAreWrittenAndReadAgain() throws IOException {
    Layer layer = Layer.conv("c", 4, 4).kernel(3).output(4).zeros(new Layer.Zeros(0.7, 0.25, 0));
    Evaluation written =
        ExportTest.best(layer, dance.accelerator.Accelerators.byName("template:4x2:rf16:ws"));
    Path file = file("problem.yaml", TimeloopExport.files(written).get("problem.yaml"));
    assertThat(TimeloopProblem.read(file).value().tensors())
        .extracting(dance.workload.Tensor::zeros)
        .containsExactlyElementsOf(
            layer.einsum().tensors().stream().map(dance.workload.Tensor::zeros).toList());
  }

  /** 16 bits hold 3 words of 5: capacity, lines and ports have 3 times the words. */
  @Test
  void memoriesOfOneWidthHoldAsManyNarrowWordsAsFitWhole() throws IOException {
    file("arch.yaml", ARCHITECTURE);
    file("problem.yaml", PROBLEM.replace("VALUES", "bitwidths: {A: 5}"));
    TimeloopFiles files = Dance.timeloop(folder);
    MemoryLevel pad = files.accelerator().level("Pad");
    assertThat(pad.capacityWords()).isEqualTo(24);
    assertThat(pad.wordBits()).isEqualTo(5);
    assertThat(pad.lineWords()).isEqualTo(3);
    assertThat(pad.readWordsPerCycle()).isEqualTo(6);
    assertThat(pad.writeWordsPerCycle()).isEqualTo(3);
    MemoryLevel before = AcceleratorReader.read(folder.resolve("arch.yaml")).value().level("Pad");
    assertThat(pad.costs()).isEqualTo(before.costs());
    assertThat(files.accelerator().level("Buffer").capacityWords()).isEqualTo(128);
    assertThat(files.warnings())
        .anySatisfy(
            w ->
                assertThat(w)
                    .isEqualTo(
                        "Buffer keeps words of [5, 16] bits: all are taken as wide as the widest, 16 bits, so that cycles and energies of the narrower are upper bounds there"));
  }

  /** Every command that does not count in words of several widths exactly says so. */
  @Test
  void whereWidthsAreNotExactTheCommandsSayIt() throws IOException {
    Terminal terminal = new Terminal(folder);
    Path arch = file("arch.yaml", ARCHITECTURE);
    Path problem = file("problem.yaml", PROBLEM.replace("VALUES", "bitwidths: {A: 5}"));
    assertThat(terminal.dance("map", arch + "", problem + "")).as(terminal.err()).isZero();
    assertThat(terminal.err()).contains("Buffer keeps words of [5, 16] bits", "are upper bounds");
    assertThat(terminal.dance("simulate", "--network=" + problem, "--accelerator=" + arch))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.err())
        .contains("words of {A=5} bits are taken as wide as those of the memories. Maybe map");
  }

  /** The best mapping with narrow words costs at most what it costs with words of the widest. */
  @ParameterizedTest
  @ValueSource(strings = {"bitwidths: {A: 5}", "bitwidths: {A: 8, B: 8}", "commonBitwidth: 8"})
  void widthsThatAreTakenAsTheWidestAreBoundsFromAbove(String widths) throws IOException {
    file("arch.yaml", ARCHITECTURE);
    file("problem.yaml", PROBLEM.replace("VALUES", "commonBitwidth: 16"));
    TimeloopFiles wide = Dance.timeloop(folder);
    file("problem.yaml", PROBLEM.replace("VALUES", widths));
    TimeloopFiles narrow = Dance.timeloop(folder);
    for (Objective objective : List.of(Objective.LATENCY, Objective.ENERGY)) {
      double most = cost(wide, objective);
      assertThat(cost(narrow, objective)).as(objective.name()).isLessThanOrEqualTo(most);
    }
  }

  private static double cost(TimeloopFiles files, Objective objective) {
    Evaluation best =
        Dance.map(files.workload(), files.accelerator(), o -> o.objective(objective)).evaluation();
    return objective.cost(best.metrics());
  }

  @Test
  void wordsOfOneWidthAreNarrowInEveryMemory() throws IOException {
    file("arch.yaml", ARCHITECTURE);
    file("problem.yaml", PROBLEM.replace("VALUES", "commonBitwidth: 8"));
    TimeloopFiles files = Dance.timeloop(folder);
    assertThat(files.accelerator().levels()).extracting(MemoryLevel::wordBits).containsOnly(8);
    assertThat(files.accelerator().level("DRAM").lineWords()).isEqualTo(8);
    assertThat(files.warnings()).noneMatch(w -> w.contains("as wide as the widest"));
  }

  @Test
  void aFolderOfLayersIsANetworkInTheOrderOfItsNumbers() throws IOException {
    for (int i : List.of(10, 2, 1)) {
      file("layer" + i + ".yaml", PROBLEM.replace("VALUES", "").replace("M: 4", "M: " + i));
    }
    file("arch.yaml", ARCHITECTURE);
    Parsed<Network> read = NetworkReader.read(folder, OnnxOptions.defaults());
    assertThat(read.value().layers())
        .extracting(Layer::name)
        .containsExactly("layer1", "layer2", "layer10");
    assertThat(read.value().layers()).extracting(Layer::macs).containsExactly(16L, 32L, 160L);
    assertThat(read.warnings()).contains("left out, as no networks: arch.yaml");
    assertThat(Dance.network(folder)).isEqualTo(read.value());
    file("layer3.yaml", PROBLEM.replace("VALUES", "").replace("N: 2", "N: two"));
    assertThatThrownBy(() -> Dance.network(folder))
        .hasMessageStartingWith(folder.resolve("layer3.yaml").toString())
        .hasMessageContaining("problem.instance.N: a whole number was expected, not 'two'");
  }

  @Test
  void sizesThatATemplateLeavesOpenAreGivenAsDimensions() throws IOException {
    Path file = file("layer.yaml", PROBLEM.replace("VALUES", "").replace("M: 4", "M: {{BATCH}}"));
    OnnxOptions sizes = OnnxOptions.defaults().dimension("BATCH", 5);
    assertThat(NetworkReader.read(file, sizes).value().layers().get(0).macs()).isEqualTo(80);
    assertThatThrownBy(() -> NetworkReader.read(file, OnnxOptions.defaults()))
        .hasMessageContaining("{{BATCH}} is not filled in")
        .hasMessageContaining("--dimension NAME=SIZE");
    assertThatThrownBy(() -> NetworkReader.read(file, sizes.dimension("ROWS", 2)))
        .hasMessageContaining("no template asks for ROWS");
  }
}
