package dance.evaluate;

import dance.check.Rules;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of a table summed for each block and operation. Blocks of the same shape share rows: the
 * probabilities of a relaxed architecture are added first.
 */
final class TableRows {
  /** The row of operations without layers, and of those that a block does not offer. */
  private static final int ZERO = 0;

  private final NetworkSpace space;
  private final int operations;
  private final int[] rowOf;
  private final boolean[] allowed;

  /** {@code [rows][]}: the pairs of block and operation of a row. */
  private final int[][] places;

  final double[] fixedLatencyMs;
  final double[] fixedEnergyMj;

  /** {@code [rows, designs]}; row 0 is zero. */
  final double[][] latencyMs;

  final double[][] energyMj;

  TableRows(
      NetworkSpace space,
      Map<Layer, Integer> index,
      float[][] layerLatencyMs,
      float[][] layerEnergyMj) {
    this.space = space;
    operations = space.operations().size();
    int designs = layerLatencyMs.length == 0 ? 0 : layerLatencyMs[0].length;
    rowOf = new int[space.blocks() * operations];
    allowed = new boolean[rowOf.length];
    Map<List<Integer>, Integer> known = new HashMap<>();
    List<double[]> latency = new ArrayList<>();
    List<double[]> energy = new ArrayList<>();
    latency.add(new double[designs]);
    energy.add(new double[designs]);
    known.put(List.of(), ZERO);
    for (int i = 0; i < rowOf.length; i++) {
      allowed[i] = space.allows(i / operations, i % operations);
      if (!allowed[i]) {
        continue;
      }
      List<Network.Entry> entries = space.layers(i / operations, i % operations);
      List<Integer> terms = terms(entries, index);
      Integer row = known.get(terms);
      if (row == null) {
        row = latency.size();
        known.put(terms, row);
        latency.add(new double[designs]);
        energy.add(new double[designs]);
        sum(terms, layerLatencyMs, layerEnergyMj, latency.get(row), energy.get(row));
      }
      rowOf[i] = row;
    }
    latencyMs = latency.toArray(double[][]::new);
    places = new int[latencyMs.length][];
    for (int row = 0; row < places.length; row++) {
      int own = row;
      places[row] = IntStream.range(0, rowOf.length).filter(i -> rowOf[i] == own).toArray();
    }
    energyMj = energy.toArray(double[][]::new);
    fixedLatencyMs = new double[designs];
    fixedEnergyMj = new double[designs];
    List<Integer> fixed = terms(space.fixedLayers(), index);
    sum(fixed, layerLatencyMs, layerEnergyMj, fixedLatencyMs, fixedEnergyMj);
  }

  /** Minima of the rows over runs of consecutive designs, in place of designs. */
  private TableRows(TableRows of, int run) {
    space = of.space;
    operations = of.operations;
    rowOf = of.rowOf;
    allowed = of.allowed;
    places = of.places;
    fixedLatencyMs = minima(of.fixedLatencyMs, run);
    fixedEnergyMj = minima(of.fixedEnergyMj, run);
    latencyMs = Arrays.stream(of.latencyMs).map(r -> minima(r, run)).toArray(double[][]::new);
    energyMj = Arrays.stream(of.energyMj).map(r -> minima(r, run)).toArray(double[][]::new);
  }

  /**
   * The rows of runs of consecutive designs: the minimum of each over the run. Sums of them, which
   * round as those of designs do, are lower bounds to the last bit where no factor is negative.
   */
  TableRows minima(int run) {
    return new TableRows(this, run);
  }

  /** The minimum of each run; the last one may be shorter. */
  static double[] minima(double[] of, int run) {
    double[] minima = new double[(of.length + run - 1) / run];
    Arrays.fill(minima, Double.POSITIVE_INFINITY);
    for (int d = 0; d < of.length; d++) {
      minima[d / run] = Math.min(minima[d / run], of[d]);
    }
    return minima;
  }

  /** Layers and repeats, alternating. */
  private static List<Integer> terms(List<Network.Entry> entries, Map<Layer, Integer> index) {
    List<Integer> terms = new ArrayList<>();
    for (Network.Entry entry : entries) {
      terms.add(index.get(NetworkSpace.form(entry.layer())));
      terms.add(entry.repeats());
    }
    return terms;
  }

  private static void sum(
      List<Integer> terms, float[][] fromLatency, float[][] fromEnergy, double[] l, double[] e) {
    for (int t = 0; t < terms.size(); t += 2) {
      add(terms.get(t + 1), fromLatency[terms.get(t)], l);
      add(terms.get(t + 1), fromEnergy[terms.get(t)], e);
    }
  }

  /** Sums layers times repeats on every design. */
  static void sum(
      int[] layers,
      int[] repeats,
      float[][] fromLatency,
      float[][] fromEnergy,
      double[] latencyMs,
      double[] energyMj) {
    Arrays.fill(latencyMs, 0);
    Arrays.fill(energyMj, 0);
    for (int i = 0; i < layers.length; i++) {
      add(repeats[i], fromLatency[layers[i]], latencyMs);
      add(repeats[i], fromEnergy[layers[i]], energyMj);
    }
  }

