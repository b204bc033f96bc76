package dance.command;

import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;

/** A table in no time: latency falls with the array, energy grows with the area. */
final class MadeUpTable {
  private static final CostModel MODEL =
      (network, accelerator) -> {
        double macs = network.entries().get(0).layer().einsum().points();
        double latency = macs / accelerator.macUnits() / 1e5;
        return new Metrics(latency, macs * accelerator.areaMm2() / 1e6, accelerator.areaMm2(), 1);
      };

  private MadeUpTable() {}

  /** Of the networks {@code mini} on some designs; returns the file. */
  static String write(Path file, AcceleratorSpace designs) {
    CostTable.build(MODEL, NetworkSpace.mini(), designs).write(file);
    return file.toString();
  }
}
