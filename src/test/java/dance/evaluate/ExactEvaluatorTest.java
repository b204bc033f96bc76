package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dance.accelerator.Accelerator;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the expected cost and its gradient. */
public class ExactEvaluatorTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = SyntheticModel.few();
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);

  private static final double STEP = 2e-5;

  /** Probabilities of allowed operations, those of a block adding up to 1. */
  public static double[] relaxed(NetworkSpace space, Random random) {
    double[] p = space.uniform();
    int width = space.operations().size();
    for (int b = 0; b < space.blocks(); b++) {
      double sum = 0;
      for (int i = b * width; i < (b + 1) * width; i++) {
        p[i] *= -Math.log(random.nextDouble());
        sum += p[i];
      }
      for (int i = b * width; i < (b + 1) * width; i++) {
        p[i] /= sum;
      }
    }
    return p;
  }

  static Stream<Arguments> cases() {
    double[] m = new double[3];
    ExactEvaluator edap = ExactEvaluator.of(TABLE, Objective.EDAP);
    edap.expected(NETWORKS.uniform(), Objective.EDAP, m, null);
    Objective own =
        Objective.of(
            "own",
            (l, e, a) -> l * l + Math.sqrt(e) * a,
            (l, e, a, g) -> {
              g[0] = 2 * l;
              g[1] = a / (2 * Math.sqrt(e));
              g[2] = Math.sqrt(e);
            });
    return Stream.of(
            Objective.EDAP,
            Objective.EDP,
            Objective.linear(1 / m[0], 1 / m[1], 1 / m[2]),
            own,
            Objective.EDAP.atMost(Metric.LATENCY, 0.8 * m[0]),
            Objective.ENERGY.atMost(Metric.AREA, m[2]).atMost(Metric.EDP, 0.9 * m[0] * m[1]))
        .flatMap(
            o ->
                DoubleStream.of(0.005, 0.01, 0.3)
                    .boxed()
                    .flatMap(t -> Stream.of(1L, 2L).map(seed -> arguments(o, t, seed))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientIsThatOfCentralDifferences(Objective objective, double temperature, long seed) {
    ExactEvaluator evaluator = ExactEvaluator.of(TABLE, objective).temperature(temperature);
    double[] p = relaxed(NETWORKS, new Random(seed));
    double[] m = new double[3];
    for (Objective loss : new Objective[] {objective, Objective.LATENCY, Objective.AREA}) {
      double[] gradient = new double[p.length];
      double value = evaluator.expected(p, loss, m, gradient);
      double rounding = 4 * Math.ulp(value) / STEP;
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < p.length; i++) {
        if (!NETWORKS.allows(i / 4, i % 4)) {
          assertThat(gradient[i]).isZero();
          continue;
        }
        assertThat(gradient[i])
            .as("%s by probability %d", loss, i)
            .isCloseTo(difference(evaluator, loss, p, i), within(1e-6 * largest + rounding));
      }
    }
  }

  /** Central difference of fourth order, whose step is small beside the temperature. */
  private static double difference(Evaluator evaluator, Objective loss, double[] p, int i) {
    double[] m = new double[3];
    double[] values = new double[4];
    double[] steps = {-2, -1, 1, 2};
    for (int s = 0; s < 4; s++) {
      double[] moved = p.clone();
      moved[i] += steps[s] * STEP;
      values[s] = evaluator.expected(moved, loss, m, null);
    }
    return (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * STEP);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void coldMixturesAreTheBestDesign(Objective objective, double ignored, long seed) {
    double[] p = relaxed(NETWORKS, new Random(seed));
    double[] cold = new double[3];
    double[] hard = new double[3];
    double[] best = new double[3];
    ExactEvaluator evaluator = ExactEvaluator.of(TABLE, objective);
    evaluator.on(evaluator.designIndex(p), p, best);
    double gap = Double.POSITIVE_INFINITY;
    for (double temperature = 1; temperature > 1e-7; temperature /= 10) {
      evaluator.temperature(temperature).expected(p, objective, cold, null);
      gap = Math.abs(objective.cost(cold[0], cold[1], cold[2]) / cost(objective, best) - 1);
    }
    assertThat(gap).isLessThan(1e-6);
    evaluator.temperature(0).expected(p, objective, hard, null);
    assertThat(hard).containsExactly(best, within(1e-15));
  }

  private static double cost(Objective objective, double[] m) {
    return objective.cost(m[0], m[1], m[2]);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mixturesCostAtLeastTheBestDesignWithoutLimits(
      Objective objective, double temperature, long seed) {
    double[] p = relaxed(NETWORKS, new Random(seed));
    double[] m = new double[3];
    double[] best = new double[3];
    Objective free = Objective.of("free", objective.function(), objective.derivative());
    ExactEvaluator evaluator = ExactEvaluator.of(TABLE, free).temperature(temperature);
    evaluator.on(evaluator.designIndex(p), p, best);
    assertThat(evaluator.expected(p, free, m, null))
        .isGreaterThanOrEqualTo(cost(free, best) * (1 - 1e-12));
  }

  @Test
  void expectedMetricsOnADesignAreLinearInTheProbabilities() {
    Random random = new Random(3);
    double[] a = relaxed(NETWORKS, random);
    double[] b = relaxed(NETWORKS, random);
    double[] between = new double[a.length];
    Arrays.setAll(between, i -> 0.3 * a[i] + 0.7 * b[i]);
    double[] onA = new double[3];
    double[] onB = new double[3];
    double[] on = new double[3];
    for (int d = 0; d < DESIGNS.size(); d++) {
      TABLE.on(d, a, onA);
      TABLE.on(d, b, onB);
      TABLE.on(d, between, on);
      for (int k = 0; k < 3; k++) {
        assertThat(on[k]).isCloseTo(0.3 * onA[k] + 0.7 * onB[k], within(1e-12 * on[k]));
      }
    }
  }

  @Test
  void bothCarryBacksOfTheTableAgree() {
    Random random = new Random(5);
    double[] byLatency = random.doubles(DESIGNS.size()).toArray();
    double[] byEnergy = random.doubles(DESIGNS.size()).toArray();
    int[] all = new int[DESIGNS.size()];
    Arrays.setAll(all, d -> d);
    double[] dense = new double[TABLE.encodingSize()];
    double[] listed = new double[TABLE.encodingSize()];
    TABLE.accumulate(byLatency, byEnergy, dense);
    TABLE.accumulate(all, all.length, byLatency, byEnergy, listed);
    assertThat(listed).containsExactly(dense, within(1e-12));
    double expected = 0;
    for (int d = 0; d < DESIGNS.size(); d++) {
      expected += byLatency[d] * TABLE.latencyMs(2, 1, d) + byEnergy[d] * TABLE.energyMj(2, 1, d);
    }
    assertThat(dense[2 * 4 + 1]).isCloseTo(expected, within(1e-12 * expected));
  }

  @Test
  void networksAndGenotypesHaveTheSameAcceleratorAndMetrics() {
    ExactEvaluator evaluator = ExactEvaluator.of(TABLE, Objective.EDAP);
    HardwareOracle oracle = HardwareOracle.of(TABLE);
    NETWORKS
        .genotypes()
        .forEach(
            genotype -> {
              Accelerator generated = evaluator.generate(NETWORKS.network(genotype));
              assertThat(generated).isEqualTo(evaluator.generate(genotype));
              assertThat(generated).isEqualTo(oracle.best(genotype, Objective.EDAP).accelerator());
              double[] m = new double[3];
              evaluator.expected(NETWORKS.encode(genotype), Objective.EDAP, m, null);
              assertThat(m[0])
                  .as("within what is mixed")
                  .isCloseTo(
                      evaluator.metrics(NETWORKS.network(genotype), generated).latencyMs(),
                      within(0.1 * m[0]));
            });
  }

  @Test
  void itIsFaithful() {
    Fidelity fidelity = ExactEvaluator.of(TABLE, Objective.EDAP).fidelity();
    for (Fidelity.Sample sample : new Fidelity.Sample[] {fidelity.all(), fidelity.nearOptimum()}) {
      assertThat(sample.allHeads()).isEqualTo(1);
      assertThat(sample.regret().p99()).isLessThan(1e-12);
      assertThat(sample.errors().get(Metric.ENERGY).p99()).isLessThan(1e-12);
      assertThat(sample.spearman().get(Metric.LATENCY)).isCloseTo(1, within(1e-9));
    }
    assertThat(fidelity.toString().lines()).hasSize(25);
  }

  @Test
  void foreignNetworksAcceleratorsAndProbabilitiesAreNamed() {
    ExactEvaluator evaluator = ExactEvaluator.of(TABLE, Objective.EDAP);
    Accelerator design = DESIGNS.accelerator(0);
    assertThatThrownBy(() -> evaluator.generate(NetworkSpace.mini().network(mini())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not of space tiny");
    assertThatThrownBy(() -> evaluator.metrics(NetworkSpace.mini().network(mini()), design))
        .hasMessageContaining("is in no network of space tiny");
    assertThatThrownBy(
            () ->
                evaluator.metrics(
                    NETWORKS.network(NETWORKS.sample(new Random(1))),
                    design.level(design.levels().get(1).leak(99))))
        .hasMessageContaining("Maybe one of its levels was changed");
    double[] p = NETWORKS.uniform();
    p[2 * 4 + 2] = 0.5;
    p[0] = Double.NaN;
    assertThatThrownBy(() -> evaluator.designIndex(p))
        .hasMessageContaining("NaN of mb3e3 at b1 of space tiny must be finite")
        .hasMessageContaining("0.5 of zero at b3 of space tiny must be 0");
    assertThatThrownBy(() -> evaluator.temperature(-1)).hasMessageContaining("temperature (-1.0)");
    Objective negative = Objective.of("negative", (l, e, a) -> -l, (l, e, a, g) -> g[0] = -1);
    assertThatThrownBy(
            () ->
                ExactEvaluator.of(TABLE, negative)
                    .expected(NETWORKS.uniform(), negative, new double[3], null))
        .hasMessageContaining("must be positive");
  }

  private static Genotype mini() {
    return NetworkSpace.mini().sample(new Random(1));
  }
}
