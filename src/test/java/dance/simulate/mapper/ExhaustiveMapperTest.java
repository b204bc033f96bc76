package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.count.Analysis;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.simulate.mapping.NestText;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Small map spaces counted by hand, and laws of the enumeration. */
class ExhaustiveMapperTest {
  private static final Tensor ROWS = Tensor.of("Inputs", Operand.INPUT, Axis.of("A"), Axis.of("B"));
  private static final Tensor SUMS = Tensor.of("Outputs", Operand.OUTPUT, Axis.of("A"));

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @Test
  void twoDimensionsOverTwoLevelsMakeNineteenMappings() {
    // A and B stand outside or inside: 4 nests, of which one has two loops outside. If the inner
    // level keeps nothing, order is immaterial: 4. If it keeps Inputs, Outputs or both, there are
    // 5 nests each.
    assertThat(count(space(2, 3, MapConstraints.free(2), false, outer(), inner()), false))
        .isEqualTo(4 + 3 * 5);
  }

  @Test
  void everyOrderOfTheSameSpaceMakesTwentyFourMappings() {
    // Two loops at either level have two orders: 6 nests for each of 4 choices of kept tensors.
    assertThat(count(space(2, 3, MapConstraints.free(2), false, outer(), inner()), true))
        .isEqualTo(4 * 6);
  }

  @Test
  void aKeptAndABypassedTensorLeaveOneChoice() {
    MapConstraints.Level fixed =
        new MapConstraints.Level(
            MapConstraints.Loops.FREE,
            MapConstraints.Loops.FREE,
            OptionalInt.empty(),
            Set.of("Inputs"),
            Set.of("Outputs"));
    MapConstraints constraints = new MapConstraints(List.of(MapConstraints.Level.FREE, fixed));
    assertThat(count(space(2, 3, constraints, false, outer(), inner()), false)).isEqualTo(5);
  }

  @Test
  void aLevelThatKeepsOnlyOutputsHasTwoChoices() {
    MemoryLevel dedicated = inner().keeps(Operand.OUTPUT);
    assertThat(count(space(2, 3, MapConstraints.free(2), false, outer(), dedicated), false))
        .isEqualTo(4 + 5);
  }

  @ParameterizedTest
  @CsvSource({
    // Of 5, spatial factors 1, 2 and 3 leave 5, 3 and 2, and 4 leaves no less than 3 does. Only 5
    // and 1 divide.
    "5, 4, false, 2", "5, 4, true, 6",
    // Along X 1 or 2 of 4 units: each leaves 4 or 2, that is 3 or 2 divisors for the next loop.
    "4, 2, false, 5", "4, 2, true, 5"
  })
  void spatialFactorsAreDivisorsOrUsefulOnes(
      int bound, int units, boolean remainders, int expected) {
    // The innermost level spreads over units; temporal loops stand at both levels.
    MemoryLevel spreading = inner().keeps(Operand.OUTPUT).fanout(units, 1);
    MapConstraints.Level kept =
        new MapConstraints.Level(
            MapConstraints.Loops.FREE,
            MapConstraints.Loops.FREE,
            OptionalInt.empty(),
            Set.of("Outputs"),
            Set.of());
    MapConstraints constraints = new MapConstraints(List.of(MapConstraints.Level.FREE, kept));
    assertThat(count(space(bound, 1, constraints, remainders, outer(), spreading), false))
        .isEqualTo(expected);
  }

  @Test
  void freeArraysTakeADimensionAlongBothAxes() {
    MapCase free = space(4, 1, MapConstraints.free(1), false, outer().fanout(2, 2));
    assertThat(count(free, false)).isEqualTo(4);
    MapConstraints.Level allAlongY =
        new MapConstraints.Level(
            MapConstraints.Loops.FREE,
            MapConstraints.Loops.FREE,
            OptionalInt.of(0),
            Set.of(),
            Set.of());
    MapConstraints constraints = new MapConstraints(List.of(allAlongY));
    assertThat(count(space(4, 1, constraints, false, outer().fanout(2, 2)), false)).isEqualTo(2);
  }

  @Test
  void aPrefixOfTheOrderLeavesTheOthersFreeOutside() {
    assertThat(LoopOrders.of(List.of(0, 1, 2, 3), List.of(2, 4, 0)))
        .containsExactly(List.of(1, 3, 0, 2), List.of(3, 1, 0, 2));
  }

  @Test
  void factorsAndLimitsHoldForBothAxesTogether() {
    MapConstraints.Loops fixed =
        new MapConstraints.Loops(Map.of("A", 4), Map.of(), List.of("B", "A"));
    MapConstraints.Loops limited = new MapConstraints.Loops(Map.of(), Map.of("A", 2), List.of());
    // A = 4 runs along X or along Y; at most 2 along X, along Y or not at all.
    assertThat(count(spreading(fixed), false)).isEqualTo(2);
    assertThat(count(spreading(limited), false)).isEqualTo(3);
  }

  private static MapCase spreading(MapConstraints.Loops spatial) {
    MapConstraints.Level level =
        new MapConstraints.Level(
            MapConstraints.Loops.FREE, spatial, OptionalInt.empty(), Set.of(), Set.of());
    return space(4, 1, new MapConstraints(List.of(level)), false, outer().fanout(4, 4));
  }