  private static void add(double factor, float[] from, double[] to) {
    for (int d = 0; d < to.length; d++) {
      to[d] += factor * from[d];
    }
  }

  private static void add(double factor, double[] from, double[] to, int first, int end) {
    for (int d = first; d < end; d++) {
      to[d] += factor * from[d];
    }
  }

  /** The row of an operation at a block. */
  int row(int block, int operation) {
    return rowOf[block * operations + operation];
  }

  void sum(int[] choice, double[] l, double[] e) {
    check(choice);
    sum(choice, l, e, 0, l.length);
  }

  /** The sums of a valid choice on some of the designs, from the first to before the last. */
  void sum(int[] choice, double[] l, double[] e, int start, int end) {
    double[] fromL = fixedLatencyMs;
    double[] fromE = fixedEnergyMj;
    int b = 0;
    // three rows per pass: a third of the loads and stores
    do {
      int first = row(choice, b);
      int second = row(choice, b + 1);
      int third = row(choice, b + 2);
      add(fromL, latencyMs[first], latencyMs[second], latencyMs[third], l, start, end);
      add(fromE, energyMj[first], energyMj[second], energyMj[third], e, start, end);
      fromL = l;
      fromE = e;
      b += 3;
    } while (b < choice.length);
  }

  private int row(int[] choice, int block) {
    return block < choice.length ? rowOf[block * operations + choice[block]] : ZERO;
  }

  private static void add(
      double[] from, double[] a, double[] b, double[] c, double[] to, int start, int end) {
    for (int d = start; d < end; d++) {
      to[d] = from[d] + a[d] + b[d] + c[d];
    }
  }

  void expect(double[] probabilities, double[] l, double[] e) {
    check(probabilities);
    expect(probabilities, l, e, 0, l.length);
  }

  /** The sums of valid probabilities on some of the designs, from the first to before the last. */
  void expect(double[] probabilities, double[] l, double[] e, int start, int end) {
    System.arraycopy(fixedLatencyMs, start, l, start, end - start);
    System.arraycopy(fixedEnergyMj, start, e, start, end - start);
    for (int row = 1; row < latencyMs.length; row++) {
      double weight = 0;
      for (int place : places[row]) {
        weight += probabilities[place];
      }
      if (weight != 0) {
        add(weight, latencyMs[row], l, start, end);
        add(weight, energyMj[row], e, start, end);
      }
    }
  }

  void accumulate(double[] byLatency, double[] byEnergy, double[] gradient) {
    for (int row = 1; row < latencyMs.length; row++) {
      double[] l = latencyMs[row];
      double[] e = energyMj[row];
      double sum = 0;
      for (int d = 0; d < l.length; d++) {
        sum += byLatency[d] * l[d] + byEnergy[d] * e[d];
      }
      for (int place : places[row]) {
        gradient[place] += sum;
      }
    }
  }

  /**
   * As the other {@code accumulate}, for some designs only; coefficients are by position in their
   * list.
   */
  void accumulate(
      int[] designs, int count, double[] byLatency, double[] byEnergy, double[] gradient) {
    for (int row = 1; row < latencyMs.length; row++) {
      double[] l = latencyMs[row];
      double[] e = energyMj[row];
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += byLatency[i] * l[designs[i]] + byEnergy[i] * e[designs[i]];
      }
      for (int place : places[row]) {
        gradient[place] += sum;
      }
    }
  }

  void on(int designIndex, double[] probabilities, double[] metrics) {
    check(probabilities);
    double l = fixedLatencyMs[designIndex];
    double e = fixedEnergyMj[designIndex];
    for (int i = 0; i < rowOf.length; i++) {
      l += probabilities[i] * latencyMs[rowOf[i]][designIndex];
      e += probabilities[i] * energyMj[rowOf[i]][designIndex];
    }
    metrics[0] = l;
    metrics[1] = e;
  }

  private void check(int[] choice) {
    boolean valid = choice.length * operations == rowOf.length;
    for (int b = 0; valid && b < choice.length; b++) {
      valid = choice[b] >= 0 && choice[b] < operations && allowed[b * operations + choice[b]];
    }
    if (!valid) {
      space.genotype(choice); // throws with the message
    }
  }

  private void check(double[] probabilities) {
    boolean valid = probabilities.length == rowOf.length;
    for (int i = 0; valid && i < rowOf.length; i++) {
      valid = allowed[i] ? Double.isFinite(probabilities[i]) : probabilities[i] == 0;
    }
    if (!valid) {
      explain(probabilities);
    }
  }

  private void explain(double[] probabilities) {
    Rules rules = new Rules();
    rules.require(
        probabilities.length == rowOf.length,
        "%d probabilities do not fit the %d blocks × %d operations of space %s",
        probabilities.length,
        space.blocks(),
        operations,
        space.name());
    for (int i = 0; i < Math.min(probabilities.length, rowOf.length); i++) {
      rules.require(
          allowed[i] ? Double.isFinite(probabilities[i]) : probabilities[i] == 0,
          "probability %s of %s at %s of space %s must be %s",
          probabilities[i],
          space.operations().get(i % operations),
          space.blockNames().get(i / operations),
          space.name(),
          allowed[i] ? "finite" : "0, as the operation is not allowed there");
    }
    rules.check();
  }
}
