package dance.simulate.mapper;

import static dance.workload.Operand.INPUT;
import static dance.workload.Operand.OUTPUT;
import static dance.workload.Operand.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Bandwidth;
import dance.accelerator.CostSource;
import dance.accelerator.Dataflow;
import dance.accelerator.Fanout;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.accelerator.Partition;
import dance.accelerator.Storage;
import dance.accelerator.StorageCosts;
import dance.cost.Objective;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published mappings of FactorFlow (Ronzani and Silvano, ASP-DAC 2025; program at commit
 * 062f9de) on its Eyeriss, in energy and cycles to the last digit that it prints: they cost the
 * same here, and are proven to be optimal under its rules.
 *
 * <p>Its rules: accesses of a word cost the same for reads and writes; a result that leaves a level
 * is read there first (<em>drain</em>); half the bandwidth reads, half writes; factors divide the
 * layer; DRAM and array as here; one row of registers for each operand, of which only the loops of
 * the weights (over K) and of the outputs (over M) are free. As nothing is unrolled between those
 * three levels, they are one level with three memories here. A drain there is charged with the fill
 * or the first accumulation that began the visit, one at the buffer with DRAM's update. Its
 * products M × K · K × N are dimensions K, C and P here. Registers have the bandwidth for one
 * access of each kind in every cycle and are never the slowest. Drains count for the buffer's read
 * port there and not here: the optimum computes all the time, so that both have the same cycles.
 */
class FactorFlowTest {
  private static final double DRAM_PJ = 64;
  private static final double BUFFER_PJ = 2.02;
  private static final double OUTPUT_PJ = 1.34;
  private static final double MAC_PJ = 0.21;

  private static Partition registers(Operand of, long words, double read, double write) {
    StorageCosts costs = new StorageCosts(read, write, write, 0, 0);
    return new Partition(Set.of(of), words, 1, Optional.of(costs));
  }

  /** Its {@code arch_eyeriss}. */
  private static Accelerator eyeriss() {
    MemoryLevel dram =
        MemoryLevel.unbounded("DRAM").energy(DRAM_PJ, DRAM_PJ, DRAM_PJ + BUFFER_PJ).bandwidth(4, 4);
    MemoryLevel buffer =
        MemoryLevel.of("GlobalBuffer", 16_384 * 8)
            .keeps(INPUT, OUTPUT)
            .energy(BUFFER_PJ, BUFFER_PJ, BUFFER_PJ)
            .bandwidth(16, 16)
            .fanout(14, 12);
    // Per word of outputs, one read and one write: of an accumulation, the first one's read being
    // that of a later drain; of a fill, with the drain that follows.
    List<Partition> memories =
        List.of(
            registers(INPUT, 24, 0.69, 0.69),
            registers(WEIGHT, 384, 1.97, 1.97),
            registers(OUTPUT, 32, 0, 2 * OUTPUT_PJ));
    MemoryLevel registers =
        new MemoryLevel(
            "Registers",
            new Storage(24 + 384 + 32, 16, 1, 1, 1, memories),
            Bandwidth.UNLIMITED,
            EnumSet.allOf(Operand.class),
            new Fanout(1, 1),
            Interconnect.IDEAL,
            StorageCosts.FREE,
            CostSource.GIVEN);
    return new Accelerator(
        "FactorFlow's Eyeriss",
        List.of(dram, buffer, registers),
        new MacUnit("Compute", MAC_PJ, 0, 0, 0),
        1000,
        Dataflow.UNCONSTRAINED,
        "its table",
        Overheads.NONE);
  }

  private static Einsum product(int m, int k, int n) {
    return Layer.matmul("product", 1, n, k, m).einsum();
  }

  private static MapSpace space(Einsum product) {
    MapConstraints.Loops once = new MapConstraints.Loops(Map.of("P", 1), Map.of(), List.of());
    MapConstraints rules =
        new MapConstraints(
            List.of(
                MapConstraints.Level.FREE,
                keeping(MapConstraints.Loops.FREE, Set.of("Inputs", "Outputs")),
                keeping(once, Set.of("Inputs", "Weights", "Outputs"))));
    return MapSpace.of(product, eyeriss(), rules).spatial(1, List.of("K", "C"), List.of("K"));
  }

