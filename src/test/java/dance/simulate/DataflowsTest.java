package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.cost.Objective;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MapSpace;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DataflowsTest {
  private static final List<Dataflow> CONSTRAINED =
      List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY);

  private static final List<Layer> KINDS =
      List.of(
          Layer.conv("conv", 6, 10).kernel(3).output(9).stride(2),
          Layer.conv("grouped", 8, 12).groups(2).kernel(3, 1).output(5, 7),
          Layer.depthwise("depthwise", 12).kernel(3).output(10),
          Layer.pointwise("pointwise", 10, 14, 7).batch(2),
          Layer.fullyConnected("fc", 30, 22),
          Layer.matmul("matmul", 3, 10, 8, 6),
          Layer.pool("pool", 12).kernel(2).stride(2).output(5),
          Layer.add("add", 10).output(6));

  static Stream<Arguments> kindsUnderDataflows() {
    return KINDS.stream().flatMap(layer -> CONSTRAINED.stream().map(d -> arguments(layer, d)));
  }

  @ParameterizedTest
  @MethodSource("kindsUnderDataflows")
  void theBestMappingOfEveryKindOfLayerIsOfItsDataflow(Layer layer, Dataflow dataflow) {
    for (Objective objective : List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP)) {
      for (Accelerator accelerator :
          List.of(
              Accelerators.template(5, 4, 12, dataflow),
              Accelerators.template(8, 8, 4, dataflow))) {
        MappingResult found = best(layer, accelerator, objective);
        assertThat(DataflowRules.violations(found.mapping(), accelerator, 1, dataflow)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kindsUnderDataflows")
  void severalLevelsAreMappedToo(Layer layer, Dataflow dataflow) {
    Accelerator simba = Accelerators.simbaLike().dataflow(dataflow);
    MappingResult found = best(layer, simba, Objective.EDP);
    assertThat(DataflowRules.violations(found.mapping(), simba, 4, dataflow)).isEmpty();
  }

  private static MappingResult best(Layer layer, Accelerator accelerator, Objective objective) {
    return Mapper.best(
        Dataflows.space(layer.einsum(), accelerator),
        objective,
        Accounting.EXACT,
        Effort.steps(20_000));
  }

  @Test
  void theRulesOfTheTestSeeWhatIsNotOfADataflow() {
    Layer layer = Layer.conv("conv", 4, 4).output(4);
    Accelerator accelerator = Accelerators.template(4, 4, 16, Dataflow.UNCONSTRAINED);
    MappingResult free = best(layer, accelerator, Objective.LATENCY);
    Mapping.Level array = free.mapping().levels().get(1);
    Mapping.Level turned =
        new Mapping.Level(
            List.of(new Einsum.Loop("P", 4), new Einsum.Loop("K", 4)),
            List.of(new Einsum.Loop("C", 4)),
            List.of(new Einsum.Loop("Q", 4)),
            array.keeps(),
            array.unicast());
    Mapping wrong =
        new Mapping(
            List.of(free.mapping().levels().get(0), turned, free.mapping().levels().get(2)));
    assertThat(DataflowRules.violations(wrong, accelerator, 1, Dataflow.WEIGHT_STATIONARY))
        .containsExactly("GLB X: C=4", "GLB Y: Q=4", "order [P=4, K=4]: P=4 must be further in");
  }

  @ParameterizedTest
  @CsvSource({
    "weight, WEIGHT_STATIONARY, 3, 5, 9",
    "output, OUTPUT_STATIONARY, 4, 4, 8",
    "row, ROW_STATIONARY, 4, 3, 8"
  })
  void aLayerThatFitsTheArrayOnceRunsInOnePass(
      String name, Dataflow dataflow, int peX, int peY, int rest) {
    // K=3 C=5, P=Q=4 and P=4 R=3 fill the array; what remains are as many cycles as there are
    // iterations of the other dimensions.
    Layer layer =
        switch (dataflow) {
          case WEIGHT_STATIONARY -> Layer.pointwise(name, 5, 3, 3);
          case OUTPUT_STATIONARY -> Layer.pointwise(name, 8, 1, 4);
          default -> Layer.conv(name, 2, 1).kernel(3, 1).output(4, 4);
        };
    Accelerator accelerator = Accelerators.template(peX, peY, 64, dataflow);
    for (MemoryLevel level : accelerator.levels()) {
      double unlimited = Double.POSITIVE_INFINITY;
      accelerator = accelerator.level(level.bandwidth(unlimited, unlimited));
    }
    accelerator = accelerator.level(fastMemory(accelerator.levels().get(0)));
    MappingResult found = best(layer, accelerator, Objective.LATENCY);
    assertThat(found.evaluation().cycles()).isEqualTo(rest);
    assertThat(found.evaluation().utilization()).isEqualTo(1);
  }

  private static MemoryLevel fastMemory(MemoryLevel memory) {
    return MemoryLevel.unbounded(memory.name()).energy(1, 1, 1);
  }

  @Test
  void onlyPerfectFactorsLeaveAPrimeUnspread() {
    Layer prime = Layer.pointwise("prime", 7, 11, 1);
    Accelerator accelerator = Accelerators.template(6, 6, 8, Dataflow.UNCONSTRAINED);
    MapSpace free = Dataflows.space(prime.einsum(), accelerator);
    assertThat(macsInUse(free.withPerfectFactors())).isEqualTo(1);
    assertThat(macsInUse(free)).isGreaterThan(20);
    for (Dataflow dataflow : Dataflow.values()) {
      MapSpace space = Dataflows.space(prime.einsum(), accelerator, dataflow);
      assertThat(macsInUse(space.withPerfectFactors())).as("%s", dataflow).isEqualTo(1);
    }
  }

  private static double macsInUse(MapSpace space) {
    return Mapper.best(space, Objective.LATENCY, Accounting.EXACT)
        .evaluation()
        .counts()
        .utilizedMacs();
  }

  @Test
  void dimensionsWithoutALayersNamesAreNotSpreadButMapped() {
    Map<String, Integer> bounds = new LinkedHashMap<>();
    bounds.put("M", 6);
    bounds.put("K", 4);
    Einsum einsum =
        Einsum.of(
            "product",
            bounds,
            Tensor.of("A", Operand.INPUT, Axis.of("M"), Axis.of("K")),
            Tensor.of("B", Operand.WEIGHT, Axis.of("K")),
            Tensor.of("Z", Operand.OUTPUT, Axis.of("M")));
    for (Dataflow dataflow : CONSTRAINED) {
      Accelerator accelerator = Accelerators.template(4, 4, 8, dataflow);
      MapSpace space = Dataflows.space(einsum, accelerator);
      Mapping mapping = Mapper.best(space, Objective.LATENCY, Accounting.EXACT).mapping();
      Mapping.Level array = mapping.levels().get(1);
      assertThat(array.spatialX()).noneMatch(loop -> loop.dimension().equals("M"));
      assertThat(array.spatialY()).noneMatch(loop -> loop.dimension().equals("M"));
    }
  }

  @Test
  void theLevelAboveTheArrayHasTheLargestFanOut() {
    assertThat(Stationary.arrayLevel(Accelerators.eyeriss())).isEqualTo(1);
    assertThat(Stationary.arrayLevel(Accelerators.simbaLike())).isEqualTo(4);
    assertThat(Stationary.arrayLevel(Accelerators.tpuLike())).isEqualTo(3);
    assertThat(Stationary.arrayLevel(Accelerators.template(1, 1, 4, Dataflow.ROW_STATIONARY)))
        .isEqualTo(1);
  }
}
