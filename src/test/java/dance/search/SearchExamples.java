package dance.search;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.BlockShape;
import dance.space.Convolution;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.workload.Layer;
import dance.workload.Network;

/** Small problems whose answers can be enumerated. */
public final class SearchExamples {
  private SearchExamples() {}

  /** Three blocks; zero in two of them: 4 · 4 · 3 networks. */
  static NetworkSpace tiny() {
    Operation[] operations = {
      Operation.mbConv(3, 3), Operation.mbConv(5, 6), Operation.zero(), Operation.mbConv(7, 3)
    };
    return NetworkSpace.of("tiny")
        .fixed("stem", BlockShape.of(3, 8, 16), new Convolution(3))
        .block("b1", BlockShape.of(8, 8, 16), operations)
        .block("b2", BlockShape.of(8, 8, 16), operations)
        .block("b3", BlockShape.of(8, 16, 16).stride(2), operations);
  }

  /** 36 designs of DANCE's. */
  public static AcceleratorSpace few() {
    return AcceleratorSpace.dance().pes(8, 15).rf(4, 16, 64);
  }

  /** A roofline in a few operations: no design is best for all layers. */
  static CostModel roofline() {
    return SearchExamples::cost;
  }

  private static Metrics cost(Network network, Accelerator accelerator) {
    double latency = 0;
    double energy = 0;
    MemoryLevel file = accelerator.levels().get(accelerator.levels().size() - 1);
    double words = file.usableWords();
    double units = accelerator.macUnits();
    double rows = accelerator.levels().get(1).fanoutY();
    for (Network.Entry entry : network.entries()) {
      Layer layer = entry.layer();
      double macs = layer.einsum().points();
      double reuse =
          switch (accelerator.dataflow()) {
            case WEIGHT_STATIONARY -> layer.shape().p() + words / 8;
            case OUTPUT_STATIONARY ->
                (double) layer.shape().c() / layer.shape().groups() + words / 2;
            default -> layer.shape().r() * Math.sqrt(words);
          };
      double cycles = Math.max(macs / units * (1 + rows / (8 + macs % 7)), macs / reuse / 4);
      latency += entry.repeats() * cycles / (accelerator.clockMhz() * 1e3);
      energy += entry.repeats() * (macs * (1 + words / 40 + 9 / reuse) + cycles * units);
    }
    return new Metrics(latency, energy / 1e9, accelerator.areaMm2(), 0.5);
  }

  public static CostTable table(NetworkSpace networks, AcceleratorSpace designs) {
    return CostTable.build(roofline(), networks, designs);
  }

  /** Larger operations do better, each pair of neighbours has a whim. */
  static double accuracy(Genotype genotype) {
    double sum = 0;
    String before = "";
    for (String operation : genotype.operations()) {
      sum +=
          switch (operation) {
            case "zero" -> 0;
            case "mb3e3" -> 0.5;
            case "mb7e3" -> 0.8;
            default -> 1;
          };
      sum += ((before + operation).hashCode() & 0xff) / 600.0;
      before = operation;
    }
    return 0.3 + 0.6 * sum / (1 + sum);
  }

  static TabularTask task() {
    return TabularTask.of("tiny task", tiny(), SearchExamples::accuracy);
  }

  /** The tiny problem for EDAP. */
  static SearchProblem problem(double lambda) {
    return SearchProblem.of(task(), table(tiny(), few()), Objective.EDAP, lambda);
  }
}