  private static MapConstraints.Level keeping(MapConstraints.Loops temporal, Set<String> tensors) {
    return new MapConstraints.Level(
        temporal, MapConstraints.Loops.FREE, OptionalInt.empty(), tensors, Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "512, 256, 256, 213.43502336, 524288",
    "1024, 1024, 1024, 6834.49253888, 16777216",
    "3072, 1024, 4096, 80838.4987136, 134217728"
  })
  void publishedEdpIsReachedAndProven(int m, int k, int n, double energyUj, long cycles) {
    MapSpace space = space(product(m, k, n)).withPerfectFactors();
    MappingResult found = Mapper.best(space, Objective.EDP, Accounting.EXACT, Effort.DEFAULT);
    assertThat(found.optimal()).isTrue();
    assertThat(found.evaluation().energyPj() / 1e6).isCloseTo(energyUj, within(1e-8 * energyUj));
    assertThat(found.evaluation().cycles()).isEqualTo(cycles);
    MapSpace partial = space(product(m, k, n));
    MappingResult better = Mapper.best(partial, Objective.EDP, Accounting.EXACT, Effort.DEFAULT);
    assertThat(better.optimal()).isTrue();
    assertThat(better.value()).isLessThan(0.7 * found.value());
  }

  @ParameterizedTest
  @CsvSource({
    "512, 256, 256, K=2, K=2 C=2 P=256, K=8, 213.43502336, 524288",
    "1024, 1024, 1024, P=4 K=4 C=8, K=2 P=256, K=8, 6834.49253888, 16777216",
    "3072, 1024, 4096, P=16 K=8 C=8, K=2 P=256, K=12, 80838.4987136, 134217728"
  })
  void itsMappingCostsTheSame(
      int m,
      int k,
      int n,
      String outside,
      String buffer,
      String rows,
      double energyUj,
      long cycles) {
    Einsum product = product(m, k, n);
    Mapping mapping =
        Mapping.parse(
            String.format(
                "DRAM: %s | GlobalBuffer: %s; X: C=8; Y: %s; keeps Inputs, Outputs"
                    + " | Registers: C=16 K=16",
                outside, buffer, rows));
    Evaluation evaluation =
        Analysis.of(product, eyeriss()).evaluate(mapping.namedAs(eyeriss()), Accounting.EXACT);
    assertThat(evaluation.cycles()).isEqualTo(cycles);
    assertThat(evaluation.energyPj() / 1e6).isCloseTo(energyUj, within(1e-8 * energyUj));
    assertThat(withDrains(evaluation.counts(), product.points(), 8) / 1e6)
        .isCloseTo(energyUj, within(1e-8 * energyUj));
  }

  /**
   * Energy by its rules from the accesses: those of each level at one energy, and a read for every
   * result that leaves a level.
   *
   * @param sharing instances that accumulate the same word
   */
  private static double withDrains(AccessCounts counts, long points, int sharing) {
    double[][] eachPj = {
      {DRAM_PJ, DRAM_PJ, DRAM_PJ}, {0, BUFFER_PJ, BUFFER_PJ}, {1.97, 0.69, OUTPUT_PJ}
    };
    List<String> tensors = List.of("Weights", "Inputs", "Outputs");
    double pj = MAC_PJ * points;
    for (int l = 0; l < eachPj.length; l++) {
      for (AccessCounts.Tensor t : counts.levels().get(l).tensors()) {
        double each = eachPj[l][tensors.indexOf(t.name())];
        pj += each * (t.reads() + t.fills() + t.updates());
        if (l < 2 && t.name().equals("Outputs")) {
          pj += t.updates() * (l == 0 ? BUFFER_PJ : OUTPUT_PJ * sharing);
        }
      }
    }
    return pj;
  }
}
