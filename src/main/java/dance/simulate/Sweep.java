package dance.simulate;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Metrics;
import dance.cost.Progress;
import dance.cost.Steps;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
   * As above, with progress.
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
    ExecutorService workers = Executors.newFixedThreadPool(options.threads());
    try (Steps steps =
        new Steps("sweep", "designs", accelerators.size(), progress, System::nanoTime)) {
      List<Future<Design>> running = new ArrayList<>();
      for (Accelerator accelerator : accelerators) {
        running.add(
            workers.submit(
                () -> {
                  Metrics metrics = simulator.metrics(network, accelerator);
                  steps.step();
                  return Design.of(network.name(), accelerator, metrics);
                }));
      }
      return designs(running, steps);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("sweep of " + network.name() + " was interrupted");
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<Design> designs(List<Future<Design>> running, Steps steps)
      throws InterruptedException {
    List<Design> designs = new ArrayList<>();
    Set<String> failures = new LinkedHashSet<>();
    for (Future<Design> design : running) {
      try {
        designs.add(Simulator.await(design, steps));
      } catch (ExecutionException failure) {
        failures.add(Simulator.message(failure.getCause()));
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), failures));
    }
    return List.copyOf(designs);
  }
}
