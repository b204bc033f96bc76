package dance.command;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.cost.CostModel;
import dance.cost.Ledger;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.simulate.mapper.Effort;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine with small, made-up answers that remembers what it was asked. */
class FakeEngine implements Engine {
  static final String MAPPING = "mapping:\n- target: RF\n  factors: P=2\n";

  final StringBuilder asked = new StringBuilder();
  RuntimeException failure;
  boolean optimal = true;

  private void ask(Object... question) {
    if (failure != null) {
      throw failure;
    }
    asked.append(List.of(question));
  }

  @Override
  public Evaluation evaluate(Path architecture, Path problem, Path mapping, Accounting accounting) {
    ask(architecture.getFileName(), problem.getFileName(), mapping.getFileName(), accounting);
    AccessCounts counts =
        new AccessCounts(
            48,
            24,
            4,
            List.of(
                new AccessCounts.Level(
                    "DRAM", 1, List.of(new AccessCounts.Tensor("Weights", 9, 10, 0, 0))),
                new AccessCounts.Level(
                    "RF",
                    4,
                    List.of(
                        new AccessCounts.Tensor("Weights", 3, 48, 10, 0),
                        new AccessCounts.Tensor("Outputs", 1, 32, 0, 48)))));
    Ledger ledger =
        new Ledger(
            List.of(
                new Ledger.Entry("DRAM", "Weights", Ledger.Action.READ, 10, 2000.5),
                new Ledger.Entry("DRAM", "Weights", Ledger.Action.TRANSFER, 10, 7),
                new Ledger.Entry("RF", "Weights", Ledger.Action.READ, 48, 48),
                new Ledger.Entry("RF", "Weights", Ledger.Action.FILL, 10, 20),
                new Ledger.Entry("RF", "Outputs", Ledger.Action.UPDATE, 48, 144),
                new Ledger.Entry("RF", "", Ledger.Action.LEAK, 24, 0.25),
                new Ledger.Entry("MAC", "", Ledger.Action.COMPUTE, 48, 24)));
    Einsum.Loop two = new Einsum.Loop("P", 2);
    Mapping.Level spread =
        new Mapping.Level(List.of(), List.of(two), List.of(two), Set.of("Weights"), Set.of());
    return new Evaluation(
        Einsum.of(
            "conv", Map.of("P", 4), new Tensor("Outputs", Operand.OUTPUT, List.of(Axis.of("P")))),
        new Accelerator(
            "made up",
            List.of(MemoryLevel.unbounded("DRAM"), MemoryLevel.of("RF", 4)),
            new MacUnit("MAC", 0.5, 0.5, 0, 0),
            1000,
            Dataflow.UNCONSTRAINED,
            "none",
            Overheads.NONE),
        new Mapping(List.of(spread)),
        accounting,
        counts,
        24,
        0.5,
        ledger);
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
    ask(
        constraints.stream().map(Path::getFileName).toList(),
        objective,
        accounting,
        effort,
        perfectFactors);
    return new Found(MAPPING, 1000, 2e6, 123456, optimal, 2e9, optimal ? 2e9 : 1.5e9);
  }

  @Override
  public Simulation simulate(
      GivenNetwork given, String accelerator, Optional<Dataflow> dataflow, Effort effort) {
    String network = given.name();
    ask(network, accelerator, dataflow, effort);
    String label = dataflow.map(Dataflow::label).orElse("own");
    return new Simulation(
        network,
        accelerator,
        label,
        new Metrics(3, 1.5, 12.25, 0.4),
        List.of(
            new LayerCost(
                "conv1, \"first\"", 1, 1_000_000, 200_000, 1, 0.5, 0.3, levels(0.375, 0.125), 0),
            new LayerCost("conv2", 2, 3_000_000, 400_000, 2, 1, 0.45, levels(0.75, 0.25), 0.05)));
  }

  private static Map<String, Double> levels(double dram, double rf) {
    Map<String, Double> energy = new LinkedHashMap<>();
    energy.put("DRAM", dram);
    energy.put("RF", rf);
    return energy;
  }

  @Override
  public CostModel costModel() {
    ask("cost model");
    return (network, accelerator) -> {
      double macs = network.entries().get(0).layer().einsum().points();
      double latency = macs / accelerator.macUnits() / 1e5;
      return new Metrics(latency, macs * accelerator.areaMm2() / 1e6, accelerator.areaMm2(), 1);
    };
  }

  @Override
  public Speed measureMappings() {
    ask("mappings");
    return new Speed(1_234_567.5, 0.75);
  }
}
