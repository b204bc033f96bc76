package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerators;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A search that ends without proof bounds energy × delay by what every mapping costs in energy and
 * in delay: what is left out late is not bounded less tightly than the whole.
 */
class ProductBoundTest {
  private static final Effort EFFORT = Effort.steps(50_000);

  /** Every off-chip word of conv1_1 crosses the link once, which takes longer than all else. */
  private static final double LINK_CYCLES = 2_805_616;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void edpIsBoundedByTheProductOfTheBoundsOfEnergyAndDelay(int batch) {
    Einsum conv = Networks.byName("vgg16").batch(batch).layers().get(0).einsum();
    double delay = bound(conv, Objective.LATENCY);
    double energy = bound(conv, Objective.ENERGY);
    assertThat(delay).isGreaterThanOrEqualTo(LINK_CYCLES);
    assertThat(bound(conv, Objective.EDP)).isGreaterThanOrEqualTo(delay * energy * (1 - 1e-9));
  }

  private static double bound(Einsum einsum, Objective objective) {
    var space = Dataflows.space(einsum, Accelerators.eyeriss());
    return Mapper.best(space, objective, Accounting.EXACT, EFFORT).lowerBound();
  }
}
