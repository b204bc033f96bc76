package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Known errors are found again. */
class FidelityTest {
  private static final CostTable TABLE =
      SyntheticModel.table(SyntheticModel.tiny(), SyntheticModel.few());

  /** Exact but for what is asked of it: a factor on latency, and always the same design. */
  private record Wrong(Evaluator exact, double factor, int always) implements Evaluator {
    @Override
    public NetworkSpace networkSpace() {
      return exact.networkSpace();
    }

    @Override
    public AcceleratorSpace acceleratorSpace() {
      return exact.acceleratorSpace();
    }

    @Override
    public Objective objective() {
      return exact.objective();
    }

    @Override
    public int designIndex(double[] probabilities) {
      return always;
    }

    @Override
    public double expected(double[] p, Objective loss, double[] metrics, double[] gradient) {
      return exact.expected(p, loss, metrics, gradient);
    }

    @Override
    public void on(int design, double[] probabilities, double[] metrics) {
      exact.on(design, probabilities, metrics);
      metrics[0] *= factor;
    }

    @Override
    public Fidelity fidelity() {
      return Fidelity.measure(this, TABLE, 200, 1);
    }
  }

  @Test
  void errorsHeadsAndRegretAreMeasured() {
    Evaluator exact = ExactEvaluator.of(TABLE, Objective.EDAP);
    HardwareOracle oracle = HardwareOracle.of(TABLE);
    int always = oracle.best(new int[] {0, 0, 0}, Objective.EDAP);
    Fidelity fidelity = new Wrong(exact, 1.05, always).fidelity();
    assertThat(fidelity.all().networks()).isEqualTo(200);
    assertThat(fidelity.nearOptimum().networks()).isEqualTo(20);
    Fidelity.Error latency = fidelity.all().errors().get(Metric.LATENCY);
    assertThat(latency.mean()).isCloseTo(0.05, within(1e-9));
    assertThat(latency.median()).isCloseTo(0.05, within(1e-9));
    assertThat(latency.p99()).isCloseTo(0.05, within(1e-9));
    assertThat(fidelity.all().errors().get(Metric.ENERGY).p99()).isCloseTo(0, within(1e-9));
    assertThat(fidelity.all().spearman().get(Metric.LATENCY)).isCloseTo(1, within(1e-9));

    // the same networks, compared by hand
    NetworkSpace space = TABLE.networkSpace();
    Random random = new Random(1);
    double regret = 0;
    int hits = 0;
    for (int i = 0; i < 200; i++) {
      DesignCosts costs = oracle.costs(space.sample(random));
      int best = costs.ranking(Objective.EDAP)[0];
      double ratio = costs.cost(always, Objective.EDAP) / costs.cost(best, Objective.EDAP);
      regret += (ratio - 1) / 200;
      hits += ratio <= 1.001 ? 1 : 0;
    }
    double share = hits / 200.0;
    assertThat(fidelity.all().regret().mean()).isCloseTo(regret, within(1e-9)).isPositive();
    assertThat(fidelity.all().allHeads()).isCloseTo(share, within(1e-9)).isLessThan(1);
    assertThat(fidelity.all().heads()).containsOnlyKeys("pe_x", "pe_y", "rf", "dataflow");
    assertThat(fidelity.all().heads().values())
        .allSatisfy(h -> assertThat(h).isBetween(share, 1.0));
  }

  @Test
  void rankCorrelationsAreThoseOfTheTextbook() {
    // Kendall & Gibbons, Rank Correlation Methods: ties share ranks; here worked out by hand
    double[] a = {1, 2, 3, 4, 5};
    double[] b = {2, 1, 4, 3, 5};
    assertThat(RankCorrelation.spearman(a, b)).isCloseTo(0.8, within(1e-12));
    assertThat(RankCorrelation.kendall(a, b)).isCloseTo(0.6, within(1e-12));
    double[] tied = {1, 1, 2, 2, 3};
    assertThat(RankCorrelation.kendall(a, tied)).isCloseTo(8 / Math.sqrt(80), within(1e-12));
    assertThat(RankCorrelation.spearman(a, tied)).isCloseTo(9 / Math.sqrt(90), within(1e-12));
    double[] reversed = Arrays.stream(a).map(x -> -x).toArray();
    assertThat(RankCorrelation.spearman(a, reversed)).isCloseTo(-1, within(1e-12));
    assertThat(RankCorrelation.kendall(a, reversed)).isCloseTo(-1, within(1e-12));
  }

  @Test
  void tablesOfOtherSpacesAreRefused() {
    Evaluator exact = ExactEvaluator.of(TABLE, Objective.EDAP);
    CostTable other = SyntheticModel.table(NetworkSpace.mini(), SyntheticModel.few().rf(4));
    assertThatThrownBy(() -> Fidelity.measure(exact, other, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("table of mini")
        .hasMessageContaining("rf=4;");
  }
}
