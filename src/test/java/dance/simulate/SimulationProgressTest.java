package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.cost.Progress;
import dance.simulate.mapper.Effort;
import dance.workload.Network;
import dance.workload.Networks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Long simulations say how far they are, to the thread that waits for them. */
class SimulationProgressTest {
  /** Some mapping soon, yet of all layers together later than progress is first reported. */
  private static final Simulator.Options OPTIONS =
      Simulator.Options.defaults().threads(1).effort(Effort.steps(1000));

  private static final Network LONG = Networks.alexNet();

  private static final Accelerator EYERISS = Accelerators.eyeriss();

  private final List<Progress.State> states = new ArrayList<>();
  private final Thread caller = Thread.currentThread();

  private void at(Progress.State state) {
    assertThat(Thread.currentThread()).isSameAs(caller);
    states.add(state);
  }

  @Test
  void aSweepTellsOfItsDesigns() {
    List<Accelerator> designs = Collections.nCopies(3, EYERISS);
    Sweep.of(LONG, designs, OPTIONS, this::at);
    assertReported("sweep", 3);
  }

  @Test
  void aSimulationTellsOfItsLayers() {
    new Simulator(OPTIONS).evaluate(LONG, EYERISS, this::at);
    long shapes =
        LONG.layers().stream()
            .map(l -> List.of(l.einsum().dimensions(), l.einsum().tensors()))
            .distinct()
            .count();
    assertReported("simulate", shapes);
  }

  private void assertReported(String task, long total) {
    assertThat(states).isNotEmpty();
    assertThat(states).allMatch(s -> s.task().equals(task) && s.total() == total);
    assertThat(states.get(states.size() - 1).last()).isTrue();
    assertThat(IntStream.range(1, states.size()))
        .allMatch(i -> states.get(i - 1).done() <= states.get(i).done());
  }
}
