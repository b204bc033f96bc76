package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A case of a public course hand-out that can be checked by hand: a convolution N50 M8 C4 R5 S5 P28
 * Q28 on PEs that hold one weight each, and all else in a global buffer.
 */
class GoldenCaseTest {
  private static final Einsum CONVOLUTION =
      Layer.conv("golden", 4, 8).kernel(5).output(28).batch(50).einsum();

  private static Accelerator pes(int count) {
    return new Accelerator(
        "hand-out",
        List.of(
            MemoryLevel.unbounded("DRAM"),
            MemoryLevel.unbounded("GLB").fanout(count, 1),
            MemoryLevel.of("PE", 1).keeps(Operand.WEIGHT)),
        new MacUnit("MAC", 1, 1, 0, 0),
        1000,
        Dataflow.UNCONSTRAINED,
        "none",
        Overheads.NONE);
  }

  private static Walk walk(int pes, String glb) {
    return Walk.of(
        CONVOLUTION,
        pes(pes),
        Mapping.parse("DRAM: \n GLB: " + glb + "\n PE: ", CONVOLUTION, pes(pes)));
  }

  private static long reads(AccessCounts counts, String tensor) {
    return counts.levels().get(1).tensors().stream()
        .filter(t -> t.name().equals(tensor))
        .mapToLong(AccessCounts.Tensor::reads)
        .sum();
  }

  @Test
  void onePeReadsEveryInputAPartialSumAndEachWeightOncePerImage() {
    Walk walk = walk(1, "N=50 K=8 C=4 R=5 S=5 P=28 Q=28");
    assertThat(CONVOLUTION.points()).isEqualTo(31_360_000);
    assertThat(walk.steps()).isEqualTo(31_360_000);
    AccessCounts counts = walk.last().counts();
    assertThat(counts).isEqualTo(walk.evaluation().counts());
    assertThat(reads(counts, "Inputs")).isEqualTo(31_360_000);
    assertThat(reads(counts, "Weights")).isEqualTo(40_000);
    assertThat(reads(counts, "Outputs")).isEqualTo(31_046_400);
    assertThat(reads(counts, "Inputs") + reads(counts, "Weights") + reads(counts, "Outputs"))
        .isEqualTo(62_446_400);
  }

  @Test
  void withTheOutputChannelsOverFourPesInputsAreReadAQuarterAsOften() {
    Walk walk = walk(4, "N=50 K=2 C=4 R=5 S=5 P=28 Q=28; X: K=4");
    assertThat(walk.steps()).isEqualTo(7_840_000);
    assertThat(reads(walk.last().counts(), "Inputs")).isEqualTo(7_840_000);
    assertThat(walk.first().moves())
        .anySatisfy(
            move -> {
              assertThat(move.tensor()).isEqualTo("Inputs");
              assertThat(move.words()).isEqualTo(1);
              assertThat(move.delivered()).isEqualTo(4);
            });
  }

  /** The first PE begins at once, the last three columns and three rows later. */
  @Test
  void anOutputStationaryArrayOfFourByFourTakesTenCyclesWithFillAndDrain() {
    Einsum gemm = Layer.matmul("gemm", 1, 4, 4, 4).einsum();
    Accelerator array =
        new Accelerator(
            "systolic",
            List.of(
                MemoryLevel.unbounded("GLB")
                    .fanout(4, 4)
                    .interconnect(Interconnect.IDEAL.latency(3, 3)),
                MemoryLevel.of("PE", 1).keeps(Operand.OUTPUT)),
            new MacUnit("MAC", 1, 1, 0, 0),
            1000,
            Dataflow.UNCONSTRAINED,
            "none",
            Overheads.NONE);
    Walk walk = Walk.of(gemm, array, Mapping.parse("GLB: C=4; X: P=4; Y: K=4\n PE: ", gemm, array));
    assertThat(walk.steps()).isEqualTo(4);
    assertThat(walk.last().cycle()).isEqualTo(4);
    assertThat(walk.evaluation().cycles()).isEqualTo(10);
    assertThat(walk.last().tile("Outputs", "PE").why().change()).isEqualTo(Tile.Change.STAYS);
  }
}
