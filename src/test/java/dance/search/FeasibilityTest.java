package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Constraint;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.BlockShape;
import dance.space.NetworkSpace;
import dance.space.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits on spaces where what is quick costs energy: no network minimises both. */
class FeasibilityTest {
  private static final Metric[] METRICS = {
    Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDP, Metric.EDAP
  };

  private static final NetworkSpace SPACE = rigid();
  private static final AcceleratorSpace DESIGNS = AcceleratorSpace.dance().pes(8, 9).rf(4, 16);
  private static final TabularTask TASK = TabularTask.of("rigid task", SPACE, g -> 0.5);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** Four blocks of different shapes that must be there, five operations each. */
  private static NetworkSpace rigid() {
    Operation[] operations = {
      Operation.mbConv(3, 3),
      Operation.mbConv(3, 6),
      Operation.mbConv(5, 3),
      Operation.mbConv(5, 6),
      Operation.mbConv(7, 3)
    };
    return NetworkSpace.of("rigid")
        .block("b1", BlockShape.of(8, 16, 16), operations)
        .block("b2", BlockShape.of(16, 16, 16), operations)
        .block("b3", BlockShape.of(16, 24, 16), operations)
        .block("b4", BlockShape.of(24, 32, 16), operations);
  }

  /** Every layer is quick or frugal, on each design anew. */
  private static SearchProblem problem(Random random) {
    int layers = SPACE.distinctLayers().size();
    double[][] latency = new double[layers][DESIGNS.size()];
    double[][] energy = new double[layers][DESIGNS.size()];
    for (int r = 0; r < layers; r++) {
      for (int d = 0; d < DESIGNS.size(); d++) {
        latency[r][d] = Math.exp(2 * random.nextGaussian());
        energy[r][d] = (1 + 0.2 * random.nextDouble()) / latency[r][d];
      }
    }
    CostTable table = CostTable.of(SPACE, DESIGNS, "made up", latency, energy);
    return SearchProblem.of(TASK, table, Objective.EDAP, 0.1);
  }

  /** The minimum over all networks on all accelerators, one by one. */
  private static double least(SearchProblem problem, MonotoneMinimum.Measure measure) {
    return leasts(problem, List.of(measure))[0];
  }

  private static double[] leasts(SearchProblem problem, List<MonotoneMinimum.Measure> measures) {
    AccuracyTable networks = ((TabularTask) problem.task()).table();
    int[] choice = new int[problem.task().space().blocks()];
    double[] m = new double[3];
    double[] least = new double[measures.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int n = 0; n < networks.size(); n++) {
      networks.choice(n, choice);
      for (int d = 0; d < problem.table().designs(); d++) {
        problem.table().metricsOn(choice, d, m);
        for (int i = 0; i < least.length; i++) {
          least[i] = Math.min(least[i], measures.get(i).of(m[0], m[1], m[2]));
        }
      }
    }
    return least;
  }

  private static MonotoneMinimum.Measure excess(SearchProblem problem) {
    return (l, e, a) -> Candidate.excess(problem.objective(), new double[] {l, e, a});
  }

  /** Some limits, each a little more or less than a random design has. */
  private static SearchProblem limited(SearchProblem free, Random random) {
    int[] choice = free.task().space().choice(free.task().space().sample(random));
    double[] m = new double[3];
    free.table().metricsOn(choice, random.nextInt(free.table().designs()), m);
    SearchProblem problem = free;
    for (Metric metric : METRICS) {
      if (random.nextBoolean()) {
        double value = new Constraint(metric, 1).value(m[0], m[1], m[2]);
        problem = problem.atMost(metric, value * Math.exp(-1.5 * random.nextDouble()));
      }
    }
    return problem;
  }

  @Test
  void limitsAreRefusedExactlyWhereNoDesignKeepsThem() {
    int kept = 0;
    for (long seed : seeds().toArray()) {
      Random random = new Random(seed);
      SearchProblem problem = limited(problem(random), random);
      double nearest = least(problem, excess(problem));
      assertThat(Feasibility.witness(problem, 1).excess()).as("seed %d", seed).isEqualTo(nearest);
      if (nearest == 0) {
        Feasibility.check(problem);
        kept++;
      } else {
        assertThatThrownBy(() -> Feasibility.check(problem))
            .as("seed %d", seed)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("cannot be kept");
      }
    }
    assertThat(kept).as("both answers are met").isBetween(60, 240);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLeastIsThatOfBruteForce(long seed) {
    SearchProblem problem = problem(new Random(seed));
    MonotoneMinimum designs = new MonotoneMinimum(problem.table());
    List<MonotoneMinimum.Measure> measures = new ArrayList<>();
    for (Metric metric : METRICS) {
      measures.add(new Constraint(metric, 1)::value);
    }
    double[] least = leasts(problem, measures);
    for (int i = 0; i < least.length; i++) {
      MonotoneMinimum.Measure measure = measures.get(i);
      MonotoneMinimum.Found found = designs.find(measure, Double.NEGATIVE_INFINITY);
      assertThat(found.value()).isEqualTo(least[i]);
      double[] m = new double[3];
      problem.table().metricsOn(found.choice(), found.designIndex(), m);
      assertThat(measure.of(m[0], m[1], m[2])).isEqualTo(found.value());
    }
  }

  @Test
  void whatOnlyTwoNetworksKeepIsRefused() {
    SearchProblem free = problem(new Random(5));
    double latency = 1.5 * least(free, (l, e, a) -> l);
    double energy = 1.5 * least(free, (l, e, a) -> e);
    SearchProblem quick = free.atMost(Metric.LATENCY, latency);
    Feasibility.check(quick);
    Feasibility.check(free.atMost(Metric.ENERGY, energy));
    SearchProblem both = quick.atMost(Metric.ENERGY, energy);
    int nearest =
        IntStream.range(0, free.table().designs())
            .boxed()
            .min(Comparator.comparingDouble(d -> leastExcess(both, d)))
            .orElseThrow();
    assertThatThrownBy(() -> Feasibility.check(both))
        .hasMessageContaining("latency ≤ " + latency + " ms and energy ≤ " + energy + " mJ")
        .hasMessageContaining("cannot be kept together: ")
        .hasMessageContaining(free.table().acceleratorSpace().label(nearest) + " comes nearest");
  }

  private static double leastExcess(SearchProblem problem, int design) {
    AccuracyTable networks = ((TabularTask) problem.task()).table();
    int[] choice = new int[problem.task().space().blocks()];
    double[] m = new double[3];
    double least = Double.POSITIVE_INFINITY;
    for (int n = 0; n < networks.size(); n++) {
      networks.choice(n, choice);
      problem.table().metricsOn(choice, design, m);
      least = Math.min(least, Candidate.excess(problem.objective(), m));
    }
    return least;
  }
}
