package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dance.interchange.ReferenceCases;
import dance.interchange.ReferenceRows;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In EXACT accounting, what differs from the reference tool is what the executed nest counts. */
class ExactAccountingTest {
  private static final StringBuilder TABLE =
      new StringBuilder(line("case", "rows", "differ in EXACT", "energy [%]"));

  static List<ReferenceCases.Case> cases() {
    return ReferenceCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyDifferenceFromTheReferenceIsExecuted(ReferenceCases.Case reference) {
    Evaluation evaluation =
        Analysis.of(reference.einsum(), reference.accelerator())
            .evaluate(reference.mapping(), Accounting.EXACT);
    Map<String, Double> ours = ReferenceRows.of(evaluation);
    Map<String, Double> theirs = ReferenceRows.of(reference.stats());
    List<ReferenceRows.Difference> differences = ReferenceRows.differences(ours, theirs);
    assertThat(ours).hasSameSizeAs(theirs);
    TABLE.append(
        line(
            reference.name(),
            theirs.size(),
            differences.size(),
            String.format(
                Locale.ROOT, "%+.2f", 100 * (ours.get("energy") / theirs.get("energy") - 1))));
    if (differences.isEmpty()) {
      return;
    }
    Map<String, Double> expected = new LinkedHashMap<>(theirs);
    ExecutedCounts executed = ExecutedCounts.of(evaluation);
    for (ReferenceRows.Difference difference : differences) {
      String row = difference.row();
      if (row.equals("cycles") && !executed.isPointByPoint()) {
        // Where ports bound the time, it follows from the counts; only one such case differs.
        assertThat(reference.name()).isEqualTo("eyeriss-mbv2-dw-s2");
        expected.put(row, writesOfTheBuffer(theirs) / 16);
      } else if (!ReferenceRows.isDerived(row)) {
        expected.put(row, executed.count(row));
      }
    }
    expected = ReferenceRows.derived(expected, reference.accelerator());
    assertThat(ReferenceRows.differences(ours, expected)).isEmpty();
  }

  private static double writesOfTheBuffer(Map<String, Double> rows) {
    return rows.get("shared_glb Inputs fills") + rows.get("shared_glb Outputs updates");
  }

  private static String line(Object name, Object rows, Object differences, Object energy) {
    return String.format("%-34s %6s %16s %12s%n", name, rows, differences, energy);
  }

  @AfterAll
  static void print() {
    System.out.print(TABLE);
  }

  static Stream<RandomCases.Case> perfectCases() {
    return IntStream.range(0, 400)
        .mapToObj(seed -> RandomCases.of(seed, 300))
        .filter(
            c ->
                CompiledMapping.of(c.mapping(), c.einsum(), c.accelerator())
                    .isPerfect(new CompiledEinsum(c.einsum()).bounds));
  }

  /** What {@link TileExecution} finds for large cases rests on this. */
  @ParameterizedTest
  @MethodSource("perfectCases")
  void tilesStepByStepReceiveWhatTheyReceivePointByPoint(RandomCases.Case c) {
    AccessCounts counts =
        LoopNestOracle.count(c.einsum(), c.accelerator(), c.mapping(), Accounting.EXACT);
    for (Tensor tensor : c.einsum().tensors()) {
      if (tensor.role() == Operand.OUTPUT) {
        continue;
      }
      int outer = 0;
      for (int inner = 1; inner < c.mapping().levels().size(); inner++) {
        if (c.mapping().levels().get(inner).keeps().contains(tensor.name())) {
          TileExecution.Traffic traffic =
              TileExecution.run(c.einsum(), c.mapping(), tensor.name(), outer, inner);
          assertThat(traffic.reads()).isEqualTo(of(counts, outer, tensor).reads());
          assertThat(traffic.fills()).isEqualTo(of(counts, inner, tensor).fills());
          outer = inner;
        }
      }
    }
  }

  private static AccessCounts.Tensor of(AccessCounts counts, int level, Tensor tensor) {
    return counts.levels().get(level).tensors().stream()
        .filter(t -> t.name().equals(tensor.name()))
        .findFirst()
        .orElseThrow();
  }
}
