package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final Accelerator DESIGN =
      Accelerators.template(4, 4, 8, Dataflow.WEIGHT_STATIONARY);

  private static final Network NETWORK =
      Network.of("small")
          .then(Layer.conv("stem", 3, 4).kernel(3).stride(2).output(6))
          .then(Layer.pointwise("pw1", 4, 8, 6), 3)
          .then(Layer.depthwise("dw", 8).kernel(3).output(6))
          .then(Layer.pointwise("pw2", 4, 8, 6))
          .then(Layer.pool("pool", 8).kernel(6))
          .then(Layer.fullyConnected("fc", 8, 10));

  private static final Simulator SIMULATOR =
      new Simulator(Simulator.Options.defaults().effort(Effort.steps(200_000)));

  @Test
  void totalsAreTheSumsOfTheLayersTimesTheirRepeats() {
    NetworkEvaluation evaluation = SIMULATOR.evaluate(NETWORK, DESIGN);
    long cycles = 0;
    double energyPj = 0;
    for (int i = 0; i < evaluation.layers().size(); i++) {
      LayerEvaluation layer = evaluation.layers().get(i);
      Network.Entry entry = NETWORK.entries().get(i);
      assertThat(layer.layer()).isEqualTo(entry.layer());
      assertThat(layer.cycles()).isEqualTo(entry.repeats() * layer.evaluation().cycles());
      cycles += layer.cycles();
      energyPj += entry.repeats() * layer.evaluation().energyPj();
    }
    assertThat(evaluation.cycles()).isEqualTo(cycles);
    assertThat(evaluation.energyPj()).isCloseTo(energyPj, within(1e-9 * energyPj));
    double byLevel =
        evaluation.energyByLevelPj().values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(byLevel).isCloseTo(energyPj, within(1e-9 * energyPj));
    Metrics metrics = evaluation.metrics();
    assertThat(metrics.latencyMs()).isEqualTo(cycles / (DESIGN.clockMhz() * 1e3));
    assertThat(metrics.energyMj()).isEqualTo(evaluation.energyPj() / 1e9);
    assertThat(metrics.areaMm2()).isEqualTo(DESIGN.areaMm2());
    long pooled = NETWORK.layers().get(4).einsum().points();
    assertThat(metrics.utilization())
        .isCloseTo((NETWORK.macs() + pooled) / (16.0 * cycles), within(1e-12));
  }

  @Test
  void everyLayerHasTheMappingThatTheMapperFindsInItsDataflow() {
    NetworkEvaluation evaluation = SIMULATOR.evaluate(NETWORK, DESIGN);
    for (LayerEvaluation layer : evaluation.layers()) {
      MappingResult alone =
          Mapper.best(
              WeightStationary.space(layer.layer().einsum(), DESIGN),
              Objective.EDP,
              Accounting.EXACT,
              SIMULATOR.options().effort());
      assertThat(layer.result()).isEqualTo(alone);
    }
    boolean each = evaluation.layers().stream().allMatch(layer -> layer.result().optimal());
    assertThat(evaluation.optimal()).isEqualTo(each);
  }

  @Test
  void layersOfOneShapeShareAMappingButKeepTheirNames() {
    NetworkEvaluation evaluation = SIMULATOR.evaluate(NETWORK, DESIGN);
    Evaluation first = evaluation.layers().get(1).evaluation();
    Evaluation second = evaluation.layers().get(3).evaluation();
    assertThat(second.mapping()).isSameAs(first.mapping());
    assertThat(first.einsum().name()).isEqualTo("pw1");
    assertThat(second.einsum().name()).isEqualTo("pw2");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    NetworkEvaluation one = new Simulator(SIMULATOR.options().threads(1)).evaluate(NETWORK, DESIGN);
    NetworkEvaluation five =
        new Simulator(SIMULATOR.options().threads(5)).evaluate(NETWORK, DESIGN);
    assertThat(five).isEqualTo(one);
  }

  @Test
  void theObjectiveIsWhatTheMappingsHaveLeastOf() {
    Simulator exhaustive = new Simulator(Simulator.Options.defaults().effort(Effort.PROOF));
    Network fc = Network.of("fc", Layer.fullyConnected("fc", 8, 10));
    NetworkEvaluation energy =
        new Simulator(exhaustive.options().objective(Objective.ENERGY)).evaluate(fc, DESIGN);
    NetworkEvaluation latency =
        new Simulator(exhaustive.options().objective(Objective.LATENCY)).evaluate(fc, DESIGN);
    NetworkEvaluation edp = exhaustive.evaluate(fc, DESIGN);
    assertThat(energy.optimal() && latency.optimal() && edp.optimal()).isTrue();
    assertThat(energy.energyPj()).isLessThanOrEqualTo(edp.energyPj());
    assertThat(latency.cycles()).isLessThanOrEqualTo(edp.cycles());
    assertThat(edp.energyPj() * edp.cycles())
        .isLessThanOrEqualTo(energy.energyPj() * energy.cycles())
        .isLessThanOrEqualTo(latency.energyPj() * latency.cycles());
  }

  @Test
  void itIsACostModel() {
    CostModel model = SIMULATOR;
    assertThat(model.metrics(NETWORK, DESIGN))
        .isEqualTo(SIMULATOR.evaluate(NETWORK, DESIGN).metrics());
  }

  @Test
  void everyLayerThatFitsNowhereIsNamed() {
    MemoryLevel outermost = MemoryLevel.of("DRAM", 100);
    assertThatThrownBy(() -> SIMULATOR.evaluate(NETWORK, DESIGN.level(outermost)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no mapping of stem fits")
        .hasMessageContaining("no mapping of pw1 fits")
        .hasMessageContaining(
            "DRAM must keep at least 759 words (108 of Weights, 507 of Inputs, 144 of Outputs) but"
                + " holds")
        .hasMessageNotContaining("no mapping of fc fits");
  }

  @Test
  void aNetworkWithoutLayersIsRefused() {
    assertThatThrownBy(() -> SIMULATOR.evaluate(Network.of("empty"), DESIGN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network empty has no layers");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> Simulator.Options.defaults().threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threads of the simulator (0)");
  }
}
