package dance.evaluate;

import dance.cost.Objective;
import java.util.Arrays;

/**
 * The designs of a table in runs of consecutive ones, so that runs without the best design are
 * recognised by a lower bound, and only the others are evaluated.
 *
 * <p>The bound of a run is the cost of the least latency, energy and area of each row over its
 * designs. Rows are added in the order in which those of designs are, and rounding is monotone: so
 * no design of the run is below the bound, to the last bit, for every objective that {@linkplain
 * Objective#isMonotone is monotone} and rows with no negative factor. Not thread-safe.
 */
final class DesignRuns {
  /** Designs of a run: with more, bounds are looser; with fewer, there are more of them. */
  static final int RUN = 16;

  final double[] latencyMs;
  final double[] energyMj;
  private final TableRows rows;
  private final TableRows minima;
  private final int run;
  private final double[] areaMm2;
  private final double[] leastLatencyMs;
  private final double[] leastEnergyMj;
  private final double[] leastAreaMm2;
  private final boolean[] evaluated;
  private int best;
  private double bestExcess;
  private double bestCost;
  private int[] choice;
  private double[] probabilities;

  /**
   * @param run designs of a run
   * @param minima of the table's rows over such runs
   * @param latencyMs {@code [designs]}, of which evaluated runs are written
   * @param energyMj {@code [designs]}
   */
  DesignRuns(CostTable table, int run, TableRows minima, double[] latencyMs, double[] energyMj) {
    this.run = run;
    this.minima = minima;
    this.latencyMs = latencyMs;
    this.energyMj = energyMj;
    rows = table.rows();
    areaMm2 = new double[table.designs()];
    Arrays.setAll(areaMm2, table::areaMm2);
    leastAreaMm2 = TableRows.minima(areaMm2, run);
    leastLatencyMs = new double[leastAreaMm2.length];
    leastEnergyMj = new double[leastAreaMm2.length];
    evaluated = new boolean[leastAreaMm2.length];
  }

  /** Whether bounds are valid for an objective and a relaxed architecture. */
  static boolean suits(Objective objective, double[] probabilities) {
    if (!objective.isMonotone()) {
      return false;
    }
    for (int i = 0; probabilities != null && i < probabilities.length; i++) {
      if (probabilities[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Bounds all runs for a network. */
  void begin(int[] operations) {
    choice = operations;
    probabilities = null;
    minima.sum(operations, leastLatencyMs, leastEnergyMj);
    Arrays.fill(evaluated, false);
  }

  /** Bounds all runs for a relaxed architecture without negative probabilities. */
  void begin(double[] relaxed) {
    choice = null;
    probabilities = relaxed;
    minima.expect(relaxed, leastLatencyMs, leastEnergyMj);
    Arrays.fill(evaluated, false);
  }

  /** Number of runs. */
  int count() {
    return evaluated.length;
  }

  int start(int at) {
    return at * run;
  }

  int end(int at) {
    return Math.min((at + 1) * run, areaMm2.length);
  }

  /** Lower bound of the objective in a run. */
  double cost(int at, Objective objective) {
    return objective.function().of(leastLatencyMs[at], leastEnergyMj[at], leastAreaMm2[at]);
  }

  /** Lower bound of the violation of constraints in a run. */
  double excess(int at, Objective objective) {
    return objective.constraints().isEmpty()
        ? 0
        : HardwareOracle.excess(objective, leastLatencyMs[at], leastEnergyMj[at], leastAreaMm2[at]);
  }

  /** Writes latency and energy of the designs of a run. */
  void evaluate(int at) {
    if (evaluated[at]) {
      return;
    }
    evaluated[at] = true;
    if (choice == null) {
      rows.expect(probabilities, latencyMs, energyMj, start(at), end(at));
    } else {
      rows.sum(choice, latencyMs, energyMj, start(at), end(at));
    }
  }

  /** Number of runs evaluated since the last {@code begin}. */
  int evaluations() {
    int count = 0;
    for (boolean one : evaluated) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /**
   * The best design: of the smallest violation of constraints, then of the lowest cost, then the
   * first.
   */
  int best(Objective objective) {
    int promising = 0;
    double least = excess(0, objective);
    for (int at = 1; at < count(); at++) {
      double excess = excess(at, objective);
      if (excess < least || (excess == least && cost(at, objective) < cost(promising, objective))) {
        promising = at;
        least = excess;
      }
    }
    best = areaMm2.length;
    bestExcess = Double.POSITIVE_INFINITY;
    bestCost = Double.POSITIVE_INFINITY;
    compare(promising, objective);
    for (int at = 0; at < count(); at++) {
      double excess = excess(at, objective);
      // As good as the best may be earlier.
      if (at != promising
          && (excess < bestExcess || (excess == bestExcess && cost(at, objective) <= bestCost))) {
        compare(at, objective);
      }
    }
    return best;
  }

  private void compare(int at, Objective objective) {
    evaluate(at);
    boolean limited = !objective.constraints().isEmpty();
    for (int d = start(at); d < end(at); d++) {
      double l = latencyMs[d];
      double e = energyMj[d];
      double excess = limited ? HardwareOracle.excess(objective, l, e, areaMm2[d]) : 0;
      if (excess > bestExcess) {
        continue;
      }
      double cost = objective.function().of(l, e, areaMm2[d]);
      boolean better = excess < bestExcess || cost < bestCost;
      if (better || (cost == bestCost && d < best)) {
        best = d;
        bestExcess = excess;
        bestCost = cost;
      }
    }
  }
}
