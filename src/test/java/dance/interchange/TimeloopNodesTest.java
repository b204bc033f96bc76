package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.Dram;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Technology;
import dance.cost.Objective;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Architectures of format 0.4, as nodes with constraints in place. */
class TimeloopNodesTest {
  private static final Path FOLDER = Path.of("src/test/resources/timeloop/nodes");
  private static final Path NODES = FOLDER.resolve("nodes.arch.yaml");
  private static final Path TREE = FOLDER.resolve("tree.arch.yaml");

  @TempDir Path folder;

  private static List<String> shapes(Accelerator accelerator) {
    return accelerator.levels().stream().map(TimeloopNodesTest::shape).toList();
  }

  /** All of a level but its costs. */
  private static String shape(MemoryLevel level) {
    return String.join(
        " ",
        level.name(),
        "" + level.capacityWords(),
        "" + level.wordBits(),
        "" + level.lineWords(),
        level.fanoutX() + "x" + level.fanoutY(),
        "" + level.keeps(),
        "" + level.readWordsPerCycle());
  }

  @Test
  void nodesAreTheTreeThatTimeloopsFrontEndWrites() {
    Accelerator nodes = TimeloopArchitecture.read(NODES).value();
    Accelerator tree = TimeloopArchitecture.read(TREE).value();
    // the front end gives its fan-out levels a width of one bit; they keep nothing
    assertThat(shapes(nodes).stream().filter(s -> !s.startsWith("inter_")))
        .isEqualTo(shapes(tree).stream().filter(s -> !s.startsWith("inter_")).toList());
    for (int i = 0; i < nodes.levels().size(); i++) {
      MemoryLevel level = nodes.levels().get(i);
      assertThat(level.name()).isEqualTo(tree.levels().get(i).name());
      assertThat(level.fanoutX()).isEqualTo(tree.levels().get(i).fanoutX());
      assertThat(level.fanoutY()).isEqualTo(tree.levels().get(i).fanoutY());
      assertThat(level.keeps()).isEqualTo(tree.levels().get(i).keeps());
    }
  }

  @Test
  void constraintsInPlaceAreThoseOfTheirOwnFile() {
    Einsum problem = TimeloopProblem.read(FOLDER.resolve("problem.yaml")).value();
    Accelerator nodes = TimeloopArchitecture.read(NODES).value();
    assertThat(TimeloopConstraints.read(NODES, problem, nodes).value())
        .isEqualTo(
            TimeloopConstraints.read(FOLDER.resolve("tree.constraints.yaml"), problem, nodes)
                .value());
    assertThat(TimeloopConstraints.inPlace(NODES)).isTrue();
    assertThat(TimeloopConstraints.inPlace(TREE)).isFalse();
  }

  /** One file of architecture is enough to map under its constraints. */
  @Test
  void mappingsKeepToTheConstraints() {
    TimeloopFiles files = TimeloopFiles.read(List.of(NODES, FOLDER.resolve("problem.yaml")));
    MappingResult best =
        Mapper.best(files.space(), Objective.ENERGY, Accounting.EXACT, Effort.DEFAULT);
    assertThat(best.optimal()).isTrue();
    assertThat(best.evaluation().energyPj()).isPositive().isFinite();
    assertThat(best.mapping().toString()).contains("R=3");
  }

  @Test
  void withoutTablesClassesHaveTheCostsOfOurTechnology() {
    Parsed<Accelerator> reading = TimeloopArchitecture.read(NODES);
    Accelerator accelerator = reading.value();
    Technology technology = Technology.eyeriss45nm();
    assertThat(accelerator.level("DRAM").readPj()).isEqualTo(64 * Dram.LPDDR4.pjPerBit());
    assertThat(accelerator.level("shared").readPj())
        .isEqualTo(technology.sram("x", 2048 * 8, 8, 8).readPj());
    assertThat(accelerator.level("psum_spad").readPj())
        .isEqualTo(technology.registers("x", 16, 16).readPj());
    assertThat(accelerator.mac().macPj()).isEqualTo(technology.mac(8).macPj());
    assertThat(accelerator.level("inter_PE_spatial").readPj()).isZero();
    assertThat(reading.warnings().stream().filter(w -> w.contains("has no ERT")))
        .hasSize(1)
        .allMatch(w -> w.contains(technology.label()));
    assertThat(accelerator.technology()).isEqualTo(technology.label());
  }

  @Test
  void tablesComeFirstAndMissingOnesAreNamed() throws IOException {
    String tables =
        """
        ERT:
          version: 0.4
          tables:
          - {name: DRAM, actions: [{name: read, energy: 5}, {name: write, energy: 6}]}
        """;
    Path file = Files.writeString(folder.resolve("a.yaml"), Files.readString(NODES) + tables);
    assertThatThrownBy(() -> TimeloopArchitecture.read(file))
        .hasMessageContaining("shared")
        .hasMessageContaining("psum_spad")
        .hasMessageContaining("mac");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !Component  | !Pipelined              | a node !Pipelined is not read, only !Component
          meshX: 4    | meshX: four             | column.spatial.meshX: a whole number
          meshX: 4    | meshZ: 4                | unknown key
          class: DRAM | class: bank             | unknown class bank
          name: psum_spad | name: shared        | a second component is called shared
          """)
  void problemsNameTheirPlace(String from, String to, String message) throws IOException {
    String text = Files.readString(NODES);
    assertThat(text).contains(from);
    Path file = Files.writeString(folder.resolve("a.yaml"), text.replaceFirst(from, to));
    assertThatThrownBy(() -> TimeloopArchitecture.read(file))
        .hasMessageContaining("a.yaml:")
        .hasMessageContaining(message.replace("column.", "nodes[3]."));
  }

  @Test
  void constraintsOfUnknownDimensionsNameTheirPlace() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yaml"),
            Files.readString(NODES).replace("factors: [P=1]", "factors: [M=1]"));
    Einsum problem = TimeloopProblem.read(FOLDER.resolve("problem.yaml")).value();
    Accelerator nodes = TimeloopArchitecture.read(file).value();
    assertThatThrownBy(() -> TimeloopConstraints.read(file, problem, nodes))
        .hasMessageContaining("a.yaml:")
        .hasMessageContaining("temporal.factors: unknown dimension M");
  }
}
