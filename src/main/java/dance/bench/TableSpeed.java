package dance.bench;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.simulate.Simulator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Speed of computing a table: some of its layers on some of its designs, in CPU seconds of one
 * thread, and in proportion the whole table.
 *
 * @param table network space × accelerator space
 * @param cells layers × designs of the whole table
 * @param measuredCells of them, how many were computed
 * @param cpuSeconds for these
 * @param wholeCpuSeconds in proportion, for all
 * @param calibrationPerSecond rounds of a loop of arithmetic a second of CPU: figures of machines
 *     compare in inverse proportion to it
 */
public record TableSpeed(
    String table,
    long cells,
    long measuredCells,
    double cpuSeconds,
    double wholeCpuSeconds,
    double calibrationPerSecond) {
  private static final int ROUNDS = 50_000_000;

  /**
   * The tables whose speed is a goal: three network spaces on {@link AcceleratorSpace#dance}, and
   * CIFAR's on {@link AcceleratorSpace#wide}, of which one register file and buffer is measured.
   *
   * @param layers of each table that are measured, evenly distributed; of the wide one a third
   */
  public static List<TableSpeed> measure(int layers) {
    new Rules().require(layers >= 1, "layers (%d) must be at least 1", layers).check();
    AcceleratorSpace dance = AcceleratorSpace.dance();
    AcceleratorSpace wide = AcceleratorSpace.wide();
    AcceleratorSpace some = wide.rf(32).keep("buffer_kb", 108);
    List<TableSpeed> all = new ArrayList<>();
    for (NetworkSpace space :
        List.of(NetworkSpace.cifar(), NetworkSpace.nasBenchMacro(), NetworkSpace.imageNet())) {
      all.add(measure(space, dance, dance, layers));
    }
    all.add(measure(NetworkSpace.cifar(), wide, some, (layers + 2) / 3));
    return all;
  }

  /**
   * One table.
   *
   * @param part the designs that are measured
   * @param layers measured, evenly distributed over those of the space
   */
  static TableSpeed measure(
      NetworkSpace networks, AcceleratorSpace designs, AcceleratorSpace part, int layers) {
    CostModel model = new Simulator(Simulator.Options.proven().threads(1));
    List<Layer> all = networks.distinctLayers();
    int count = Math.min(layers, all.size());
    List<Layer> chosen =
        IntStream.range(0, count)
            .mapToObj(i -> all.get((int) ((i + 0.5) * all.size() / count)))
            .toList();
    double calibration = calibration();
    List<Accelerator> accelerators = List.copyOf(part.list());
    long measured = 0;
    long start = cpuNanos();
    for (Layer layer : chosen) {
      Function<List<Accelerator>, List<Metrics>> price = model.ofLayer(layer);
      measured += price.apply(accelerators).size();
    }
    double seconds = (cpuNanos() - start) / 1e9;
    long cells = (long) all.size() * designs.size();
    return new TableSpeed(
        networks.name() + " × " + designs.name(),
        cells,
        measured,
        seconds,
        seconds * cells / measured,
        calibration);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Rounds a second of a loop that needs neither memory nor objects. */
  static double calibration() {
    double best = 0;
    for (int trial = 0; trial < 3; trial++) {
      long start = cpuNanos();
      long bits = 1;
      double sum = 0;
      for (int i = 0; i < ROUNDS; i++) {
        bits ^= bits << 13;
        bits ^= bits >>> 7;
        bits ^= bits << 17;
        sum += 1.0 / (1 + (bits & 0xff));
      }
      // the sum must be needed, or the loop is left out
      best = Math.max(best, sum > 0 ? ROUNDS / ((cpuNanos() - start) / 1e9) : 0);
    }
    return best;
  }
}
