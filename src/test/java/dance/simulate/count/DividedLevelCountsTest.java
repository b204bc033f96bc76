package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A level with a pad for each operand counts and costs what three levels with one operand each do,
 * as other tools describe Eyeriss: in the closed form, and executed loop by loop.
 */
class DividedLevelCountsTest {
  private static final int BLOCKS = 10;
  private static final int CASES = 30;

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void padsAreThreeLevelsThatBypass(int block) {
    for (int i = 0; i < CASES; i++) {
      RandomCases.Case c = RandomCases.of(31_000L + 100 * block + i, 600);
      int at = c.accelerator().levels().size() - 1 - i % 2;
      if (at < 1) {
        continue;
      }
      Accelerator pads =
          c.accelerator().level(c.accelerator().levels().get(at).name(), l -> pads(l));
      Accelerator stacked = stacked(pads, at);
      Mapping threefold = threefold(c, at);
      AccessCounts divided = Analysis.of(c.einsum(), pads).count(c.mapping(), Accounting.EXACT);
      AccessCounts three = Analysis.of(c.einsum(), stacked).count(threefold, Accounting.EXACT);
      AccessCounts executed =
          LoopNestOracle.count(c.einsum(), stacked, threefold, Accounting.EXACT);
      assertThat(three).as(c.toString()).isEqualTo(executed);
      assertThat(tensors(three, at)).as(c.toString()).isEqualTo(tensors(divided, at));
      Pricing one = priced(c, pads, c.mapping());
      Pricing other = priced(c, stacked, threefold);
      assertThat(one.cycles).as(c.toString()).isEqualTo(other.cycles);
      assertThat(one.totalPj).as(c.toString()).isCloseTo(other.totalPj, within(1e-9 * one.totalPj));
    }
  }

  private static Pricing priced(RandomCases.Case c, Accelerator accelerator, Mapping mapping) {
    Pricing pricing = new Pricing(new CompiledEinsum(c.einsum()), accelerator);
    pricing.price(CompiledMapping.of(mapping, c.einsum(), accelerator), Accounting.EXACT);
    return pricing;
  }

  /** Energies differ from pad to pad; a network for inputs. */
  private static MemoryLevel pads(MemoryLevel level) {
    return level
        .energy(3, 5, 7)
        .network(Operand.INPUT, 0.5)
        .partition(1_000_000, 1_000_000, 1_000_000);
  }

  /** Three levels in place of one, with fan-out, ports and networks at the innermost. */
  private static Accelerator stacked(Accelerator pads, int at) {
    List<MemoryLevel> levels = new ArrayList<>(pads.levels());
    MemoryLevel pool = levels.remove(at).pooled();
    levels.add(at, one(pool, Operand.WEIGHT).fanout(1, 1));
    levels.add(at + 1, one(pool, Operand.INPUT).fanout(1, 1));
    levels.add(at + 2, one(pool, Operand.OUTPUT));
    return new Accelerator(
        "stacked",
        levels,
        pads.mac(),
        pads.clockMhz(),
        pads.dataflow(),
        pads.technology(),
        pads.overheads());
  }

  private static MemoryLevel one(MemoryLevel pool, Operand operand) {
    return pool.named(pool.name() + operand).keeps(operand);
  }

  private static Mapping threefold(RandomCases.Case c, int at) {
    List<Mapping.Level> levels = new ArrayList<>(c.mapping().levels());
    Mapping.Level own = levels.remove(at);
    levels.add(at, kept(c, own, Operand.WEIGHT, false));
    levels.add(at + 1, kept(c, own, Operand.INPUT, false));
    levels.add(at + 2, kept(c, own, Operand.OUTPUT, true));
    return new Mapping(levels);
  }

  private static Mapping.Level kept(
      RandomCases.Case c, Mapping.Level own, Operand operand, boolean loops) {
    Set<String> keeps =
        c.einsum().tensors().stream()
            .filter(t -> t.role() == operand && own.keeps().contains(t.name()))
            .map(Tensor::name)
            .collect(Collectors.toSet());
    return loops
        ? new Mapping.Level(own.temporal(), own.spatialX(), own.spatialY(), keeps, own.unicast())
        : new Mapping.Level(List.of(), List.of(), List.of(), keeps, own.unicast());
  }

  /** Counts of the tensors at a level, or at the levels in its place. */
  private static Set<AccessCounts.Tensor> tensors(AccessCounts counts, int at) {
    return counts.levels().stream()
        .skip(at)
        .flatMap(level -> level.tensors().stream())
        .collect(Collectors.toSet());
  }
}
