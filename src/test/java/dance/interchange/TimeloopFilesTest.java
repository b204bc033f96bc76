package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readers make of spellings that the reference cases do not have. */
class TimeloopFilesTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("input.yaml"), text);
  }

  @Test
  void treeMultipliesInstancesOfItsBranches() throws IOException {
    Accelerator accelerator =
        TimeloopArchitecture.read(
                file(
                    """
                    architecture:
                      subtree:
                      - name: system
                        local:
                        - {name: DRAM, class: DRAM, attributes: {width: 64, word-bits: 16}}
                        subtree:
                        - name: PE[0..7]
                          local:
                          - name: RF[1..2]
                            class: regfile
                            attributes: {entries: 12, word_width: 16, meshX: 4}
                          - {name: 'MAC[0..1]', class: intmac, attributes: {meshX: 4}}
                    """))
            .value();
    assertThat(accelerator.name()).isEqualTo("system");
    assertThat(accelerator.instances(1)).isEqualTo(16);
    assertThat(accelerator.macUnits()).isEqualTo(16);
    MemoryLevel dram = accelerator.levels().get(0);
    assertThat(dram.fanoutX()).isEqualTo(4);
    assertThat(dram.fanoutY()).isEqualTo(4);
    assertThat(dram.lineWords()).isEqualTo(4);
    assertThat(accelerator.levels().get(1).capacityWords()).isEqualTo(12);
  }

  @Test
  void sizesMayBeGivenInBlocksOrKilobytes() throws IOException {
    Accelerator accelerator =
        TimeloopArchitecture.read(
                file(
                    """
                    architecture:
                      subtree:
                      - name: system
                        local:
                        - name: GLB
                          class: SRAM
                          attributes: {sizeKB: 4, datawidth: 16, block-size: 4, bandwidth: 6}
                        - name: RF
                          class: regfile
                          attributes: {depth: 3, datawidth: 8, block_size: 2, width: 32}
                        - {name: MAC, class: mac, attributes: {}}
                    """))
            .value();
    MemoryLevel glb = accelerator.levels().get(0);
    assertThat(glb.capacityWords()).isEqualTo(4 * 1024 / 2);
    assertThat(glb.lineWords()).isEqualTo(4);
    assertThat(glb.readWordsPerCycle()).isEqualTo(3);
    assertThat(glb.writeWordsPerCycle()).isEqualTo(3);
    MemoryLevel rf = accelerator.levels().get(1);
    assertThat(rf.clusterSize()).isEqualTo(2);
    assertThat(rf.capacityWords()).isEqualTo(6);
  }

  private static final String NETWORK =
      """
      architecture:
        subtree:
        - name: system
          local:
          - name: DRAM
            class: DRAM
            attributes: {width: 8, datawidth: 8, network-fill-latency: 5}
          - name: GLB
            class: SRAM
            attributes: {depth: 64, width: 8, datawidth: 8, %s}
          - {name: 'RF[1..4]', class: regfile, attributes: {depth: 4, width: 8, datawidth: 8}}
          - {name: 'MAC[1..8]', class: mac, attributes: {meshX: 4, meshY: 2}}
      ART:
        tables:
        - {name: 'system.RF[1..4]', area: 100}
        - {name: 'system.MAC[1..8]', area: 150}
      """;

  @Test
  void networkIsReadFromTheStorageAboveIt() throws IOException {
    Accelerator accelerator =
        TimeloopArchitecture.read(
                file(
                    String.format(
                        NETWORK,
                        "wire-energy: 0.5, router_energy: 2, tile-width: 200,"
                            + " network-word-bits: 4, energy-per-ingress: 3,"
                            + " network_drain_latency: 7")))
            .value();
    var network = accelerator.levels().get(1).interconnect();
    assertThat(network.hopPj()).isCloseTo(4 * 0.5 * 0.2, within(1e-12));
    assertThat(network.routerPj()).isEqualTo(2);
    assertThat(network.ingressPj()).isEqualTo(3);
    assertThat(network.drainCycles()).isEqualTo(7);
    assertThat(accelerator.levels().get(0).interconnect().fillCycles()).isEqualTo(5);
    assertThat(accelerator.levels().get(2).interconnect().free()).isTrue();
  }

  @Test
  void hopIsAsLongAsTheTileBelowIsWide() throws IOException {
    Accelerator accelerator =
        TimeloopArchitecture.read(file(String.format(NETWORK, "wire-energy: 0.5"))).value();
    // One RF with its two MAC units: 100 + 2 · 150 square micrometres.
    assertThat(accelerator.levels().get(1).interconnect().tileWidthUm())
        .isCloseTo(20, within(1e-12));
  }

  @Test
  void energyPerHopNeedsNoFloorPlan() throws IOException {
    Accelerator accelerator =
        TimeloopArchitecture.read(file(String.format(NETWORK, "energy-per-hop: 0.3"))).value();
    assertThat(accelerator.levels().get(1).interconnect().hopPj()).isCloseTo(0.3, within(1e-15));
  }

  @Test
  void wireOfTheEnergyTableHoldsForAllNetworks() throws IOException {
    String ert =
        """
        ERT:
          tables:
          - {name: system.wire, actions: [{name: transfer_random, energy: 0.25}]}
          - {name: system.DRAM, actions: [{name: read, energy: 1}, {name: write, energy: 2}]}
          - {name: system.GLB, actions: [{name: read, energy: 1}, {name: write, energy: 2}]}
          - {name: system.RF, actions: [{name: read, energy: 1}, {name: write, energy: 2}]}
          - {name: system.MAC, actions: [{name: compute, energy: 1}]}
        """;
    Accelerator accelerator =
        TimeloopArchitecture.read(file(String.format(NETWORK, "tile-width: 10") + ert)).value();
    assertThat(accelerator.levels()).allMatch(l -> l.interconnect().wirePjPerBitMm() == 0.25);
    assertThat(accelerator.levels()).as("update costs a write").allMatch(l -> l.updatePj() == 2);
  }

  private static final String PRODUCT =
      """
      problem:
        shape:
          name: product
          dimensions: [M, N, K]
          data-spaces:
          - {name: A, projection: [[[M]], [[K]]]}
          - {name: B, projection: [[[K]], [[N]]]}
          - {name: Z, projection: [[[M]], [[N]]], read-write: yes}
        %s
      """;

  @Test
  void secondFactorOfAProductIsTheWeights() throws IOException {
    Einsum einsum =
        TimeloopProblem.read(file(String.format(PRODUCT, "instance: {M: 2, N: 3, K: 4}"))).value();
    assertThat(einsum.tensors())
        .extracting(Tensor::role)
        .containsExactly(Operand.INPUT, Operand.WEIGHT, Operand.OUTPUT);
    assertThat(einsum.points()).isEqualTo(24);
  }

  @Test
  void sizesMayStandBesideTheShape() throws IOException {
    Einsum einsum =
        TimeloopProblem.read(file(String.format(PRODUCT, "M: 2\n  N: 3\n  K: 4"))).value();
    assertThat(einsum.bound("K")).isEqualTo(4);
  }

  private Mapping mapping(String text) throws IOException {
    ReferenceCases.Case reference = ReferenceCases.named("s01-MX-CY");
    return TimeloopMapping.read(file(text), reference.einsum(), reference.accelerator()).value();
  }

  @Test
  void factorsAndOrdersMayBeListsOrMappings() throws IOException {
    Mapping words =
        mapping(
            """
            mapping:
            - {target: DRAM, type: temporal, factors: 'C2 M=2,P=8 Q8', permutation: QPMC}
            - {target: GLB, type: spatial, factors: M4 C4, permutation: MC, split: 1}
            - {target: RF, type: temporal, factors: R3 S3, permutation: S R}
            """);
    Mapping lists =
        mapping(
            """
            mapping:
            - {target: 2, type: temporal, factors: {C: 2, M: 2, P: 8, Q: 8},
               permutation: [Q, P, M, C]}
            - {target: 1, type: spatial, factors: [M=4, C=4], permutation: 'M,C', split: 1}
            - {target: 0, type: temporal, factors: [R=3, S=3], permutation: SR}
            """);
    assertThat(lists).isEqualTo(words);
    assertThat(words.levels().get(0).temporal().toString()).isEqualTo("[C=2, M=2, P=8, Q=8]");
    assertThat(words.levels().get(1).spatialX().toString()).isEqualTo("[M=4]");
    assertThat(words.levels().get(1).spatialY().toString()).isEqualTo("[C=4]");
  }

  @Test
  void levelWithoutDirectiveKeepsEverything() throws IOException {
    Mapping mapping =
        mapping(
            """
            mapping:
            - {target: DRAM, type: temporal, factors: C8 M8 P8 Q8}
            - {target: GLB, type: bypass, bypass: [Inputs]}
            - {target: RF, type: temporal, factors: R3 S3}
            """);
    assertThat(mapping.levels().get(1).keeps()).isEqualTo(Set.of("Weights", "Outputs"));
    assertThat(mapping.levels().get(2).keeps()).hasSize(3);
  }

  @Test
  void outermostLoopHasOnlyItsLastPass() throws IOException {
    Mapping mapping =
        mapping(
            """
            mapping:
            - {target: DRAM, type: temporal, factors: 'P=5,3 C8 M8 Q8 R3 S3'}
            - {target: GLB, type: temporal, factors: 'P=3,2'}
            """);
    assertThat(mapping.levels().get(0).temporal()).contains(new Einsum.Loop("P", 3));
  }
}
