package dance.simulate.count;

import static dance.simulate.mapping.NestText.level;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The oracle against counts that were done by hand, or element by element in counting.md. */
class LoopNestOracleTest {
  private static final String[] ALL = {"Weights", "Inputs", "Outputs"};

  private static final Accelerator THREE_LEVELS =
      new Accelerator(
          "three levels",
          List.of(
              MemoryLevel.unbounded("DRAM"),
              MemoryLevel.unbounded("GLB"),
              MemoryLevel.unbounded("RF")),
          new MacUnit("mac", 0.5, 0.5, 0, 0),
          1000,
          Dataflow.UNCONSTRAINED,
          "none",
          Overheads.NONE);

  private static Einsum conv1d(int p, int r) {
    return Layer.conv("conv1d", 1, 1).kernel(r, 1).output(p, 1).einsum();
  }

  private static AccessCounts count(
      Einsum einsum, Mapping.Level dram, Mapping.Level glb, Mapping.Level rf) {
    Mapping mapping = new Mapping(List.of(dram, glb, rf));
    return LoopNestOracle.count(einsum, THREE_LEVELS, mapping, Accounting.EXACT);
  }

  private static AccessCounts.Tensor tensor(AccessCounts counts, String level, String name) {
    return counts.levels().stream()
        .filter(l -> l.name().equals(level))
        .flatMap(l -> l.tensors().stream())
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static AccessCounts.Tensor accesses(
      String name, long tile, long reads, long fills, long updates) {
    return new AccessCounts.Tensor(name, tile, reads, fills, updates);
  }

  /** t01: the hand check in the README of the reference cases. */
  @Test
  void slidingWindowOverAnOutputStationaryRegisterFile() {
    AccessCounts counts =
        count(
            conv1d(16, 3),
            level("", "", "", ALL),
            level("P=16", "", "", ALL),
            level("R=3", "", "", ALL));

    assertThat(counts.computes()).isEqualTo(48);
    assertThat(counts.computeCycles()).isEqualTo(48);
    assertThat(counts.levels())
        .containsExactly(
            new AccessCounts.Level(
                "DRAM",
                1,
                List.of(
                    accesses("Weights", 3, 3, 0, 0),
                    accesses("Inputs", 18, 18, 0, 0),
                    accesses("Outputs", 16, 0, 0, 16))),
            new AccessCounts.Level(
                "GLB",
                1,
                List.of(
                    accesses("Weights", 3, 3, 3, 0),
                    accesses("Inputs", 18, 18, 18, 0),
                    accesses("Outputs", 16, 0, 0, 16))),
            new AccessCounts.Level(
                "RF",
                1,
                List.of(
                    accesses("Weights", 3, 48, 3, 0),
                    accesses("Inputs", 3, 48, 18, 0),
                    accesses("Outputs", 1, 32, 0, 48))));
  }

  /** t03: 3 words, then two new ones (two steps back, one forward) at each of 15 steps. */
  @Test
  void windowThatSlidesBackIsRead48Times() {
    Einsum einsum = Layer.conv("t03", 1, 4).kernel(3, 1).output(16, 1).einsum();
    AccessCounts counts =
        count(
            einsum,
            level("", "", "", ALL),
            level("P=16 R=3", "", "", ALL),
            level("K=4", "", "", ALL));
    assertThat(tensor(counts, "RF", "Inputs")).isEqualTo(accesses("Inputs", 1, 192, 48, 0));
    // The 4 sums stay while R advances, and leave when P does.
    assertThat(tensor(counts, "RF", "Outputs")).isEqualTo(accesses("Outputs", 4, 128, 0, 192));
    assertThat(tensor(counts, "RF", "Weights").fills()).isEqualTo(192);
  }

  /** t11: element-wise count in counting.md. */
  @Test
  void halosOfTiles() {
    Einsum einsum = Layer.conv("t11", 4, 8).kernel(3).output(8).einsum();
    AccessCounts counts =
        count(
            einsum,
            level("K=8 P=2 Q=2", "", "", ALL),
            level("P=2 Q=2 C=4", "", "", ALL),
            level("R=3 S=3 P=2 Q=2", "", "", ALL));
    assertThat(tensor(counts, "GLB", "Inputs").fills()).isEqualTo(3600);
    assertThat(tensor(counts, "DRAM", "Inputs").reads()).isEqualTo(3600);
  }

  /** t13: element-wise count in counting.md; 108 = 3 channels × 6 × 6 words without the gaps. */
  @Test
  void gapsOfStridesAreNotWords() {
    Einsum einsum = Layer.pointwise("t13", 3, 4, 6).stride(2).einsum();
    AccessCounts counts =
        count(
            einsum,
            level("K=4", "", "", ALL),
            level("C=3 P=2 Q=2", "", "", ALL),
            level("P=3 Q=3", "", "", ALL));
    assertThat(tensor(counts, "GLB", "Inputs")).isEqualTo(accesses("Inputs", 108, 432, 108, 0));
    assertThat(tensor(counts, "RF", "Inputs").fills()).isEqualTo(432);
  }

  /** t14: element-wise count in counting.md. */
  @Test
  void gapsOfDilationAreNotWords() {
    Einsum einsum = Layer.conv("t14", 2, 2).kernel(3).output(6).dilation(2).einsum();
    AccessCounts counts =
        count(
            einsum,
            level("K=2", "", "", ALL),
            level("P=6 Q=6 C=2", "", "", ALL),
            level("R=3 S=3", "", "", ALL));
    assertThat(tensor(counts, "RF", "Inputs").fills()).isEqualTo(1296);
    assertThat(tensor(counts, "GLB", "Inputs")).isEqualTo(accesses("Inputs", 200, 1296, 200, 0));
  }

  /**
   * n04 with 8 of its 128 output channels, which change nothing for the inputs: element-wise count
   * in counting.md; 50,176 = 64 channels × 28 × 28.
   */
  @Test
  void pointwiseWithStrideOnALargeArray() {
    Einsum einsum = Layer.pointwise("n04", 64, 8, 28).stride(2).einsum();
    AccessCounts counts =
        count(
            einsum,
            level("K=2", "", "", ALL),
            level("C=4", "C=16", "K=4", ALL),
            level("P=28 Q=28", "", "", "Weights"));
    assertThat(tensor(counts, "GLB", "Inputs").fills()).isEqualTo(50_176);
    // Every cycle the 64 MACs need 16 inputs and reduce into 4 outputs.
    assertThat(counts.computeCycles()).isEqualTo(6_272);
    assertThat(tensor(counts, "GLB", "Inputs").reads()).isEqualTo(6_272 * 16);
    assertThat(tensor(counts, "GLB", "Outputs").updates()).isEqualTo(6_272 * 4);
    assertThat(tensor(counts, "RF", "Weights").fills()).isEqualTo(512);
    assertThat(counts.levels().get(2).utilizedInstances()).isEqualTo(64);
  }

  /** s12: the last of three steps has work for two of four PEs. */
  @Test
  void partialLastTileInSpace() {
    AccessCounts counts =
        count(
            conv1d(10, 3),
            level("", "", "", ALL),
            level("P=3", "", "P=4", ALL),
            level("R=3", "", "", ALL));
    assertThat(counts.computes()).isEqualTo(30);
    assertThat(counts.computeCycles()).isEqualTo(9);
    assertThat(counts.levels().get(2).utilizedInstances()).isEqualTo(4);
    // Steps of 4 leave nothing of a window of 3: ten windows, of which no two are equal.
    assertThat(tensor(counts, "RF", "Inputs")).isEqualTo(accesses("Inputs", 3, 30, 30, 0));
    assertThat(tensor(counts, "GLB", "Inputs")).isEqualTo(accesses("Inputs", 12, 30, 12, 0));
    // All PEs get the three weights in the first step, in one access; none gets them again.
    assertThat(tensor(counts, "RF", "Weights").fills()).isEqualTo(12);
    assertThat(tensor(counts, "GLB", "Weights").reads()).isEqualTo(3);
    assertThat(tensor(counts, "RF", "Outputs")).isEqualTo(accesses("Outputs", 1, 20, 0, 30));
    assertThat(tensor(counts, "GLB", "Outputs")).isEqualTo(accesses("Outputs", 10, 0, 0, 10));
  }

  /** s13: the last of three tiles has two of four outputs. */
  @Test
  void partialLastTileInTime() {
    Einsum einsum = Layer.conv("s13", 1, 2).kernel(3, 1).output(10, 1).einsum();
    AccessCounts counts =
        count(
            einsum,
            level("K=2 P=3", "", "", ALL),
            level("P=4", "", "", ALL),
            level("R=3", "", "", ALL));
    assertThat(counts.computes()).isEqualTo(60);
    assertThat(counts.computeCycles()).isEqualTo(60);
    // Tiles 0…5, 4…9, 8…11, and again: 6 + 4 + 2 + 6 + 4 + 2 words enter.
    assertThat(tensor(counts, "GLB", "Inputs").fills()).isEqualTo(24);
    assertThat(tensor(counts, "GLB", "Inputs").tileWords()).isEqualTo(6);
    assertThat(tensor(counts, "GLB", "Outputs")).isEqualTo(accesses("Outputs", 4, 0, 0, 20));
    assertThat(tensor(counts, "DRAM", "Outputs").updates()).isEqualTo(20);
  }

  /** Row-stationary diagonals: P + R − 1 = 6 distinct inputs for 12 PEs. */
  @Test
  void diagonalsShareTheirInputs() {
    AccessCounts counts =
        count(
            conv1d(4, 3),
            level("", "", "", ALL),
            level("", "R=3", "P=4", ALL),
            level("", "", "", ALL));
    assertThat(counts.computeCycles()).isEqualTo(1);
    assertThat(tensor(counts, "RF", "Inputs").fills()).isEqualTo(12);
    assertThat(tensor(counts, "GLB", "Inputs").reads()).isEqualTo(6);
    assertThat(tensor(counts, "GLB", "Weights").reads()).isEqualTo(3);
    // Three PEs reduce into one output on the way: four updates, nothing to read back.
    assertThat(tensor(counts, "GLB", "Outputs")).isEqualTo(accesses("Outputs", 4, 0, 0, 4));
    assertThat(tensor(counts, "RF", "Outputs")).isEqualTo(accesses("Outputs", 1, 0, 0, 12));
  }

  /** Two rows by one column and one row by two columns of window positions: the same two words. */
  @Test
  void partialTilesOfDifferentShapeShareTheSameWords() {
    AccessCounts counts =
        count(
            conv1d(3, 3),
            level("", "", "", ALL),
            level("", "R=2", "P=2", ALL),
            level("R=2 P=2", "", "", ALL));
    // PEs hold 0…2, 2…3, 2…3 and 4.
    assertThat(tensor(counts, "RF", "Inputs").fills()).isEqualTo(8);
    assertThat(tensor(counts, "GLB", "Inputs").reads()).isEqualTo(6);
    assertThat(counts.computes()).isEqualTo(9);
    assertThat(counts.computeCycles()).isEqualTo(4);
  }

  @Test
  void unicastTensorsAreReadOncePerInstance() {
    Mapping.Level shared = level("", "R=3", "P=4", ALL);
    Mapping.Level glb =
        new Mapping.Level(
            shared.temporal(),
            shared.spatialX(),
            shared.spatialY(),
            shared.keeps(),
            Set.of("Inputs", "Outputs"));
    AccessCounts counts = count(conv1d(4, 3), level("", "", "", ALL), glb, level("", "", "", ALL));
    assertThat(tensor(counts, "GLB", "Inputs").reads()).isEqualTo(12);
    assertThat(tensor(counts, "GLB", "Weights").reads()).isEqualTo(3);
    assertThat(tensor(counts, "GLB", "Outputs")).isEqualTo(accesses("Outputs", 4, 8, 0, 12));
  }

  /** R outside P: every partial sum leaves the one-word register file and returns twice. */
  @Test
  void spilledPartialSumsReturn() {
    AccessCounts counts =
        count(
            conv1d(4, 3),
            level("", "", "", ALL),
            level("R=3 P=4", "", "", ALL),
            level("", "", "", ALL));
    assertThat(tensor(counts, "RF", "Outputs")).isEqualTo(accesses("Outputs", 1, 8, 8, 12));
    assertThat(tensor(counts, "GLB", "Outputs")).isEqualTo(accesses("Outputs", 4, 8, 0, 12));
    assertThat(tensor(counts, "DRAM", "Outputs")).isEqualTo(accesses("Outputs", 4, 0, 0, 4));
  }

  /** What a level does not keep, the next-outer one serves. */
  @Test
  void bypassedLevelsAreTransparent() {
    AccessCounts counts =
        count(
            conv1d(16, 3),
            level("", "", "", ALL),
            level("P=16", "", "", "Inputs"),
            level("R=3", "", "", "Weights", "Outputs"));
    assertThat(tensor(counts, "DRAM", "Outputs")).isEqualTo(accesses("Outputs", 16, 0, 0, 16));
    assertThat(tensor(counts, "DRAM", "Weights")).isEqualTo(accesses("Weights", 3, 3, 0, 0));
    assertThat(tensor(counts, "GLB", "Inputs")).isEqualTo(accesses("Inputs", 18, 48, 18, 0));
    assertThat(counts.levels().get(1).tensors()).hasSize(1);
    assertThat(counts.levels().get(2).tensors()).hasSize(2);
  }

  /** Output 2·P + R: windows of 3 that step by 2 overlap in one word, which stays inside. */
  @Test
  void overlappingOutputsStayInside() {
    Einsum einsum =
        Einsum.of(
            "transposed",
            Map.of("P", 4, "R", 3),
            Tensor.of("Weights", Operand.WEIGHT, Axis.of("R")),
            Tensor.of("Inputs", Operand.INPUT, Axis.of("P")),
            Tensor.of("Outputs", Operand.OUTPUT, Axis.of("P", 2).plus("R", 1)));
    AccessCounts counts =
        count(einsum, level("", "", "", ALL), level("P=4", "", "", ALL), level("R=3", "", "", ALL));
    assertThat(tensor(counts, "RF", "Outputs")).isEqualTo(accesses("Outputs", 3, 3, 0, 12));
    assertThat(tensor(counts, "GLB", "Outputs")).isEqualTo(accesses("Outputs", 9, 0, 0, 9));
  }

  @Test
  void timeloopAccountingIsNotCounted() {
    Mapping mapping = new Mapping(List.of(level("P=4", "", "", ALL)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LoopNestOracle.count(conv1d(4, 1), THREE_LEVELS, mapping, Accounting.TIMELOOP))
        .withMessageContaining("TIMELOOP");
  }
}
