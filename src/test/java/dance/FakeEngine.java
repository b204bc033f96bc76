package dance;

import dance.accelerator.Dataflow;
import dance.cost.Ledger;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.simulate.AccessCounts;
import dance.simulate.Accounting;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
    return new Evaluation(24, 0.5, "MAC", 4, counts, ledger);
  }

  @Override
  public Found map(
      Path architecture,
      Path problem,
      Optional<Path> constraints,
      Metric objective,
      Accounting accounting,
      OptionalDouble budgetSeconds) {
    ask(constraints.map(Path::getFileName), objective, accounting, budgetSeconds);
    return new Found(MAPPING, 1000, 2e6, 123456, optimal, 2e9, optimal ? 2e9 : 1.5e9);
  }

  @Override
  public Simulation simulate(String network, String accelerator, Optional<Dataflow> dataflow) {
    ask(network, accelerator, dataflow);
    String label = dataflow.map(Dataflow::label).orElse("own");
    return new Simulation(
        network,
        accelerator,
        label,
        new Metrics(3, 1.5, 12.25, 0.4),
        List.of(
            new LayerCost(
                "conv1, \"first\"", 1, 1_000_000, 200_000, 1, 0.5, 0.3, levels(0.375, 0.125)),
            new LayerCost("conv2", 2, 3_000_000, 400_000, 2, 1, 0.45, levels(0.75, 0.25))));
  }

  private static Map<String, Double> levels(double dram, double rf) {
    Map<String, Double> energy = new LinkedHashMap<>();
    energy.put("DRAM", dram);
    energy.put("RF", rf);
    return energy;
  }

  @Override
  public Speed measureMappings() {
    ask("mappings");
    return new Speed(1_234_567.5, 0.75);
  }
}
