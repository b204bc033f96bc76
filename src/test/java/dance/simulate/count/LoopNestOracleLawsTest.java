package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for the counts of any mapping, whatever the numbers are. */
class LoopNestOracleLawsTest {
  private static final int CASES = 100;

  static IntStream blocks() {
    return IntStream.range(0, 5);
  }

  private static Stream<RandomCases.Case> cases(int block) {
    return LongStream.range(0, CASES).mapToObj(i -> RandomCases.of(1000L * block + i, 1000));
  }

  private static AccessCounts count(RandomCases.Case c, Mapping mapping) {
    return LoopNestOracle.count(c.einsum(), c.accelerator(), mapping, Accounting.EXACT);
  }

  /** Words of a tensor: per axis the number of distinct sums, multiplied. */
  private static long words(Einsum einsum, Tensor tensor) {
    long words = 1;
    for (Axis axis : tensor.axes()) {
      Set<Integer> sums = Set.of(0);
      for (Axis.Term term : axis.terms()) {
        Set<Integer> longer = new HashSet<>();
        for (int sum : sums) {
          for (int i = 0; i < einsum.bound(term.dimension()); i++) {
            longer.add(sum + i * term.coefficient());
          }
        }
        sums = longer;
      }
      words *= sums.size();
    }
    return words;
  }

  private static boolean unicast(Mapping mapping, int outer, int inner, Tensor tensor) {
    return mapping.levels().subList(outer, inner).stream()
        .anyMatch(level -> level.unicast().contains(tensor.name()));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyPointIsComputedOnceOnOneOfTheUsedMacs(int block) {
    cases(block)
        .forEach(
            c -> {
              AccessCounts counts = count(c, c.mapping());
              assertThat(counts.computes()).as(c.toString()).isEqualTo(c.einsum().points());
              long macs = c.accelerator().macUnits();
              assertThat(counts.computeCycles() * macs)
                  .as(c.toString())
                  .isGreaterThanOrEqualTo(counts.computes());
              assertThat(counts.levels().get(0).utilizedInstances()).isEqualTo(1);
              for (int i = 1; i < counts.levels().size(); i++) {
                assertThat(counts.levels().get(i).utilizedInstances())
                    .as(c.toString())
                    .isBetween(
                        counts.levels().get(i - 1).utilizedInstances(),
                        c.accelerator().instances(i));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void wordsThatGoInComeFromOutsideAndWordsThatGoOutArrive(int block) {
    cases(block)
        .forEach(
            c -> {
              AccessCounts counts = count(c, c.mapping());
              for (Tensor tensor : c.einsum().tensors()) {
                boolean output = tensor.role() == Operand.OUTPUT;
                long words = words(c.einsum(), tensor);
                List<Integer> keeping = new ArrayList<>();
                List<AccessCounts.Tensor> chain = new ArrayList<>();
                for (int level = 0; level < counts.levels().size(); level++) {
                  for (AccessCounts.Tensor t : counts.levels().get(level).tensors()) {
                    if (t.name().equals(tensor.name())) {
                      keeping.add(level);
                      chain.add(t);
                    }
                  }
                }
                int last = chain.size() - 1;
                assertThat(chain.get(0).fills()).as(c.toString()).isZero();
                assertThat(chain.get(0).tileWords()).as(c.toString()).isEqualTo(words);
                if (output) {
                  assertThat(chain.get(0).updates() - chain.get(0).reads())
                      .as("first accumulations of the outermost level, %s", c)
                      .isEqualTo(words);
                }
                for (int i = 0; i < last; i++) {
                  AccessCounts.Tensor outer = chain.get(i);
                  AccessCounts.Tensor inner = chain.get(i + 1);
                  long sent = output ? outer.updates() : outer.reads();
                  long moved = output ? inner.fills() + held(inner) : inner.fills();
                  String what = outer + " → " + inner + " of " + c;
                  assertThat(sent).as(what).isBetween(words, moved);
                  if (unicast(c.mapping(), keeping.get(i), keeping.get(i + 1), tensor)) {
                    assertThat(sent).as(what).isEqualTo(moved);
                  }
                  assertThat(inner.tileWords()).as(what).isBetween(1L, outer.tileWords());
                }
                AccessCounts.Tensor innermost = chain.get(last);
                long served = output ? innermost.updates() : innermost.reads();
                assertThat(served)
                    .as(c.toString())
                    .isBetween(counts.computeCycles(), counts.computes());
                if (unicast(c.mapping(), keeping.get(last), counts.levels().size(), tensor)) {
                  assertThat(served).as(c.toString()).isEqualTo(counts.computes());
                }
              }
            });
  }

  /** Distinct words that the instances of a level ever hold: what they accumulate first. */
  private static long held(AccessCounts.Tensor output) {
    return output.updates() - output.reads();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void loopsOfOneIterationChangeNothing(int block) {
    assertUnchanged(
        block,
        level ->
            new Mapping.Level(
                surrounded(level.temporal()),
                surrounded(level.spatialX()),
                surrounded(level.spatialY()),
                level.keeps(),
                level.unicast()));
  }

  private static List<Einsum.Loop> surrounded(List<Einsum.Loop> loops) {
    List<Einsum.Loop> longer = new ArrayList<>(loops);
    for (Einsum.Loop loop : loops) {
      longer.add(0, new Einsum.Loop(loop.dimension(), 1));
      longer.add(new Einsum.Loop(loop.dimension(), 1));
    }
    return longer;
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void swappingXAndYChangesNothingWhereTheyShareNoDimension(int block) {
    assertUnchanged(
        block,
        level ->
            distinct(Stream.concat(level.spatialX().stream(), level.spatialY().stream()).toList())
                ? new Mapping.Level(
                    level.temporal(),
                    level.spatialY(),
                    level.spatialX(),
                    level.keeps(),
                    level.unicast())
                : level);
  }

  /** Temporal loops of the innermost level are inside every tile: their order cannot matter. */
  @ParameterizedTest
  @MethodSource("blocks")
  void orderInsideTheInnermostLevelChangesNothing(int block) {
    cases(block)
        .forEach(
            c -> {
              List<Mapping.Level> levels = new ArrayList<>(c.mapping().levels());
              Mapping.Level level = levels.remove(levels.size() - 1);
              List<Einsum.Loop> reversed = new ArrayList<>(level.temporal());
              Collections.reverse(reversed);
              levels.add(
                  new Mapping.Level(
                      distinct(reversed) ? reversed : level.temporal(),
                      level.spatialX(),
                      level.spatialY(),
                      level.keeps(),
                      level.unicast()));
              assertThat(count(c, new Mapping(levels)))
                  .as(c.toString())
                  .isEqualTo(count(c, c.mapping()));
            });
  }

  private static void assertUnchanged(int block, UnaryOperator<Mapping.Level> change) {
    cases(block)
        .forEach(
            c -> {
              List<Mapping.Level> levels = c.mapping().levels().stream().map(change).toList();
              assertThat(count(c, new Mapping(levels)))
                  .as(c.toString())
                  .isEqualTo(count(c, c.mapping()));
            });
  }

  private static boolean distinct(List<Einsum.Loop> loops) {
    return loops.stream().map(Einsum.Loop::dimension).distinct().count() == loops.size();
  }
}