  @Test
  void theLeastValueIsThatOfTheMappingThatReachesIt() {
    // Keeping sums inside saves their updates outside: 2 · 3 words become 2.
    MapCase space =
        space(
            2,
            3,
            MapConstraints.free(2),
            false,
            outer().energy(1, 1, 100),
            MemoryLevel.of("L1", 1).energy(1, 1, 1));
    ExhaustiveMapper.Found found = ExhaustiveMapper.best(space);
    // Inputs are read from outside, 6 pJ. Each sum leaves once, 2 · 100 pJ; inside it is updated
    // three times, 6 pJ, and read for all but its first update, 4 pJ.
    assertThat(found.objective()).isEqualTo(6 + 200 + 6 + 4);
    Mapping best = found.best().orElseThrow();
    assertThat(best.levels().get(1).keeps()).containsExactly("Outputs");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mappingsFitAndCostWhatTheAnalysisSays(int seed) {
    MapCase space = RandomMapSpaces.of(seed, 1500);
    Analysis analysis = Analysis.of(space.einsum(), space.accelerator());
    Pricing pricing = new Pricing(new CompiledEinsum(space.einsum()), space.accelerator());
    Set<Mapping> fitting = new HashSet<>();
    new MapEnumeration(space, false)
        .forEach(
            new TileCapacity(space),
            nest -> {
              Mapping mapping = MapEnumeration.mapping(nest, space.einsum());
              assertThat(fitting.add(mapping)).as("seen once: %s", mapping).isTrue();
              pricing.price(nest, space.accounting());
              Evaluation evaluation = analysis.evaluate(mapping, space.accounting());
              assertThat(pricing.cycles).isEqualTo(evaluation.cycles());
              assertThat(pricing.totalPj)
                  .isCloseTo(evaluation.energyPj(), within(1e-12 * evaluation.energyPj()));
            });
    long[] misfits = {0};
    new MapEnumeration(space, false)
        .forEach(
            everything(),
            nest -> {
              Mapping mapping = MapEnumeration.mapping(nest, space.einsum());
              if (!fitting.contains(mapping)) {
                misfits[0]++;
                assertThatThrownBy(() -> analysis.evaluate(mapping, space.accounting()))
                    .hasMessageContaining("do not fit");
              }
            });
    assertThat(fitting.size() + misfits[0])
        .isEqualTo(new MapEnumeration(space, false).size(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderIsImmaterialWhereNothingIsKeptFurtherInside(int seed) {
    MapCase space = RandomMapSpaces.of(1000 + seed, 3000);
    if (space.accounting() == Accounting.TIMELOOP && Mapper.endsInADummy(space.accelerator())) {
      return; // Timeloop counts as if such a dummy kept its tile.
    }
    Pricing pricing = new Pricing(new CompiledEinsum(space.einsum()), space.accelerator());
    Map<List<Object>, List<Double>> costs = new HashMap<>();
    new MapEnumeration(space, true)
        .forEach(
            new TileCapacity(space),
            nest -> {
              pricing.price(nest, space.accounting());
              List<Double> cost = List.of(pricing.totalPj, (double) pricing.cycles);
              assertThat(costs.computeIfAbsent(key(nest), k -> cost))
                  .as(
                      () ->
                          NestText.print(
                              space.einsum(), MapEnumeration.mapping(nest, space.einsum())))
                  .isEqualTo(cost);
            });
    assertThat(costs).hasSize(Math.toIntExact(ExhaustiveMapper.best(space).mappings()));
  }

  /** The nest, but for the order of the loops inside the last tile. */
  private static List<Object> key(CompiledMapping nest) {
    int inside = nest.start[KeptTensors.deepest(nest.keeps)];
    List<List<Integer>> loops =
        IntStream.range(0, nest.size)
            .mapToObj(
                i ->
                    List.of(levelOf(nest, i), (int) nest.kind[i], nest.dimension[i], nest.bound[i]))
            .toList();
    return List.of(
        List.of(nest.keeps),
        loops.subList(0, inside),
        new HashSet<>(loops.subList(inside, loops.size())));
  }

  private static int levelOf(CompiledMapping nest, int loop) {
    int level = 0;
    while (nest.start[level + 1] <= loop) {
      level++;
    }
    return level;
  }

  private static MapEnumeration.Filter everything() {
    return new MapEnumeration.Filter() {
      @Override
      public void begin(int[][] split) {}

      @Override
      public boolean wants(TensorSet[] keeps) {
        return true;
      }
    };
  }

  private static long count(MapCase space, boolean everyOrder) {
    long[] count = {0};
    new MapEnumeration(space, everyOrder).forEach(everything(), nest -> count[0]++);
    if (!everyOrder) {
      assertThat(count[0]).isEqualTo(new MapEnumeration(space, false).size(Long.MAX_VALUE));
    }
    return count[0];
  }

  private static MemoryLevel outer() {
    return MemoryLevel.unbounded("L0");
  }

  private static MemoryLevel inner() {
    return MemoryLevel.of("L1", 1000);
  }

  /** Sums of rows of a matrix, for the least energy. */
  private static MapCase space(
      int rows,
      int columns,
      MapConstraints constraints,
      boolean remainders,
      MemoryLevel... levels) {
    Einsum einsum =
        new Einsum(
            "sums",
            List.of(new Einsum.Loop("A", rows), new Einsum.Loop("B", columns)),
            List.of(ROWS, SUMS),
            Einsum.Op.ACCUMULATE);
    Accelerator accelerator =
        new Accelerator(
            "small",
            List.of(levels),
            new MacUnit("mac", 0, 0, 0, 0),
            1000,
            Dataflow.UNCONSTRAINED,
            "none",
            Overheads.NONE);
    return new MapCase(
        "by hand",
        einsum,
        accelerator,
        constraints,
        MapCase.unbound(accelerator),
        remainders,
        MapCase.Goal.ENERGY,
        Accounting.EXACT);
  }
}
