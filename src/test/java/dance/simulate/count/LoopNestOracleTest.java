package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.simulate.mapping.NestText;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** Output 2·P + R: windows of 3 that step by 2 overlap in one word. */
  private static Einsum transposed() {
    return Einsum.of(
        "transposed",
        Map.of("P", 4, "R", 3),
        Tensor.of("Weights", Operand.WEIGHT, Axis.of("R")),
        Tensor.of("Inputs", Operand.INPUT, Axis.of("P")),
        Tensor.of("Outputs", Operand.OUTPUT, Axis.of("P", 2).plus("R", 1)));
  }

  /**
   * What it shows, the einsum, the nest (a level in each part: temporal loops, then in brackets Y /
   * X / what it keeps if not everything / what is unicast), and rows of counts: level and tensor
   * with tile, reads, fills and updates, * where it is not counted by hand; or a total.
   */
  static Stream<Arguments> counted() {
    return Stream.of(
        arguments(
            "t01, the hand check in the README of the reference cases: a sliding window",
            conv1d(16, 3),
            "; P=16; R=3",
            """
            computes 48
            cycles 48
            DRAM Weights 3 3 0 0
            DRAM Inputs 18 18 0 0
            DRAM Outputs 16 0 0 16
            GLB Weights 3 3 3 0
            GLB Inputs 18 18 18 0
            GLB Outputs 16 0 0 16
            RF Weights 3 48 3 0
            RF Inputs 3 48 18 0
            RF Outputs 1 32 0 48
            """),
        arguments(
            "t03: 3 words, then two new ones (two steps back, one forward) at each of 15 steps;"
                + " the 4 sums stay while R advances, and leave when P does",
            Layer.conv("t03", 1, 4).kernel(3, 1).output(16, 1).einsum(),
            "; P=16 R=3; K=4",
            """
            RF Inputs 1 192 48 0
            RF Outputs 4 128 0 192
            RF Weights * * 192 *
            """),
        arguments(
            "t11: halos of tiles",
            Layer.conv("t11", 4, 8).kernel(3).output(8).einsum(),
            "K=8 P=2 Q=2; P=2 Q=2 C=4; R=3 S=3 P=2 Q=2",
            """
            GLB Inputs * * 3600 *
            DRAM Inputs * 3600 * *
            """),
        arguments(
            "t13: gaps of strides are not words; 108 = 3 channels × 6 × 6 without them",
            Layer.pointwise("t13", 3, 4, 6).stride(2).einsum(),
            "K=4; C=3 P=2 Q=2; P=3 Q=3",
            """
            GLB Inputs 108 432 108 0
            RF Inputs * * 432 *
            """),
        arguments(
            "t14: gaps of dilation are not words",
            Layer.conv("t14", 2, 2).kernel(3).output(6).dilation(2).einsum(),
            "K=2; P=6 Q=6 C=2; R=3 S=3",
            """
            RF Inputs * * 1296 *
            GLB Inputs 200 1296 200 0
            """),
        arguments(
            "n04 with 8 of its 128 output channels: 50,176 = 64 channels × 28 × 28; every cycle the"
                + " 64 MACs need 16 inputs and reduce into 4 outputs",
            Layer.pointwise("n04", 64, 8, 28).stride(2).einsum(),
            "K=2; C=4 [C=16 / K=4]; P=28 Q=28 [ / / Weights]",
            """
            cycles 6272
            GLB Inputs * 100352 50176 *
            GLB Outputs * * * 25088
            RF Weights * * 512 *
            RF instances 64
            """),
        arguments(
            "s12: the last of three steps has work for two of four PEs; steps of 4 leave nothing of"
                + " a window of 3: ten windows, no two equal; all PEs get the weights in one"
                + " access",
            conv1d(10, 3),
            "; P=3 [ / P=4]; R=3",
            """
            computes 30
            cycles 9
            RF instances 4
            RF Inputs 3 30 30 0
            GLB Inputs 12 30 12 0
            RF Weights * * 12 *
            GLB Weights * 3 * *
            RF Outputs 1 20 0 30
            GLB Outputs 10 0 0 10
            """),
        arguments(
            "s13: the last of three tiles has two of four outputs: tiles 0…5, 4…9, 8…11, and again",
            Layer.conv("s13", 1, 2).kernel(3, 1).output(10, 1).einsum(),
            "K=2 P=3; P=4; R=3",
            """
            computes 60
            cycles 60
            GLB Inputs 6 * 24 *
            GLB Outputs 4 0 0 20
            DRAM Outputs * * * 20
            """),
        arguments(
            "row-stationary diagonals: P + R − 1 = 6 distinct inputs for 12 PEs, of which three"
                + " reduce into one output on the way",
            conv1d(4, 3),
            "; [R=3 / P=4]; ",
            """
            cycles 1
            RF Inputs * * 12 *
            GLB Inputs * 6 * *
            GLB Weights * 3 * *
            GLB Outputs 4 0 0 4
            RF Outputs 1 0 0 12
            """),
        arguments(
            "partial tiles of different shape share the same words: PEs hold 0…2, 2…3, 2…3 and 4",
            conv1d(3, 3),
            "; [R=2 / P=2]; R=2 P=2",
            """
            RF Inputs * * 8 *
            GLB Inputs * 6 * *
            computes 9
            cycles 4
            """),
        arguments(
            "unicast tensors are read once for each instance",
            conv1d(4, 3),
            "; [R=3 / P=4 / Weights Inputs Outputs / Inputs Outputs]; ",
            """
            GLB Inputs * 12 * *
            GLB Weights * 3 * *
            GLB Outputs 4 8 0 12
            """),
        arguments(
            "R outside P: every partial sum leaves the one-word register file and returns twice",
            conv1d(4, 3),
            "; R=3 P=4; ",
            """
            RF Outputs 1 8 8 12
            GLB Outputs 4 8 0 12
            DRAM Outputs 4 0 0 4
            """),
        arguments(
            "what a level does not keep, the next-outer one serves",
            conv1d(16, 3),
            "; P=16 [ / / Inputs]; R=3 [ / / Weights Outputs]",
            """
            DRAM Outputs 16 0 0 16
            DRAM Weights 3 3 0 0
            GLB Inputs 18 48 18 0
            GLB tensors 1
            RF tensors 2
            """),
        arguments(
            "overlapping outputs stay inside",
            transposed(),
            "; P=4; R=3",
            """
            RF Outputs 3 3 0 12
            GLB Outputs 9 0 0 9
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counted")
  void countsAreThoseDoneByHand(String shows, Einsum einsum, String nest, String rows) {
    AccessCounts counts =
        LoopNestOracle.count(einsum, THREE_LEVELS, mapping(nest), Accounting.EXACT);
    Map<String, List<Long>> ours = rows(counts);
    for (String row : rows.lines().toList()) {
      List<String> words = List.of(row.split(" "));
      int names = words.get(0).matches("computes|cycles") ? 1 : 2;
      List<Long> numbers = ours.get(String.join(" ", words.subList(0, names)));
      List<String> expected = words.subList(names, words.size());
      assertThat(numbers).as(row).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        if (!expected.get(i).equals("*")) {
          assertThat(numbers.get(i)).as(row).isEqualTo(Long.parseLong(expected.get(i)));
        }
      }
    }
  }

  private static Mapping mapping(String nest) {
    List<Mapping.Level> levels = new ArrayList<>();
    for (String text : nest.split(";", -1)) {
      String[] halves = text.replace("]", "").split("\\[", -1);
      String[] parts = (halves.length > 1 ? halves[1] : "").split("/", -1);
      String[] keeps = part(parts, 2).isEmpty() ? ALL : part(parts, 2).split(" ");
      Mapping.Level level =
          NestText.level(halves[0].strip(), part(parts, 0), part(parts, 1), keeps);
      String unicast = part(parts, 3);
      levels.add(
          new Mapping.Level(
              level.temporal(),
              level.spatialX(),
              level.spatialY(),
              level.keeps(),
              unicast.isEmpty() ? Set.of() : Set.of(unicast.split(" "))));
    }
    return new Mapping(levels);
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index].strip() : "";
  }

  private static Map<String, List<Long>> rows(AccessCounts counts) {
    Map<String, List<Long>> rows = new LinkedHashMap<>();
    rows.put("computes", List.of(counts.computes()));
    rows.put("cycles", List.of(counts.computeCycles()));
    for (AccessCounts.Level level : counts.levels()) {
      rows.put(level.name() + " instances", List.of(level.utilizedInstances()));
      rows.put(level.name() + " tensors", List.of((long) level.tensors().size()));
      for (AccessCounts.Tensor t : level.tensors()) {
        rows.put(
            level.name() + " " + t.name(),
            List.of(t.tileWords(), t.reads(), t.fills(), t.updates()));
      }
    }
    return rows;
  }

  @Test
  void timeloopAccountingIsNotCounted() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LoopNestOracle.count(
                    conv1d(4, 1), THREE_LEVELS, mapping("P=4"), Accounting.TIMELOOP))
        .withMessageContaining("TIMELOOP");
  }
}
