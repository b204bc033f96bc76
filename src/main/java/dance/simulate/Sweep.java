package dance.simulate;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A network on many accelerators, as many at once as there are threads. */
public final class Sweep {
  private Sweep() {}

  /**
   * The exact cost on each accelerator, in their order; the same for any number of threads.
   *
   * @throws IllegalArgumentException if layers have no mapping that fits on some accelerator; names
   *     all of them
   * @throws CancellationException if the calling thread is interrupted
   */
  public static List<Design> of(
      Network network, Collection<? extends Accelerator> accelerators, Simulator.Options options) {
    Simulator simulator = new Simulator(options.threads(1));
    List<Callable<Design>> tasks = new ArrayList<>();
    for (Accelerator accelerator : accelerators) {
      tasks.add(
          () -> Design.of(network.name(), accelerator, simulator.metrics(network, accelerator)));
    }
    ExecutorService workers = Executors.newFixedThreadPool(options.threads());
    try {
      return designs(workers.invokeAll(tasks));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("sweep of " + network.name() + " was interrupted");
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<Design> designs(List<Future<Design>> done) throws InterruptedException {
    List<Design> designs = new ArrayList<>();
    Set<String> failures = new LinkedHashSet<>();
    for (Future<Design> design : done) {
      try {
        designs.add(design.get());
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
