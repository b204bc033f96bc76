package dance.search;

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
   * row-stationary, the largest register files, a buffer of 108 KB and the link of its test board.
   */
  EYERISS("chip like Eyeriss"),
  /** The best design of the network that costs the median, each on its own best design. */
  TYPICAL("chip of a typical network"),
  /** The design of the lowest mean cost relative to each network's own best design. */
  AVERAGE("best single chip");

  private static final long SEED = 1;

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
    return least(problem, LikeEyeriss.distances(problem.table().acceleratorSpace()));
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
    HardwareOracle oracle = HardwareOracle.of(table);
    Objective free = problem.unlimited().objective();
    int[][] choices = networks(table.networkSpace()).toArray(int[][]::new);
    double[] cheapest = new double[choices.length];
    double[] m = new double[3];
    for (int n = 0; n < choices.length; n++) {
      table.metricsOn(choices[n], oracle.best(choices[n], free), m);
      cheapest[n] = free.cost(m[0], m[1], m[2]);
    }
    return MeanExcess.least(problem, choices, cheapest, 1);
  }

  /** The limit on area, which is that of the chip alone; infinite if there is none. */
  static double areaLimit(SearchProblem problem) {
    return problem.objective().constraints().stream()
        .filter(limit -> limit.metric() == Metric.AREA)
        .mapToDouble(Constraint::limit)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The objective without the limits that depend on the network. */
  private static Objective onlyArea(SearchProblem problem) {
    Objective free = problem.unlimited().objective();
    double limit = areaLimit(problem);
    return Double.isInfinite(limit) ? free : free.atMost(Metric.AREA, limit);
  }

  /** Designs that keep a limit on area; all if none does: {@code [designs]}. */
  static boolean[] allowed(SearchProblem problem) {
    Objective alone = onlyArea(problem);
    boolean[] allowed = new boolean[problem.table().designs()];
    boolean any = false;
    for (int d = 0; d < allowed.length; d++) {
      allowed[d] = alone.feasible(0, 0, problem.table().areaMm2(d));
      any |= allowed[d];
    }
    if (!any) {
      Arrays.fill(allowed, true);
    }
    return allowed;
  }

  /** The first of the smallest among the designs that keep a limit on area; else among all. */
  private static int least(SearchProblem problem, double[] values) {
    boolean[] allowed = allowed(problem);
    return IntStream.range(0, values.length)
        .filter(d -> allowed[d])
        .reduce((a, b) -> values[b] < values[a] ? b : a)
        .orElseThrow();
  }

  private static Stream<int[]> networks(NetworkSpace space) {
    SplittableRandom random = new SplittableRandom(SEED);
    return IntStream.range(0, SearchProblem.NETWORKS)
        .mapToObj(i -> space.choice(space.sample(random)));
  }
}
