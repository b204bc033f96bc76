package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.cost.ParetoFront;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle against the cost model, asked design by design. */
class HardwareOracleTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = SyntheticModel.few();
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);
  private static final HardwareOracle ORACLE = HardwareOracle.of(TABLE);

  static Stream<Objective> objectives() {
    return Stream.of(
        Objective.EDAP,
        Objective.EDP,
        Objective.LATENCY,
        Objective.linear(1, 2, 0.1),
        Objective.EDAP.atMost(Metric.AREA, 6),
        Objective.ENERGY.atMost(Metric.LATENCY, 0.02).atMost(Metric.AREA, 8),
        Objective.EDAP.atMost(Metric.LATENCY, 1e-9));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theBestDesignIsWhatTheModelSaysDesignByDesign(Objective objective) {
    SyntheticModel model = new SyntheticModel();
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Genotype genotype = NETWORKS.sample(random);
      Network network = NETWORKS.network(genotype);
      List<Design> expected = new ArrayList<>();
      for (Accelerator each : DESIGNS.list()) {
        expected.add(Design.of(genotype.toString(), each, model.metrics(network, each)));
      }
      expected.sort(
          Comparator.comparingDouble((Design d) -> excess(objective, d.metrics()))
              .thenComparingDouble(d -> objective.cost(d.metrics())));
      List<Design> top = ORACLE.costs(genotype).top(5, objective);
      assertThat(top).hasSize(5);
      for (int k = 0; k < 5; k++) {
        assertSame(top.get(k).metrics(), expected.get(k).metrics(), 1e-6);
      }
      assertThat(top.get(0)).isEqualTo(ORACLE.best(genotype, objective));
      int best = ORACLE.best(NETWORKS.choice(genotype), objective);
      assertThat(DESIGNS.accelerator(best)).isEqualTo(top.get(0).accelerator());
      assertThat(ORACLE.best(NETWORKS.encode(genotype), objective)).isEqualTo(best);
    }
  }

  private static double excess(Objective objective, Metrics m) {
    return HardwareOracle.excess(objective, m.latencyMs(), m.energyMj(), m.areaMm2());
  }

  private static void assertSame(Metrics actual, Metrics expected, double relative) {
    double[] a = {actual.latencyMs(), actual.energyMj(), actual.areaMm2(), actual.utilization()};
    double[] e = {
      expected.latencyMs(), expected.energyMj(), expected.areaMm2(), expected.utilization()
    };
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(e[i], within(relative * e[i]));
    }
  }

  @Test
  void allDesignsAndTheFrontAreThoseOfTheModel() {
    SyntheticModel model = new SyntheticModel();
    Genotype genotype = NETWORKS.sample(new Random(2));
    List<Design> all = ORACLE.all(genotype);
    assertThat(all).hasSize(DESIGNS.size());
    for (int d = 0; d < all.size(); d++) {
      Accelerator accelerator = DESIGNS.accelerator(d);
      assertThat(all.get(d).accelerator()).isEqualTo(accelerator);
      assertSame(
          all.get(d).metrics(), model.metrics(NETWORKS.network(genotype), accelerator), 1e-7);
    }
    ParetoFront<Design> front = ORACLE.costs(genotype).front();
    assertThat(front.points())
        .isEqualTo(ParetoFront.of(all, Metric.LATENCY, Metric.ENERGY, Metric.AREA).points());
    assertThat(front.points().size()).isBetween(2, DESIGNS.size() - 1);
  }

  @Test
  @Tag("memory")
  void queriesAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Objective limited = Objective.EDAP.atMost(Metric.LATENCY, 0.02);
    ExactEvaluator evaluator = ExactEvaluator.of(TABLE, limited);
    int[] choice = {0, 1, 3};
    double[] relaxed = NETWORKS.uniform();
    double[] metrics = new double[3];
    double[] gradient = new double[relaxed.length];
    long before = 0;
    for (int i = 0; i < 2000; i++) {
      before = i == 1000 ? threads.getThreadAllocatedBytes(thread()) : before;
      ORACLE.best(choice, limited);
      ORACLE.best(relaxed, Objective.EDAP);
      evaluator.expected(relaxed, limited, metrics, gradient);
    }
    assertThat((threads.getThreadAllocatedBytes(thread()) - before) / 1000).isZero();
  }

  private static long thread() {
    return Thread.currentThread().getId();
  }

  @Test
  void networksOfKnownLayersNeedNotBeOfTheSpace() {
    Genotype genotype = NETWORKS.sample(new Random(4));
    Network once = NETWORKS.network(genotype);
    List<Network.Entry> entries = new ArrayList<>(once.entries());
    entries.addAll(once.entries());
    DesignCosts twice = ORACLE.costs(new Network("twice", entries));
    DesignCosts single = ORACLE.costs(genotype);
    for (int d = 0; d < DESIGNS.size(); d++) {
      assertThat(twice.latencyMs(d))
          .isCloseTo(2 * single.latencyMs(d), within(1e-12 * twice.latencyMs(d)));
    }
    assertThatThrownBy(() -> ORACLE.costs(NetworkSpace.mini().network(mini())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is in no network of space tiny");
  }

  @Test
  void operationsThatCannotStandThereAreNamed() {
    assertThatThrownBy(() -> ORACLE.best(new int[] {0, 0, 2}, Objective.EDAP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation zero is not allowed at b3 of space tiny");
    assertThatThrownBy(() -> ORACLE.best(new int[] {0, 0}, Objective.EDAP))
        .hasMessageContaining("genotype of 2 operations");
  }

  private static Genotype mini() {
    return NetworkSpace.mini().sample(new Random(1));
  }
}
