package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaving out runs of designs by their bounds changes no bit of what all designs give. */
class DesignRunsTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = AcceleratorSpace.dance().rf(4, 16, 64);
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);
  private static final int[] LENGTHS = {1, 3, 16, 10_000};

  static Stream<Objective> objectives() {
    return HardwareOracleTest.objectives();
  }

  private static double[] relaxed(Random random) {
    double[] relaxed = NETWORKS.uniform();
    for (int i = 0; i < relaxed.length; i++) {
      relaxed[i] *= 0.5 + random.nextDouble();
    }
    return relaxed;
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theBestDesignIsThatOfAllDesigns(Objective objective) {
    HardwareOracle all = HardwareOracle.of(TABLE);
    for (int run : LENGTHS) {
      HardwareOracle bounding = HardwareOracle.bounding(TABLE, run);
      Random random = new Random(run);
      for (int i = 0; i < 20; i++) {
        int[] choice = NETWORKS.choice(NETWORKS.sample(random));
        assertThat(bounding.best(choice, objective)).isEqualTo(all.best(choice, objective));
        double[] relaxed = relaxed(random);
        assertThat(bounding.best(relaxed, objective)).isEqualTo(all.best(relaxed, objective));
      }
    }
  }

  @Test
  void ofEqualDesignsTheFirstIsTheBest() {
    int layers = NETWORKS.distinctLayers().size();
    double[][] costs = new double[layers][DESIGNS.size()];
    for (double[] row : costs) {
      java.util.Arrays.fill(row, 1);
    }
    CostTable equal = CostTable.of(NETWORKS, DESIGNS, "equal", costs, costs);
    int[] choice = NETWORKS.choice(NETWORKS.sample(new Random(1)));
    assertThat(HardwareOracle.bounding(equal, 7).best(choice, Objective.EDP)).isZero();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void metricsAndGradientsAreThoseOfAllDesigns(Objective objective) {
    for (double temperature : new double[] {0, 0.001, 0.01, 0.3}) {
      for (int run : LENGTHS) {
        ExactEvaluator all = ExactEvaluator.of(TABLE, objective).temperature(temperature);
        ExactEvaluator bounding = ExactEvaluator.bounding(TABLE, objective, temperature, run);
        Random random = new Random(run);
        for (int i = 0; i < 5; i++) {
          double[] relaxed = relaxed(random);
          double[] expected = new double[3];
          double[] gradient = new double[relaxed.length];
          double loss = all.expected(relaxed, Objective.EDAP, expected, gradient);
          double[] found = new double[3];
          double[] other = new double[relaxed.length];
          assertThat(bounding.expected(relaxed, Objective.EDAP, found, other)).isEqualTo(loss);
          assertThat(found).isEqualTo(expected);
          assertThat(other).isEqualTo(gradient);
        }
      }
    }
  }

  @Test
  void mostDesignsAreLeftOut() {
    DesignRuns runs =
        new DesignRuns(
            TABLE,
            DesignRuns.RUN,
            TABLE.rows().minima(DesignRuns.RUN),
            new double[TABLE.designs()],
            new double[TABLE.designs()]);
    runs.begin(NETWORKS.uniform());
    runs.best(Objective.EDAP);
    assertThat(runs.evaluations()).isBetween(1, runs.count() / 2);
  }

  @Test
  void anObjectiveThatFallsWithLatencyIsAskedOfAllDesigns() {
    Objective falling =
        Objective.of("slow", (l, e, a) -> 1 / l, (l, e, a, g) -> g[0] = -1 / (l * l))
            .atMost(Metric.AREA, 8);
    int[] choice = NETWORKS.choice(NETWORKS.sample(new Random(1)));
    assertThat(HardwareOracle.bounding(TABLE, 4).best(choice, falling))
        .isEqualTo(HardwareOracle.of(TABLE).best(choice, falling));
    assertThat(falling.isMonotone()).isFalse();
    assertThat(Objective.byName("linear:1,2,0.5").isMonotone()).isTrue();
    assertThat(Objective.EDAP.atMost(Metric.AREA, 8).isMonotone()).isTrue();
  }
}
