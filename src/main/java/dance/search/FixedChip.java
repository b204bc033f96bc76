package dance.search;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.cost.Constraint;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Accelerators that one may decide on before any network is searched. Networks are looked at as
 * random ones of the space, {@value SearchProblem#NETWORKS} of them. A limit on area is kept, as
 * far as any design keeps it: it concerns the chip alone. Other constraints play no part.
 */
public enum FixedChip {
  /**
   * The design of the space that is nearest to Eyeriss (Chen et al., JSSC 2017): 14 × 12 PEs,
   * row-stationary, the largest register files.
   */
  EYERISS("chip like Eyeriss"),
  /** The best design of the network that costs the median, each on its own best design. */
  TYPICAL("chip of a typical network"),
  /** The design of the lowest mean cost relative to each network's own best design. */
  AVERAGE("best single chip");

  private static final long SEED = 1;
  private static final int EYERISS_COLUMNS = 14;
  private static final int EYERISS_ROWS = 12;

  private final String label;

  FixedChip(String label) {
    this.label = label;
  }

  /** In words. */
  public String label() {
    return label;
  }

  /** The index of the design in the table of a problem. */
  int designIndex(SearchProblem problem) {
    return switch (this) {
      case EYERISS -> eyeriss(problem);
      case TYPICAL -> typical(problem);
      case AVERAGE -> average(problem);
    };
  }

  /** The design nearest to Eyeriss. */
  static int eyeriss(SearchProblem problem) {
    CostTable table = problem.table();
    double[] distance = new double[table.designs()];
    for (int d = 0; d < distance.length; d++) {
      Accelerator chip = table.accelerator(d);
      int columns = chip.levels().get(1).fanoutX();
      int rows = chip.levels().get(1).fanoutY();
      double words = chip.levels().get(chip.levels().size() - 1).usableWords();
      boolean other = chip.dataflow() != Dataflow.ROW_STATIONARY;
      distance[d] =
          (other ? 1e6 : 0)
              + Math.abs(columns - EYERISS_COLUMNS)
              + Math.abs(rows - EYERISS_ROWS)
              - 1e-6 * words;
    }
    return least(problem, distance);
  }

  private static int typical(SearchProblem problem) {
    CostTable table = problem.table();
    HardwareOracle oracle = HardwareOracle.of(table);
    Objective alone = onlyArea(problem);
    double[] m = new double[3];
    record Priced(int designIndex, double cost) {}
    return networks(table.networkSpace())
        .map(
            choice -> {
              int own = oracle.best(choice, alone);
              table.metricsOn(choice, own, m);
              return new Priced(own, problem.objective().cost(m[0], m[1], m[2]));
            })
        .sorted(Comparator.comparingDouble(Priced::cost))
        .skip(SearchProblem.NETWORKS / 2)
        .findFirst()
        .orElseThrow()
        .designIndex();
  }

  private static int average(SearchProblem problem) {
    CostTable table = problem.table();
    double[] latencyMs = new double[table.designs()];
    double[] energyMj = new double[table.designs()];
    double[] sums = new double[table.designs()];
    networks(table.networkSpace())
        .forEach(
            choice -> {
              table.sum(choice, latencyMs, energyMj);
              double[] costs = new double[sums.length];
              for (int d = 0; d < costs.length; d++) {
                costs[d] = problem.objective().cost(latencyMs[d], energyMj[d], table.areaMm2(d));
              }
              double least = Arrays.stream(costs).min().orElseThrow();
              for (int d = 0; d < costs.length; d++) {
                sums[d] += costs[d] / least;
              }
            });
    return least(problem, sums);
  }

  /** The objective without the limits that depend on the network. */
  private static Objective onlyArea(SearchProblem problem) {
    Objective free = problem.unlimited().objective();
    for (Constraint limit : problem.objective().constraints()) {
      free = limit.metric() == Metric.AREA ? free.atMost(Metric.AREA, limit.limit()) : free;
    }
    return free;
  }

  /** The first of the smallest among the designs that keep a limit on area; else among all. */
  static int least(SearchProblem problem, double[] values) {
    Objective alone = onlyArea(problem);
    double[] kept = values.clone();
    for (int d = 0; d < kept.length; d++) {
      if (!alone.feasible(0, 0, problem.table().areaMm2(d))) {
        kept[d] = Double.POSITIVE_INFINITY;
      }
    }
    int least = least(kept);
    return Double.isInfinite(kept[least]) ? least(values) : least;
  }

  private static Stream<int[]> networks(NetworkSpace space) {
    SplittableRandom random = new SplittableRandom(SEED);
    return IntStream.range(0, SearchProblem.NETWORKS)
        .mapToObj(i -> space.choice(space.sample(random)));
  }

  /** The first of the smallest. */
  private static int least(double[] values) {
    return IntStream.range(0, values.length)
        .reduce((a, b) -> values[b] < values[a] ? b : a)
        .orElseThrow();
  }
}
