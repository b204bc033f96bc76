package dance.simulate;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Parallel;
import dance.cost.Progress;
import dance.cost.Steps;
import dance.workload.Network;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Simulates a network on many accelerators in parallel. */
public final class Sweep {
  private Sweep() {}

  /**
   * The exact cost on each accelerator, in their order; independent of the number of threads.
   *
   * @throws IllegalArgumentException if layers have no feasible mapping on some accelerator; the
   *     message lists all of them
   * @throws CancellationException if the calling thread is interrupted
   */
  public static List<Design> of(
      Network network, Collection<? extends Accelerator> accelerators, Simulator.Options options) {
    return of(network, accelerators, options, Progress.SILENT);
  }

  /**
   * As {@link #of(Network, Collection, Simulator.Options)}, with progress.
   *
   * @param progress reported by the calling thread for each accelerator
   */
  public static List<Design> of(
      Network network,
      Collection<? extends Accelerator> accelerators,
      Simulator.Options options,
      Progress progress) {
    if (accelerators.isEmpty()) {
      return List.of();
    }
    Simulator simulator = new Simulator(options.threads(1));
    try (Steps steps =
        new Steps("sweep", "designs", accelerators.size(), progress, System::nanoTime)) {
      return List.copyOf(
          Parallel.of("sweep of " + network.name(), options.threads())
              .mapOrNameAll(
                  accelerators,
                  steps,
                  accelerator ->
                      Design.of(
                          network.name(), accelerator, simulator.metrics(network, accelerator))));
    }
  }
}
