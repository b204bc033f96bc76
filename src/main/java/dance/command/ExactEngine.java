package dance.command;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.bench.MappingBenchmark;
import dance.cost.CostModel;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.interchange.Reading;
import dance.interchange.TimeloopConstraints;
import dance.interchange.TimeloopMapping;
import dance.interchange.TimeloopMappingWriter;
import dance.simulate.Dataflows;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import dance.simulate.count.Analysis;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapper.MapSpace;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Layer;
import dance.workload.Networks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The simulator and the mapper behind the commands. */
public final class ExactEngine implements Engine {
  private static final double BENCHMARK_SECONDS = 2;
  private static final double PJ_PER_MJ = 1e9;

  private final Consumer<String> warnings;

  ExactEngine(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  @Override
  public Evaluation evaluate(Path architecture, Path problem, Path mapping, Accounting accounting) {
    TimeloopInput input = TimeloopInput.read(architecture, problem, warnings);
    Reading<Mapping> loops = TimeloopMapping.read(mapping, input.einsum(), input.accelerator());
    loops.warnings().forEach(warnings);
    try {
      return Analysis.of(input.einsum(), input.accelerator()).evaluate(loops.value(), accounting);
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException(
          unfit
              .getMessage()
              .lines()
              .map(line -> mapping.getFileName() + ": " + line)
              .collect(Collectors.joining(System.lineSeparator())),
          unfit);
    }
  }

  @Override
  public Found map(
      Path architecture,
      Path problem,
      List<Path> constraints,
      Metric objective,
      Accounting accounting,
      Effort effort,
      boolean perfectFactors) {
    TimeloopInput input = TimeloopInput.read(architecture, problem, warnings);
    MapSpace space = Dataflows.startingFromAll(space(input, constraints));
    MapSpace writable = space.withDimensionsAlongOneSide();
    MappingResult best =
        Mapper.best(
            perfectFactors ? writable.withPerfectFactors() : writable,
            objective(objective),
            accounting,
            effort);
    Evaluation evaluation = best.evaluation();
    return new Found(
        TimeloopMappingWriter.write(best.mapping(), input.einsum(), input.accelerator()),
        evaluation.cycles(),
        evaluation.energyPj(),
        best.mappings(),
        best.optimal(),
        best.value(),
        best.lowerBound());
  }

  private MapSpace space(TimeloopInput input, List<Path> constraints) {
    if (constraints.isEmpty()) {
      return MapSpace.free(input.einsum(), input.accelerator());
    }
    Reading<MapConstraints> reading =
        TimeloopConstraints.read(constraints, input.einsum(), input.accelerator());
    reading.warnings().forEach(warnings);
    return MapSpace.of(input.einsum(), input.accelerator(), reading.value());
  }

  private static Objective objective(Metric metric) {
    return switch (metric) {
      case ENERGY -> Objective.ENERGY;
      case LATENCY -> Objective.LATENCY;
      case EDP -> Objective.EDP;
      default ->
          throw new IllegalArgumentException(metric.label() + " is no objective of a mapping");
    };
  }

  @Override
  public Simulation simulate(
      GivenNetwork network, String accelerator, Optional<Dataflow> dataflow, Effort effort) {
    SimulationInput input = SimulationInput.read(network, accelerator, dataflow, warnings);
    Simulator simulator = new Simulator(Simulator.Options.defaults().effort(effort));
    NetworkEvaluation evaluation = simulator.evaluate(input.network(), input.accelerator());
    return new Simulation(
        input.network().name(),
        input.accelerator().name(),
        input.accelerator().dataflow().label(),
        evaluation.metrics(),
        evaluation.layers().stream().map(ExactEngine::cost).toList());
  }

  private static LayerCost cost(LayerEvaluation layer) {
    Map<String, Double> energyByLevelMj = new LinkedHashMap<>();
    layer.energyByLevelPj().forEach((level, pj) -> energyByLevelMj.put(level, pj / PJ_PER_MJ));
    return new LayerCost(
        layer.layer().name(),
        layer.repeats(),
        Math.multiplyExact(layer.layer().macs(), (long) layer.repeats()),
        layer.cycles(),
        layer.latencyMs(),
        layer.energyPj() / PJ_PER_MJ,
        layer.evaluation().utilization(),
        energyByLevelMj,
        layer.result().optimal() ? 0 : layer.result().gap());
  }

  @Override
  public CostModel costModel() {
    return new Simulator(Simulator.Options.proven().threads(1));
  }

  @Override
  public Speed measureMappings() {
    Layer conv3 =
        Networks.alexNet().layers().stream()
            .filter(layer -> layer.name().equals("conv3"))
            .findFirst()
            .orElseThrow();
    double perSecond =
        MappingBenchmark.of(conv3.einsum(), Accelerators.eyeriss()).perSecond(BENCHMARK_SECONDS);
    Simulator oneThread = new Simulator(Simulator.Options.defaults().threads(1));
    Accelerator design = Accelerators.template(14, 12, 16, Dataflow.ROW_STATIONARY);
    oneThread.evaluate(Networks.mobileNetV2(), design);
    long start = System.nanoTime();
    oneThread.evaluate(Networks.mobileNetV2(), design);
    return new Speed(perSecond, (System.nanoTime() - start) / 1e9);
  }
}
