package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.search.Separation;
import dance.simulate.Dataflows;
import dance.simulate.Simulator;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.space.AcceleratorSpace;
import dance.workload.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What couples the choices of network and accelerator. */
class IngredientTest {
  private static final Layer DENSE = Layer.conv("c", 6, 10).kernel(3).output(6);
  private static final Layer DEPTHWISE = Layer.depthwise("d", 12).kernel(3).output(6);
  private static final AcceleratorSpace FEW = AcceleratorSpace.dance().pes(8, 9).rf(16);

  @ParameterizedTest
  @EnumSource(RigidMapper.class)
  void costsAreThoseOfTheBestMappingOfTheNarrowerSpace(RigidMapper mapper) {
    List<Accelerator> designs = FEW.list();
    for (Layer layer : List.of(DENSE, DEPTHWISE)) {
      List<Metrics> costs = mapper.ofLayer(layer).apply(designs);
      List<Metrics> free = new Simulator(Simulator.Options.proven()).ofLayer(layer).apply(designs);
      for (int d = 0; d < designs.size(); d++) {
        Accelerator design = designs.get(d);
        Evaluation best =
            Mapper.best(
                    mapper.narrow(Dataflows.space(layer.einsum(), design), design),
                    Objective.EDP,
                    Accounting.EXACT,
                    Effort.PROOF)
                .evaluation();
        double edp = best.energyPj() / 1e9 * best.cycles() / (design.clockMhz() * 1e3);
        assertThat(Objective.EDP.cost(costs.get(d))).as(design.name()).isCloseTo(edp, near(edp));
        assertThat(Objective.EDP.cost(costs.get(d)))
            .isGreaterThanOrEqualTo(Objective.EDP.cost(free.get(d)) * (1 - 1e-12));
        if (mapper == RigidMapper.NONE) {
          assertThat(costs.get(d)).isEqualTo(free.get(d));
        }
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> near(double value) {
    return org.assertj.core.data.Offset.offset(1e-9 * value);
  }

  @Test
  void aDepthwiseLayerLeavesAWiredArrayIdle() {
    Accelerator array = FEW.dataflows(Dataflow.WEIGHT_STATIONARY).list().get(0);
    Metrics wired =
        RigidMapper.ONE_DIMENSION_A_SIDE.ofLayer(DEPTHWISE).apply(List.of(array)).get(0);
    Metrics folded = RigidMapper.NONE.ofLayer(DEPTHWISE).apply(List.of(array)).get(0);
    assertThat(wired.utilization()).isLessThanOrEqualTo(1.0 / array.macUnits());
    assertThat(folded.utilization()).isGreaterThan(10 * wired.utilization());
  }

  /** The claim of comparisons.md, on fewer designs: neither of the two couples, both do. */
  @Test
  void kindsOfOperationCoupleUnderWiredDataflows() {
    AcceleratorSpace few = AcceleratorSpace.dance().pes(8, 16).rf(8);
    Ingredient.Outcome wired =
        new Ingredient("wired", RigidMapper.ONE_DIMENSION_A_SIDE, few, false).ofKinds(1);
    assertThat(wired.regret(Separation.ACCELERATOR_FIRST.label())).isGreaterThan(0.02);
    assertThat(wired.regret("alternating, worst start")).isGreaterThan(0.02);
    assertThat(wired.dataflows().values()).allMatch(excess -> excess >= 0);
  }
}
