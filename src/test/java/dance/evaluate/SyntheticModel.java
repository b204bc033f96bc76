package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.space.AcceleratorSpace;
import dance.space.BlockShape;
import dance.space.Convolution;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A roofline in a few operations: not true, but like the truth in that no design is best for all
 * layers. Counts what it was asked.
 */
public final class SyntheticModel implements CostModel {
  final AtomicLong cells = new AtomicLong();
  private final double factor;

  SyntheticModel() {
    this(1);
  }

  /** With all costs multiplied. */
  public SyntheticModel(double factor) {
    this.factor = factor;
  }

  /** Three blocks, the first and second of the same shape; zero in two of them. */
  public static NetworkSpace tiny() {
    Operation[] operations = {
      Operation.mbConv(3, 3), Operation.mbConv(5, 6), Operation.zero(), Operation.mbConv(7, 3)
    };
    return NetworkSpace.of("tiny")
        .fixed("stem", BlockShape.of(3, 8, 16), new Convolution(3))
        .block("b1", BlockShape.of(8, 8, 16), operations)
        .block("b2", BlockShape.of(8, 8, 16), operations)
        .block("b3", BlockShape.of(8, 16, 16).stride(2), operations);
  }

  /** 60 designs of DANCE's. */
  public static AcceleratorSpace few() {
    return AcceleratorSpace.dance().pes(8, 15).rf(4, 8, 16, 32, 64);
  }

  /** A table of these spaces. */
  public static CostTable table(NetworkSpace networks, AcceleratorSpace designs) {
    return CostTable.build(new SyntheticModel(), networks, designs);
  }

  @Override
  public Metrics metrics(Network network, Accelerator accelerator) {
    double latency = 0;
    double energy = 0;
    double operations = 0;
    MemoryLevel file = accelerator.levels().get(accelerator.levels().size() - 1);
    double words = file.usableWords();
    double units = accelerator.macUnits();
    double rows = accelerator.levels().get(1).fanoutY();
    for (Network.Entry entry : network.entries()) {
      cells.incrementAndGet();
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
      latency += entry.repeats() * factor * cycles / (accelerator.clockMhz() * 1e3);
      energy += entry.repeats() * factor * (macs * (1 + words / 40 + 9 / reuse) + cycles * units);
      operations += entry.repeats() * macs;
    }
    double cycles = latency * accelerator.clockMhz() * 1e3;
    return new Metrics(latency, energy / 1e9, accelerator.areaMm2(), operations / (cycles * units));
  }

  @Override
  public String fingerprint() {
    return "synthetic roofline × " + factor;
  }
}
