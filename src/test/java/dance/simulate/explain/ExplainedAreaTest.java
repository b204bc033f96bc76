package dance.simulate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.simulate.Simulator;
import dance.workload.Layer;
import dance.workload.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An area is the sum of parts that say where they come from; clock and control says its terms. */
class ExplainedAreaTest {
  @ParameterizedTest
  @ValueSource(strings = {"eyeriss", "eyeriss:published", "template:4x4:rf16:ws"})
  void areaAndClockAndControlAreExplainedByPart(String name) {
    Accelerator accelerator = Accelerators.byName(name);
    Network network = Network.of("n", Layer.conv("c", 4, 8).kernel(3).output(6));
    Explainer explainer =
        Explainer.of(
            new Simulator(Simulator.Options.defaults())
                .evaluate(network, accelerator)
                .layers()
                .get(0)
                .evaluation());
    Explanation area = explainer.explain("area");
    assertThat(area.value()).isEqualTo(accelerator.areaMm2());
    assertThat(area.text()).contains("Costs of " + accelerator.costs(), "area of GLB");
    boolean chip = !accelerator.costs().contains("published");
    assertThat(area.text().contains("rest of the PEs")).isEqualTo(chip);
    assertThat(area.text().contains("Section VI")).isEqualTo(chip);
    String clock = explainer.explain("clock and control").text();
    assertThat(clock.contains("operations clocked")).isEqualTo(chip);
  }
}
