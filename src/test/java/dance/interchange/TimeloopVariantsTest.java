package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Accelerator;
import dance.accelerator.Dram;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Technology;
import dance.simulate.count.Analysis;
import dance.simulate.explain.Explainer;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as other people's tools and older versions write them, with what is harmless in them. */
class TimeloopVariantsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "timeloop", "variants");
  private static final Parsed<Accelerator> ARCHITECTURE =
      TimeloopArchitecture.read(FOLDER.resolve("generator.arch.yaml"));
  private static final Parsed<Einsum> PROBLEM =
      TimeloopProblem.read(FOLDER.resolve("named.problem.yaml"));

  @TempDir private Path folder;

  @Test
  void whatGeneratorsWriteIsIgnoredWithOneLineForEachKey() {
    assertThat(ARCHITECTURE.value().levels())
        .extracting(MemoryLevel::name)
        .containsExactly("DRAM", "GLB", "RF");
    assertThat(ARCHITECTURE.value().macUnits()).isEqualTo(4);
    for (String key : List.of("has_power_gating", "n_banks", "technology", "update_fifo_depth")) {
      assertThat(ARCHITECTURE.warnings())
          .as(key)
          .filteredOn(warning -> warning.contains("." + key + ":"))
          .singleElement()
          .asString()
          .contains("has no meaning here and is ignored");
    }
    assertThat(ARCHITECTURE.warnings())
        .anyMatch(w -> w.endsWith("n_banks: has no meaning here and is ignored (and 2 times more)"))
        .anyMatch(w -> w.endsWith("sparsity is not modelled: computed as dense"));
  }

  /** As designs that compute in memory are written: networks as components, a MAC in a cell. */
  @Test
  void networksAreLeftOutAndAMacInAMemoryCellIsOne() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pim.yaml"),
            """
            architecture:
              version: 0.3
              subtree:
              - name: system
                local:
                - {name: DRAM, class: DRAM, attributes: {width: 64, datawidth: 16}}
                - {name: D2A, class: SimpleMulticast, subclass: DAC, attributes: {datawidth: 16}}
                - {name: A2D, class: XY_NoC, attributes: {datawidth: 16}}
                - {name: buffer, subclass: smartbuffer_SRAM, attributes: {depth: 64, width: 16}}
                subtree:
                - name: PE[0..11]
                  local:
                  - {name: cells, class: memcell_storage, attributes: {depth: 1, width: 16}}
                  - {name: mac, class: memcell_compute, attributes: {datawidth: 16, meshX: 4}}
            """);
    Parsed<Accelerator> read = TimeloopArchitecture.read(file);
    assertThat(read.value().levels())
        .extracting(MemoryLevel::name)
        .containsExactly("DRAM", "buffer", "cells");
    assertThat(read.value().mac().name()).isEqualTo("mac");
    assertThat(read.warnings())
        .anyMatch(w -> w.contains("SimpleMulticast is left out: its energy and area are not count"))
        .anyMatch(w -> w.contains("XY_NoC is left out"));
    // as many cells as MACs, which stand in four columns
    assertThat(read.value().level("buffer").fanoutX()).isEqualTo(4);
    assertThat(read.value().level("buffer").fanoutY()).isEqualTo(3);
    assertThat(read.value().level("cells").fanout().instances()).isEqualTo(1);
  }

  /** As CiMLoop writes all its components. */
  @Test
  void aDummyThatSaysWhatItIsOrKeepsIsAMemory() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cim.yaml"),
            """
            architecture:
              version: 0.4
              nodes:
              - !Component {name: main, class: dummy_storage, attributes: {width: 8, datawidth: 8},
                  constraints: {dataspace: {keep_only: [Inputs, Outputs]}}}
              - !Component {name: glb, class: dummy_storage, subclass: smartbuffer_sram,
                  attributes: {width: 8, datawidth: 8, depth: 64}}
              - !Component {name: nothing, class: dummy_storage, attributes: {width: 8, datawidth: 8, depth: 8}}
              - !Component {name: mac, class: free_mac}
            """);
    Accelerator read = TimeloopArchitecture.read(file).value();
    assertThat(read.levels())
        .extracting(level -> level.name() + " " + level.keeps().size())
        .containsExactly("main 3", "glb 3", "nothing 0");
    assertThat(read.level("glb").isPriced()).isTrue();
    assertThat(read.level("main").isPriced()).isFalse();
  }

  @Test
  void sizesMayBeLargeGivenTwiceAndInEntries() {
    List<MemoryLevel> levels = ARCHITECTURE.value().levels();
    assertThat(levels.get(1).capacityWords()).isEqualTo(4 * 4294967296L);
    assertThat(levels.get(2).capacityWords()).as("Timeloop takes entries").isEqualTo(64);
    assertThat(ARCHITECTURE.warnings())
        .anyMatch(w -> w.contains("32 lines of 1 words contradict 64 entries, which are taken"));
  }

  @Test
  void shapeByNameIsTimeloopsAndDensitiesAreFractionsOfZeros() {
    assertThat(PROBLEM.value().points()).isEqualTo(4 * 8 * 3 * 6);
    assertThat(PROBLEM.warnings())
        .singleElement()
        .asString()
        .contains(
            "densities are read as fractions of zeros, spread evenly: Weights 50.00 %, Inputs 25.00 %");
    assertThat(PROBLEM.value().tensors())
        .extracting(t -> t.name() + " " + t.zeros())
        .containsExactlyInAnyOrder("Weights 0.5", "Inputs 0.25", "Outputs 0.0");
  }

  @Test
  void zeroInAMappingIsTheWholeDimension() {
    Parsed<Mapping> reading =
        TimeloopMapping.read(
            FOLDER.resolve("zero.mapping.yaml"), PROBLEM.value(), ARCHITECTURE.value());
    assertThat(reading.value().levels().get(0).temporal()).containsExactly(new Einsum.Loop("K", 8));
    assertThat(reading.value().levels().get(1).spatialX()).containsExactly(new Einsum.Loop("C", 4));
    assertThat(reading.value().levels().get(1).keeps()).isEqualTo(Set.of("Inputs", "Outputs"));
    assertThat(reading.warnings()).singleElement().asString().contains(".stream: has no meaning");
  }

  @Test
  void constraintsOfOneLevelInSectionsAndFilesHoldTogether() {
    MapConstraints merged =
        TimeloopConstraints.read(
                List.of(
                    FOLDER.resolve("architecture.constraints.yaml"),
                    FOLDER.resolve("mapspace.constraints.yaml")),
                PROBLEM.value(),
                ARCHITECTURE.value())
            .value();
    MapConstraints.Level glb = merged.levels().get(1);
    assertThat(glb.keeps()).isEqualTo(Set.of("Inputs", "Outputs"));
    assertThat(glb.bypasses()).isEqualTo(Set.of("Weights"));
    assertThat(glb.spatial().factors()).isEqualTo(Map.of("R", 1, "S", 1, "P", 1));
    assertThat(glb.spatial().innermost()).containsExactly("C", "K", "P");
    assertThat(glb.split()).hasValue(1);
    MapConstraints.Level rf = merged.levels().get(2);
    assertThat(rf.temporal().factors()).isEqualTo(Map.of("C", 1, "S", 1));
    assertThat(rf.temporal().atMost()).isEqualTo(Map.of("K", 4));
    assertThat(rf.temporal().innermost()).containsExactly("R", "S", "N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {target: RF, type: temporal, factors: C=2}       | C=2 contradicts C=1
          {target: RF, type: temporal, permutation: S}     | permutation S contradicts permutation R
          {target: GLB, type: spatial, split: 0}           | split 0 contradicts split 1
          {target: GLB, type: bypass, keep: [Weights]}     | Weights is both kept and bypassed
          {target: RF, type: spatial, factors: K=2}        | RF has no fan-out below it
          {target: RF, type: temporal, factors: [K=8, S=1]} |
          """)
  void onlyContradictionsAreErrors(String constraint, String message) throws IOException {
    Path second =
        Files.writeString(
            folder.resolve("second.yaml"), "mapspace_constraints:\n- " + constraint + "\n");
    List<Path> files = List.of(FOLDER.resolve("architecture.constraints.yaml"), second);
    if (message == null) {
      assertThat(
              TimeloopConstraints.read(files, PROBLEM.value(), ARCHITECTURE.value())
                  .value()
                  .levels()
                  .get(2)
                  .temporal()
                  .factors())
          .containsEntry("K", 8);
      return;
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeloopConstraints.read(files, PROBLEM.value(), ARCHITECTURE.value()))
        .withMessageContaining("second.yaml:2: ")
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          architecture: {nodes: []}                              | there is no storage component
          architecture: {local: []}                              | there is no storage component
          arch: {storage: [], arithmetic: {}}                    | there is no storage component
          arch: {storage: [{entries: 2}]}                        | key arithmetic is missing
          architecture: {version: 0.3, subtree: []}, mapping: [] | one subtree was expected
          """)
  void otherFormsAreNamed(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "{" + text + "}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeloopArchitecture.read(file))
        .withMessageContaining(message);
  }

  @Test
  void unknownShapeNamesThoseThatAreKnown() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), "problem: {shape: lstm, C: 3}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeloopProblem.read(file))
        .withMessageContaining("no shape is known as lstm, only cnn-layer, gemm_ABZ");
  }

  /** A class and a size have the costs of our technology, in the trees of all formats. */
  @Test
  void withoutTablesClassesHaveTheCostsOfOurTechnology() {
    Accelerator accelerator = ARCHITECTURE.value();
    Technology technology = Technology.eyeriss45nm();
    assertThat(accelerator.level("RF").readPj())
        .isEqualTo(technology.registers("x", 64, 16).readPj());
    assertThat(accelerator.level("DRAM").readPj()).isEqualTo(64 * Dram.LPDDR4.pjPerBit());
    assertThat(accelerator.mac().macPj()).isEqualTo(technology.mac(16).macPj());
    assertThat(accelerator.technology()).isEqualTo(technology.label());
    assertThat(ARCHITECTURE.warnings().stream().filter(w -> w.contains("has no ERT"))).hasSize(1);
  }

  /** Where a cost does not follow from class and size, counts and cycles are known, it is not. */
  @Test
  void costsThatDoNotFollowFromTheClassAreUnknown() throws IOException {
    String depths = "depth: 4294967296, data_storage_depth: 4294967296, ";
    Path file = folder.resolve("open.arch.yaml");
    String text = Files.readString(FOLDER.resolve("generator.arch.yaml"));
    Files.writeString(file, text.replace(depths, ""));
    Accelerator accelerator = TimeloopArchitecture.read(file).value();
    Mapping mapping =
        TimeloopMapping.read(FOLDER.resolve("zero.mapping.yaml"), PROBLEM.value(), accelerator)
            .value();
    Evaluation evaluation =
        Analysis.of(PROBLEM.value(), accelerator).evaluate(mapping, Accounting.EXACT);
    assertThat(evaluation.cycles()).isEqualTo(8 * 6 * 3);
    assertThat(evaluation.energyPj()).isNaN();
    assertThat(evaluation.edp()).isNaN();
    assertThat(accelerator.areaMm2()).isNaN();
    assertThat(accelerator.unpriced()).containsExactly("GLB");
    for (String name : List.of("energy", "GLB.energy")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Explainer.of(evaluation).explain(name))
          .withMessageContaining("open.arch.yaml has no ERT")
          .withMessageContaining("GLB (class smartbuffer_SRAM)");
    }
  }
}
