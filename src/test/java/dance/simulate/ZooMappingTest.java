package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Template;
import dance.cost.Objective;
import dance.simulate.count.Analysis;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import dance.workload.Operand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer of every network has a valid mapping under every dataflow on any design. */
class ZooMappingTest {
  private static final List<Dataflow> DATAFLOWS =
      List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY);
  private static final int[] RF_WORDS = {4, 4, 5, 8, 16};

  static Stream<Arguments> networks() {
    return DATAFLOWS.stream()
        .flatMap(dataflow -> Networks.names().stream().map(name -> arguments(name, dataflow)));
  }

  /**
   * Designs are drawn at random; a mapping is looked for among those that keep nothing in the
   * buffer, as if memories were never slow: a part of the map space that is quickly searched.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void everyLayerHasAMappingOnARandomDesign(String name, Dataflow dataflow) {
    Network network = Networks.byName(name);
    RandomGenerator random = new SplittableRandom(name.hashCode() + dataflow.ordinal());
    Set<Object> seen = new HashSet<>();
    for (Layer layer : network.layers()) {
      if (seen.add(List.of(layer.einsum().dimensions(), layer.einsum().tensors()))) {
        Accelerator design = design(random, dataflow);
        check(layer.einsum(), design, quicklySearched(design), Objective.ENERGY);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theWholeSpaceIsSearchedForALayerOfEveryNetwork(String name, Dataflow dataflow) {
    List<Layer> layers = Networks.byName(name).layers();
    RandomGenerator random = new SplittableRandom(31 * name.hashCode() + dataflow.ordinal());
    Einsum einsum = layers.get(random.nextInt(layers.size())).einsum();
    Accelerator design = design(random, dataflow);
    check(einsum, design, design, Objective.ENERGY);
  }

  private static Accelerator design(RandomGenerator random, Dataflow dataflow) {
    int words = RF_WORDS[random.nextInt(RF_WORDS.length)];
    return Template.of(random.nextInt(8, 25), random.nextInt(8, 25), words, dataflow).accelerator();
  }

  private static Accelerator quicklySearched(Accelerator design) {
    Accelerator quick = design;
    for (MemoryLevel level : design.levels()) {
      double never = Double.POSITIVE_INFINITY;
      quick = quick.level(level.bandwidth(never, never).sharedBandwidth(never));
    }
    return quick.level(quick.levels().get(1).keeps(new Operand[0]));
  }

  /** Maps on a restricted design; the mapping must be valid and of the dataflow on the design. */
  private static void check(
      Einsum einsum, Accelerator design, Accelerator restricted, Objective objective) {
    MappingResult found =
        Mapper.best(
            Dataflows.space(einsum, restricted), objective, Accounting.EXACT, Effort.steps(20_000));
    Evaluation evaluation = Analysis.of(einsum, design).evaluate(found.mapping(), Accounting.EXACT);
    assertThat(evaluation.counts().computes()).isEqualTo(einsum.points());
    assertThat(DataflowRules.violations(found.mapping(), design, 1, design.dataflow())).isEmpty();
  }
}
