package dance.search;

import dance.evaluate.CostTable;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Minimises a quantity that is monotone in latency and energy, such as the constraint violation,
 * over networks and accelerators; exactly, without enumerating all networks.
 *
 * <p>On one accelerator, latency and energy of a network are sums over its blocks. Of two networks
 * that agree after the first few blocks, one whose first blocks have larger sums cannot be better,
 * so only the Pareto front of prefixes is kept as blocks are added. This is exact: sums are rounded
 * in the order of {@link CostTable#sum}, and rounding is monotone. An accelerator is pruned if the
 * lower bound from each block's minimum latency and minimum energy is not below the best known
 * value; so is a prefix of a network.
 */
final class MonotoneMinimum {
  /** Bounds are summed in another order: they are lowered by more than the rounding error. */
  private static final double ROUNDING = 1 - 1e-12;

  private final CostTable table;
  private final int[][] offered;

  /** {@code [designs][blocks + 1]}: lower bound of blocks b and following. */
  private final double[][] restLatencyMs;

  private final double[][] restEnergyMj;

  /** The quantity to minimise: non-decreasing in latency and energy. */
  @FunctionalInterface
  interface Measure {
    double of(double latencyMs, double energyMj, double areaMm2);
  }

  /**
   * A network on an accelerator.
   *
   * @param choice {@code [blocks]}: indices of the operations
   * @param designIndex index of the accelerator
   * @param value of the measure
   */
  record Found(int[] choice, int designIndex, double value) {}

  /** A prefix of a network: its costs, the shorter prefix, and the last operation. */
  private record Start(double latencyMs, double energyMj, Start before, int operation) {}

  MonotoneMinimum(CostTable table) {
    this.table = table;
    NetworkSpace space = table.networkSpace();
    offered = AccuracyTable.offered(space);
    restLatencyMs = new double[table.designs()][offered.length + 1];
    restEnergyMj = new double[table.designs()][offered.length + 1];
    for (int d = 0; d < table.designs(); d++) {
      for (int b = offered.length - 1; b >= 0; b--) {
        double latency = Double.POSITIVE_INFINITY;
        double energy = Double.POSITIVE_INFINITY;
        for (int o : offered[b]) {
          latency = Math.min(latency, table.latencyMs(b, o, d));
          energy = Math.min(energy, table.energyMj(b, o, d));
        }
        restLatencyMs[d][b] = restLatencyMs[d][b + 1] + latency;
        restEnergyMj[d][b] = restEnergyMj[d][b + 1] + energy;
      }
    }
  }

  /**
   * The minimum over all networks on all accelerators.
   *
   * @param enough a value at which the search may stop
   */
  Found find(Measure measure, double enough) {
    double[] bounds = new double[table.designs()];
    for (int d = 0; d < bounds.length; d++) {
      bounds[d] = bound(measure, d, 0, table.fixedLatencyMs(d), table.fixedEnergyMj(d));
    }
    int[] order =
        IntStream.range(0, bounds.length)
            .boxed()
            .sorted(Comparator.comparingDouble(d -> bounds[d]))
            .mapToInt(Integer::intValue)
            .toArray();
    Found best = null;
    for (int d : order) {
      if (best != null && (best.value <= enough || bounds[d] >= best.value)) {
        return best;
      }
      Found found = on(d, measure, best == null ? Double.POSITIVE_INFINITY : best.value);
      best = found == null ? best : found;
    }
    return best;
  }

  /**
   * The minimum over all networks on one accelerator; null if it is not below the best known value.
   */
  private Found on(int designIndex, Measure measure, double known) {
    Start[] front = {
      new Start(table.fixedLatencyMs(designIndex), table.fixedEnergyMj(designIndex), null, -1)
    };
    for (int b = 0; b < offered.length; b++) {
      Start[] longer = new Start[front.length * offered[b].length];
      int count = 0;
      for (Start start : front) {
        for (int o : offered[b]) {
          double latency = start.latencyMs + table.latencyMs(b, o, designIndex);
          double energy = start.energyMj + table.energyMj(b, o, designIndex);
          if (bound(measure, designIndex, b + 1, latency, energy) < known) {
            longer[count++] = new Start(latency, energy, start, o);
          }
        }
      }
      front = front(longer, count);
    }
    Found best = null;
    double area = table.areaMm2(designIndex);
    for (Start whole : front) {
      double value = measure.of(whole.latencyMs, whole.energyMj, area);
      if (value < (best == null ? known : best.value)) {
        best = new Found(choice(whole), designIndex, value);
      }
    }
    return best;
  }

  private double bound(Measure measure, int designIndex, int from, double latency, double energy) {
    return measure.of(
        (latency + restLatencyMs[designIndex][from]) * ROUNDING,
        (energy + restEnergyMj[designIndex][from]) * ROUNDING,
        table.areaMm2(designIndex));
  }

  private static Start[] front(Start[] starts, int count) {
    Arrays.sort(
        starts,
        0,
        count,
        Comparator.comparingDouble(Start::latencyMs).thenComparingDouble(Start::energyMj));
    double least = Double.POSITIVE_INFINITY;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (starts[i].energyMj < least) {
        least = starts[i].energyMj;
        starts[kept++] = starts[i];
      }
    }
    return Arrays.copyOf(starts, kept);
  }

  private int[] choice(Start whole) {
    int[] choice = new int[offered.length];
    Start at = whole;
    for (int b = choice.length - 1; b >= 0; b--) {
      choice[b] = at.operation;
      at = at.before;
    }
    return choice;
  }
}
