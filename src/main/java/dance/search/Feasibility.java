package dance.search;

import dance.cost.Constraint;
import dance.cost.Figures;
import dance.evaluate.CostTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether limits can be kept at all, found from the table before any search.
 *
 * <p>On each accelerator the least latency is the sum of every block's least, and likewise the
 * least energy; no network has less of either, nor of their products. Where the same network has
 * least of both, as in every space whose blocks can be left out, it keeps the limits if any network
 * does; otherwise limits may pass that only seem to be kept by two networks.
 */
final class Feasibility {
  private final CostTable table;
  private final int[][] offered;

  /** {@code [designs][3]}: the least latency, the least energy, the area. */
  private final double[][] least;

  private Feasibility(CostTable table) {
    this.table = table;
    offered = AccuracyTable.offered(table.networkSpace());
    least = new double[table.designs()][];
    for (int d = 0; d < least.length; d++) {
      least[d] = least(d);
    }
  }

  /**
   * Refuses limits that no network keeps on any accelerator.
   *
   * @throws IllegalArgumentException naming the least that can be reached
   */
  static void check(SearchProblem problem) {
    List<Constraint> limits = problem.objective().constraints();
    if (!limits.isEmpty()) {
      new Feasibility(problem.table()).check(limits);
    }
  }

  /**
   * A network and an accelerator that keep limits if any do, as far as this can tell: on the
   * accelerator that comes nearest the operations of least energy-delay product.
   */
  static Candidate witness(SearchProblem problem, long seed) {
    Feasibility feasibility = new Feasibility(problem.table());
    int design = feasibility.leastExceeding(problem.objective().constraints());
    CostTable table = problem.table();
    int[] choice = new int[feasibility.offered.length];
    for (int b = 0; b < choice.length; b++) {
      choice[b] = feasibility.offered[b][0];
      for (int o : feasibility.offered[b]) {
        boolean less =
            table.latencyMs(b, o, design) * table.energyMj(b, o, design)
                < table.latencyMs(b, choice[b], design) * table.energyMj(b, choice[b], design);
        choice[b] = less ? o : choice[b];
      }
    }
    return Candidate.of(problem, choice, design, problem.task().accuracy(choice, seed));
  }

  private double[] least(int design) {
    double latency = table.fixedLatencyMs(design);
    double energy = table.fixedEnergyMj(design);
    for (int b = 0; b < offered.length; b++) {
      double leastLatency = Double.POSITIVE_INFINITY;
      double leastEnergy = Double.POSITIVE_INFINITY;
      for (int o : offered[b]) {
        leastLatency = Math.min(leastLatency, table.latencyMs(b, o, design));
        leastEnergy = Math.min(leastEnergy, table.energyMj(b, o, design));
      }
      latency += leastLatency;
      energy += leastEnergy;
    }
    return new double[] {latency, energy, table.areaMm2(design)};
  }

  private void check(List<Constraint> limits) {
    List<String> messages = new ArrayList<>();
    for (Constraint limit : limits) {
      int best = leastExceeding(List.of(limit));
      if (excess(List.of(limit), best) > 0) {
        messages.add(
            limit
                + " cannot be kept: the least that any network reaches is "
                + value(limit, best)
                + ", on "
                + table.acceleratorSpace().label(best));
      }
    }
    int best = leastExceeding(limits);
    if (messages.isEmpty() && excess(limits, best) > 0) {
      List<String> reached = limits.stream().map(l -> value(l, best)).toList();
      messages.add(
          limits.stream().map(Object::toString).reduce((a, b) -> a + " and " + b).orElseThrow()
              + " cannot be kept together: "
              + table.acceleratorSpace().label(best)
              + " comes nearest with "
              + String.join(" and ", reached));
    }
    if (!messages.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), messages));
    }
  }

  private int leastExceeding(List<Constraint> limits) {
    int best = 0;
    for (int d = 1; d < least.length; d++) {
      double excess = excess(limits, d);
      double smallest = excess(limits, best);
      boolean lower = limits.size() == 1 && signed(limits.get(0), d) < signed(limits.get(0), best);
      best = excess < smallest || lower ? d : best;
    }
    return best;
  }

  private double signed(Constraint limit, int design) {
    double[] m = least[design];
    return limit.excess(m[0], m[1], m[2]);
  }

  private double excess(List<Constraint> limits, int design) {
    return limits.stream().mapToDouble(l -> Math.max(0, signed(l, design))).sum();
  }

  private String value(Constraint limit, int design) {
    double[] m = least[design];
    return Figures.measure(limit.value(m[0], m[1], m[2])) + " " + limit.metric().unit();
  }
}
