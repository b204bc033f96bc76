package dance.search;

import dance.cost.Objective;
import dance.evaluate.CostTable;
import java.util.Arrays;

/**
 * Neighbouring designs of a table with the costs of all operations on them: few enough for a
 * processor's cache, in which one network after the other is summed. Networks that begin with the
 * same operations share the sums of these. Each column is a design, or the minima of a run of
 * designs: sums of minima, rounded in the same order, are lower bounds to the last bit. Not
 * thread-safe.
 */
final class DesignBlock {
  /** Designs of the first column. */
  final int from;

  /** Number of columns. */
  final int columns;

  /** {@code [columns]}. */
  final double[] areaMm2;

  private final int operations;

  /** {@code [blocks · operations][columns]}; null where an operation is not offered. */
  private final double[][] latencyMs;

  private final double[][] energyMj;

  /** {@code [blocks · operations]}: the minimum over the columns. */
  private final double[] leastLatencyMs;

  private final double[] leastEnergyMj;
  private final double leastFixedLatencyMs;
  private final double leastFixedEnergyMj;
  private final double leastAreaMm2;

  /** {@code [blocks + 1][columns]}: sums of the fixed layers and the first blocks. */
  private final double[][] sumLatencyMs;

  private final double[][] sumEnergyMj;

  /** The network of these sums; −1 where there is none yet. */
  private final int[] summed;

  /**
   * @param from the first design
   * @param run how many designs make a column
   * @param most columns at most; fewer at the end of the table
   */
  DesignBlock(CostTable table, int from, int run, int most) {
    this.from = from;
    int end = (int) Math.min(table.designs(), from + (long) run * most);
    columns = (end - from + run - 1) / run;
    int blocks = table.networkSpace().blocks();
    operations = table.networkSpace().operations().size();
    latencyMs = new double[blocks * operations][];
    energyMj = new double[blocks * operations][];
    for (int b = 0; b < blocks; b++) {
      for (int o = 0; o < operations; o++) {
        if (table.networkSpace().allows(b, o)) {
          int block = b;
          int operation = o;
          int row = b * operations + o;
          latencyMs[row] = minima(d -> table.latencyMs(block, operation, d), run, end);
          energyMj[row] = minima(d -> table.energyMj(block, operation, d), run, end);
        }
      }
    }
    areaMm2 = minima(table::areaMm2, run, end);
    leastLatencyMs = Arrays.stream(latencyMs).mapToDouble(DesignBlock::least).toArray();
    leastEnergyMj = Arrays.stream(energyMj).mapToDouble(DesignBlock::least).toArray();
    sumLatencyMs = new double[blocks + 1][columns];
    sumEnergyMj = new double[blocks + 1][columns];
    sumLatencyMs[0] = minima(table::fixedLatencyMs, run, end);
    sumEnergyMj[0] = minima(table::fixedEnergyMj, run, end);
    leastFixedLatencyMs = least(sumLatencyMs[0]);
    leastFixedEnergyMj = least(sumEnergyMj[0]);
    leastAreaMm2 = least(areaMm2);
    summed = new int[blocks];
    Arrays.fill(summed, -1);
  }

  @FunctionalInterface
  private interface Row {
    double of(int designIndex);
  }

  private double[] minima(Row row, int run, int end) {
    double[] minima = new double[columns];
    Arrays.fill(minima, Double.POSITIVE_INFINITY);
    for (int d = from; d < end; d++) {
      int column = (d - from) / run;
      minima[column] = Math.min(minima[column], row.of(d));
    }
    return minima;
  }

  private static double least(double[] row) {
    return row == null ? 0 : Arrays.stream(row).min().orElseThrow();
  }

  /** Sums a network on all columns. */
  void sum(int[] choice) {
    int b = 0;
    while (b < choice.length && choice[b] == summed[b]) {
      b++;
    }
    for (; b < choice.length; b++) {
      int row = b * operations + choice[b];
      add(sumLatencyMs[b], latencyMs[row], sumLatencyMs[b + 1]);
      add(sumEnergyMj[b], energyMj[row], sumEnergyMj[b + 1]);
      summed[b] = choice[b];
    }
  }

  private static void add(double[] a, double[] b, double[] to) {
    for (int c = 0; c < to.length; c++) {
      to[c] = a[c] + b[c];
    }
  }

  /** Latency of the network summed last: {@code [columns]}. */
  double[] latencyMs() {
    return sumLatencyMs[summed.length];
  }

  /** Energy of the network summed last: {@code [columns]}. */
  double[] energyMj() {
    return sumEnergyMj[summed.length];
  }

  /** Costs of the network summed last. */
  void costs(Objective.Function function, double[] into) {
    double[] latency = latencyMs();
    double[] energy = energyMj();
    for (int c = 0; c < columns; c++) {
      into[c] = function.of(latency[c], energy[c], areaMm2[c]);
    }
  }

  /**
   * Latency, energy and area that a network has at least on each column.
   *
   * @param into {@code [3]}, written
   */
  void atLeast(int[] choice, double[] into) {
    double latency = leastFixedLatencyMs;
    double energy = leastFixedEnergyMj;
    for (int b = 0; b < choice.length; b++) {
      latency += leastLatencyMs[b * operations + choice[b]];
      energy += leastEnergyMj[b * operations + choice[b]];
    }
    into[0] = latency;
    into[1] = energy;
    into[2] = leastAreaMm2;
  }

  /**
   * Latency, energy and area that every network has at least on a column.
   *
   * @param into {@code [3]}, written
   */
  void everyNetwork(int column, double[] into) {
    double latency = sumLatencyMs[0][column];
    double energy = sumEnergyMj[0][column];
    for (int b = 0; b < summed.length; b++) {
      double least = Double.POSITIVE_INFINITY;
      double leastEnergy = Double.POSITIVE_INFINITY;
      for (int row = b * operations; row < (b + 1) * operations; row++) {
        if (latencyMs[row] != null) {
          least = Math.min(least, latencyMs[row][column]);
          leastEnergy = Math.min(leastEnergy, energyMj[row][column]);
        }
      }
      latency += least;
      energy += leastEnergy;
    }
    into[0] = latency;
    into[1] = energy;
    into[2] = areaMm2[column];
  }
}
