package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.CpuTime;
import dance.SharedData;
import dance.cost.Design;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All 67,734,375 pairs of NAS-Bench-201's networks and DANCE's accelerators. */
class NasBench201SearchTest {
  private static final Path ACCURACIES = Path.of("../shared/reference/nas-bench-201/accuracy.csv");
  private static final double MOST_CPU_SECONDS = 60;

  /** Others than those that the usual options were chosen on. */
  private static final long[] SEEDS = LongStream.rangeClosed(101, 120).toArray();

  private static SearchProblem problem;
  private static ExhaustiveOptimum truth;
  private static double seconds;

  @BeforeAll
  static void enumerate() {
    SharedData.require(ACCURACIES);
    problem =
        SearchProblem.of(
            TabularTask.nasBench201(ACCURACIES, TabularTask.CIFAR10),
            CostTable.bundled("nasbench201"),
            Objective.EDAP,
            0.1);
    double start = CpuTime.seconds();
    truth = ExhaustiveOptimum.of(problem);
    seconds = CpuTime.seconds() - start;
  }

  private static AccuracyTable networks() {
    return ((TabularTask) problem.task()).table();
  }

  /** What a network costs on all designs. */
  private static double[] costs(int network) {
    int[] choice = new int[problem.task().space().blocks()];
    networks().choice(network, choice);
    CostTable table = problem.table();
    double[] costs = new double[table.designs()];
    double[] m = new double[3];
    for (int d = 0; d < costs.length; d++) {
      table.metricsOn(choice, d, m);
      costs[d] = m[0] * m[1] * m[2];
    }
    return costs;
  }

  @Test
  @Tag("timing")
  void allPairsAreEnumeratedWellUnderAMinute() {
    assertThat(truth.pairs()).isEqualTo(67_734_375L);
    assertThat(seconds).isLessThan(MOST_CPU_SECONDS);
    assertThat(truth.feasible()).isTrue();
  }

  @Test
  void noPairIsWorthMoreAndNoneDominatesTheFront() {
    List<Design> front = truth.front();
    double[] frontCosts =
        front.stream().mapToDouble(d -> Objective.EDAP.cost(d.metrics())).toArray();
    double[] frontAccuracies =
        front.stream().mapToDouble(d -> d.accuracy().getAsDouble()).toArray();
    assertThat(front).hasSizeGreaterThan(20);
    assertThat(Arrays.stream(frontAccuracies).max().orElseThrow()).isCloseTo(0.9437, within(1e-4));
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1000; i++) {
      int network = random.nextInt(networks().size());
      double accuracy = networks().get(network);
      double least = Arrays.stream(costs(network)).min().orElseThrow();
      assertThat(problem.value(accuracy, least)).isLessThanOrEqualTo(truth.value() + 1e-12);
      boolean covered = false;
      for (int f = 0; f < frontCosts.length && !covered; f++) {
        covered = frontCosts[f] <= least * (1 + 1e-12) && frontAccuracies[f] >= accuracy;
      }
      assertThat(covered).isTrue();
    }
  }

  @Test
  void evaluatedGradientsAreWithinAPerCentWithAThirdOfTheEvaluationsOfRandomSearch() {
    CoExplorer dance = CoExplorer.exact(CoExplorerOptions.defaults());
    StraightThrough evaluated = StraightThrough.defaults();
    SearchMethod random = new RandomSearch(30_000);
    Comparison comparison =
        Comparison.run(problem, List.of(dance, evaluated, random), SEEDS, Budget.evaluations(1000));
    assertThat(comparison.near(dance.name())).isGreaterThanOrEqualTo(18);
    assertThat(comparison.near(evaluated.name())).isGreaterThanOrEqualTo(18);
    // infinite if at most half of the random searches arrive
    assertThat(3 * comparison.medianTo(0.01, evaluated.name(), Trace.Epoch::evaluations))
        .isLessThan(comparison.medianTo(0.01, random.name(), Trace.Epoch::evaluations));
  }

  @Test
  void allOfTwentyRandomLimitsAreKept() {
    LimitTrials trials =
        LimitTrials.run(
            problem,
            CoExplorer.exact(CoExplorerOptions.defaults()),
            20,
            1,
            Budget.evaluations(1000),
            Runtime.getRuntime().availableProcessors());
    assertThat(trials.kept(LimitTrials.KEPT)).isEqualTo(20);
    assertThat(trials.binding()).isGreaterThan(5);
    assertThat(trials.kept(LimitTrials.PLAIN)).isLessThan(20);
    assertThat(trials.regret(LimitTrials.KEPT).mean()).isLessThan(0.01);
  }
}
