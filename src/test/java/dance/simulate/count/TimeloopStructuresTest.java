package dance.simulate.count;

import static dance.simulate.mapping.NestText.level;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.explain.Explainer;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two structures with levels that keep nothing, in which Timeloop counts other accesses than there
 * are. The large ones are published results of its exercises (timeloop-accelergy-exercises,
 * tutorials of 2024 and of ISPASS 2020, inputs at {@code buffer} and {@code shared_glb}).
 */
class TimeloopStructuresTest {
  private static final String[] ALL = {"Weights", "Inputs", "Outputs"};

  private static Tensor tensor(String name, Operand role, String... dimensions) {
    return new Tensor(
        name,
        role,
        Stream.of(dimensions).map(d -> new Axis(List.of(new Axis.Term(d, 1)))).toList());
  }

  /** Weights [A][D], Inputs [B][D], Outputs [A][B]. */
  private static Einsum product(int a, int b, int d) {
    return new Einsum(
        "product",
        List.of(new Einsum.Loop("A", a), new Einsum.Loop("B", b), new Einsum.Loop("D", d)),
        List.of(
            tensor("Weights", Operand.WEIGHT, "A", "D"),
            tensor("Inputs", Operand.INPUT, "B", "D"),
            tensor("Outputs", Operand.OUTPUT, "A", "B")),
        Einsum.Op.MULTIPLY_ACCUMULATE);
  }

  /** The levels of a mapping, each with the fan-out that its spatial loops need. */
  private static Accelerator accelerator(Mapping mapping) {
    List<MemoryLevel> levels = new ArrayList<>();
    for (Mapping.Level level : mapping.levels()) {
      MemoryLevel memory =
          MemoryLevel.unbounded("L" + levels.size())
              .fanout(product(level.spatialX()), product(level.spatialY()));
      levels.add(level.keeps().isEmpty() ? memory.keeps(new Operand[0]) : memory);
    }
    return new Accelerator(
        "structure",
        levels,
        new MacUnit("mac", 0.5, 0.5, 0, 0),
        1000,
        Dataflow.UNCONSTRAINED,
        "none",
        Overheads.NONE);
  }

  private static int product(List<Einsum.Loop> loops) {
    return loops.stream().mapToInt(Einsum.Loop::bound).reduce(1, (a, b) -> a * b);
  }

  static Stream<Arguments> structures() {
    Mapping still =
        new Mapping(
            List.of(
                level("", "", "", ALL), level("D=2 B=5 A=3", "", "", ALL), level("", "", "A=4")));
    Mapping tutorial =
        new Mapping(
            List.of(
                level("C=2 N=32 K=2 Q=4 P=128", "", "", ALL),
                level("C=64 Q=32 K=8", "", "", ALL),
                level("", "", "K=8")));
    Mapping steps =
        new Mapping(
            List.of(
                level("", "", "", ALL),
                level("", "", "", ALL),
                level("", "", "Q=14"),
                level("", "S=3", ""),
                level("", "", "", "Inputs")));
    Mapping eyeriss =
        new Mapping(
            List.of(
                level("K=16 P=7 Q=4 C=32", "", "", ALL),
                level("P=8", "", "", "Inputs", "Outputs"),
                level("", "", "Q=14"),
                level("", "C=4 S=3", ""),
                level("", "", "", "Inputs"),
                level("R=3", "", "", "Weights"),
                level("K=16", "", "", "Outputs")));
    return Stream.of(
        arguments("still, by hand", product(12, 5, 2), still, 30L, 10L),
        arguments(
            "still, published",
            Layer.pointwise("tutorial", 128, 128, 128).batch(32).einsum(),
            tutorial,
            1_073_741_824L,
            134_217_728L),
        arguments(
            "two steps, by hand",
            Layer.conv("diagonals", 1, 1).kernel(1, 3).output(1, 14).einsum(),
            steps,
            16L,
            42L),
        arguments(
            "two steps, published",
            Layer.conv("ispass", 128, 256).kernel(3).output(56).einsum(),
            eyeriss,
            9_175_040L,
            24_084_480L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("structures")
  void readsOfInputs(String name, Einsum einsum, Mapping mapping, long exact, long timeloop) {
    Analysis analysis = Analysis.of(einsum, accelerator(mapping));
    assertThat(reads(analysis.count(mapping, Accounting.EXACT))).isEqualTo(exact);
    assertThat(reads(analysis.count(mapping, Accounting.TIMELOOP))).isEqualTo(timeloop);
  }

  /** Of the level that is read by what the structure is about. */
  private static long reads(AccessCounts counts) {
    return counts.levels().get(1).tensors().stream()
        .filter(t -> t.name().equals("Inputs"))
        .mapToLong(AccessCounts.Tensor::reads)
        .findFirst()
        .orElseThrow();
  }

  /** The rest of the published result of the first structure, which the two tools agree on. */
  @Test
  void otherCountsOfThePublishedResult() {
    Object[] row = structures().toList().get(1).get();
    Mapping mapping = (Mapping) row[2];
    AccessCounts counts =
        Analysis.of((Einsum) row[1], accelerator(mapping)).count(mapping, Accounting.TIMELOOP);
    assertThat(counts.computeCycles()).isEqualTo(1_073_741_824L);
    assertThat(counts.levels().get(1).tensors())
        .containsExactlyInAnyOrder(
            new AccessCounts.Tensor("Weights", 4096, 8_589_934_592L, 524_288, 0),
            new AccessCounts.Tensor("Inputs", 2048, 134_217_728, 134_217_728, 0),
            new AccessCounts.Tensor("Outputs", 2048, 8_522_825_728L, 67_108_864, 8_589_934_592L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("structures")
  void explanationsSayWhatWasCounted(
      String name, Einsum einsum, Mapping mapping, long exact, long timeloop) {
    for (Accounting accounting : Accounting.values()) {
      Evaluation evaluation =
          Analysis.of(einsum, accelerator(mapping)).evaluate(mapping, accounting);
      long expected = accounting == Accounting.EXACT ? exact : timeloop;
      assertThat(Explainer.of(evaluation).explain("L1.reads.Inputs").value()).isEqualTo(expected);
      Explainer explainer = Explainer.of(evaluation);
      explainer.names().forEach(explainer::explain);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("structures")
  void theExecutedLoopNestCountsTheExactNumber(
      String name, Einsum einsum, Mapping mapping, long exact, long timeloop) {
    if (einsum.points() < 1000) {
      Accelerator accelerator = accelerator(mapping);
      assertThat(reads(LoopNestOracle.count(einsum, accelerator, mapping, Accounting.EXACT)))
          .isEqualTo(exact);
    }
  }
}
