package dance.search;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs that bounds and superior networks exclude change no bit of what all pairs give. */
class PairSurveyTest {
  private static final NetworkSpace NETWORKS = SearchExamples.tiny();
  private static final AcceleratorSpace DESIGNS = AcceleratorSpace.dance().pes(8, 12, 16);
  private static final double[] LAMBDAS = {0, 0.003, 0.05, 1, 40};

  /** Costs in few steps, so that many pairs are equal; accuracies that know nothing of them. */
  private static SearchProblem random(long seed, Objective objective) {
    Random random = new Random(seed);
    int layers = NETWORKS.distinctLayers().size();
    double[][] latencyMs = new double[layers][DESIGNS.size()];
    double[][] energyMj = new double[layers][DESIGNS.size()];
    for (int i = 0; i < layers; i++) {
      for (int d = 0; d < DESIGNS.size(); d++) {
        latencyMs[i][d] = 0.25 * (1 + i % 3 + random.nextInt(2 + i % 2));
        energyMj[i][d] = 0.5 * (1 + i % 4 + random.nextInt(2));
      }
    }
    CostTable table = CostTable.of(NETWORKS, DESIGNS, "random " + seed, latencyMs, energyMj);
    double[] accuracies = random.doubles(48).map(x -> 0.5 + Math.round(20 * x) / 50.0).toArray();
    TabularTask task =
        TabularTask.of("random", NETWORKS, n -> accuracies[NETWORKS.index(n).intValueExact()]);
    return SearchProblem.of(task, table, objective, 0.1);
  }

  private static Objective objective(String name) {
    return switch (name) {
      case "falling" ->
          // not known to be monotone: nothing may be excluded
          Objective.of("falling", (l, e, a) -> e / l, (l, e, a, g) -> {});
      case "limited" -> Objective.EDP.atMost(Metric.LATENCY, 3).atMost(Metric.AREA, 6);
      case "energy" -> Objective.EDAP.atMost(Metric.ENERGY, 5.5);
      default -> Objective.byName(name);
    };
  }

  @ParameterizedTest
  @CsvSource({"edap", "edp", "'linear:1,1,0.1'", "latency", "area", "limited", "energy", "falling"})
  void theBestOfEveryDesignAndNetworkIsThatOfAllPairs(String name) {
    for (long seed = 1; seed <= 4; seed++) {
      SearchProblem problem = random(seed, objective(name));
      AccuracyTable accuracies = ((TabularTask) problem.task()).table();
      PairSurvey survey = PairSurvey.of(problem, accuracies, LAMBDAS, 1 + (int) seed % 2);
      Everything all = new Everything(problem, accuracies);
      assertThat(survey.networkOn).isDeepEqualTo(all.networkOn);
      assertThat(survey.valueOn).isDeepEqualTo(all.valueOn);
      assertThat(survey.designOf).isEqualTo(all.designOf);
      assertThat(survey.costOf).isEqualTo(all.costOf);
      assertThat(survey.single).isEqualTo(all.single);
    }
  }

  /** Every pair, one after the other. */
  private static final class Everything {
    final int[][] networkOn = new int[LAMBDAS.length][DESIGNS.size()];
    final double[][] valueOn = new double[LAMBDAS.length][DESIGNS.size()];
    final int[] designOf;
    final double[] costOf;
    final int single;

    Everything(SearchProblem problem, AccuracyTable accuracies) {
      designOf = new int[accuracies.size()];
      costOf = new double[accuracies.size()];
      Arrays.fill(designOf, PairSurvey.NONE);
      Arrays.fill(costOf, Double.NaN);
      for (int l = 0; l < LAMBDAS.length; l++) {
        Arrays.fill(networkOn[l], PairSurvey.NONE);
        Arrays.fill(valueOn[l], Double.NEGATIVE_INFINITY);
      }
      SearchProblem[] weighted =
          Arrays.stream(LAMBDAS).mapToObj(problem::lambda).toArray(SearchProblem[]::new);
      double[] excess = new double[DESIGNS.size()];
      int[] choice = new int[NETWORKS.blocks()];
      double[] m = new double[3];
      for (int n = 0; n < designOf.length; n++) {
        accuracies.choice(n, choice);
        double[] costs = new double[DESIGNS.size()];
        for (int d = 0; d < costs.length; d++) {
          problem.table().metricsOn(choice, d, m);
          costs[d] = problem.objective().cost(m[0], m[1], m[2]);
          if (!problem.objective().feasible(m[0], m[1], m[2])) {
            continue;
          }
          if (designOf[n] == PairSurvey.NONE || costs[d] < costOf[n]) {
            designOf[n] = d;
            costOf[n] = costs[d];
          }
          for (int l = 0; l < LAMBDAS.length; l++) {
            double value = weighted[l].value(accuracies.get(n), costs[d]);
            if (value > valueOn[l][d]) {
              valueOn[l][d] = value;
              networkOn[l][d] = n;
            }
          }
        }
        double least = Arrays.stream(costs).min().orElseThrow();
        Arrays.setAll(excess, d -> excess[d] + costs[d] / least);
      }
      boolean[] allowed = FixedChip.allowed(problem);
      single =
          IntStream.range(0, excess.length)
              .filter(d -> allowed[d])
              .reduce((a, b) -> excess[b] < excess[a] ? b : a)
              .orElseThrow();
    }
  }

  @Test
  void aNetworkIsExcludedIfAMoreAccurateOneCostsLessEverywhere() {
    SearchProblem problem = SearchExamples.problem(0.1);
    TabularTask better =
        TabularTask.of(
            "zeros",
            NETWORKS,
            // of all networks that with the fewest operations is the most accurate
            n -> n.operations().stream().filter("zero"::equals).count() / 10.0);
    AccuracyTable accuracies = better.table();
    int[] rivals = Rivals.of(problem.table(), accuracies);
    assertThat(rivals).hasSizeBetween(1, 11);
    double most = IntStream.range(0, 48).mapToDouble(accuracies::get).max().orElseThrow();
    assertThat(Arrays.stream(rivals).mapToDouble(accuracies::get)).containsOnly(most);
  }

  @Test
  void theDesignLikeEyerissIsThatOfTheLeastDistance() {
    for (AcceleratorSpace space :
        new AcceleratorSpace[] {
          AcceleratorSpace.dance(),
          AcceleratorSpace.wide().pes(4, 10, 13, 17).rf(4, 64).keep("buffer_kb", 64, 108, 256)
        }) {
      double[] distances = LikeEyeriss.distances(space);
      for (int d = 0; d < distances.length; d += 7) {
        double whole = LikeEyeriss.of(space.accelerator(d));
        assertThat(Math.abs(distances[d] - whole)).isLessThan(1e-11);
      }
      int nearest =
          IntStream.range(0, distances.length)
              .reduce((a, b) -> distances[b] < distances[a] ? b : a)
              .orElseThrow();
      assertThat(space.label(nearest))
          .isEqualTo(space.name().equals("dance") ? "template:14x12:rf64:rs" : nearestOfWide());
    }
  }

  private static String nearestOfWide() {
    return AcceleratorSpace.wide()
        .pes(13)
        .rf(64)
        .keep("buffer_kb", 108)
        .keep("dram_bytes_per_cycle", 2.4)
        .dataflows(dance.accelerator.Dataflow.ROW_STATIONARY)
        .label(0);
  }
}
