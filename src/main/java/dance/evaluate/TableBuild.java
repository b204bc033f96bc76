package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.check.Journal;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Progress;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Simulates every layer on every design. A thread takes a layer and works through its chunks of
 * designs, so that the model can reuse what does not depend on the design; when no layer is left,
 * it helps with the one that has most work left. Each number depends on its layer and design only,
 * so that the result does not depend on the threads.
 */
final class TableBuild {
  /**
   * Maximum number of designs of a chunk: all array sizes of DANCE's space, which the simulator
   * maps together.
   */
  static final int PART = 289;

  private static final long REPORT_MS = 250;

  private final CostModel model;
  private final NetworkSpace networks;
  private final AcceleratorSpace designs;
  private final BuildOptions options;
  private final List<Layer> layers;
  private final List<Accelerator> accelerators;
  private final int parts;

  /** Designs in the order of evaluation, so that models can reuse most. */
  private final int[] order;

  private final double[][] latencyMs;
  private final double[][] energyMj;
  private final List<BitSet> finished = new ArrayList<>();
  private final List<AtomicInteger> next = new ArrayList<>();
  private final AtomicInteger nextLayer = new AtomicInteger();
  private final AtomicLong cells = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  TableBuild(
      CostModel model, NetworkSpace networks, AcceleratorSpace designs, BuildOptions options) {
    this.model = model;
    this.networks = networks;
    this.designs = designs;
    this.options = options;
    layers = networks.distinctLayers();
    accelerators = List.copyOf(designs.list());
    order = order(accelerators);
    parts = (order.length + PART - 1) / PART;
    latencyMs = new double[layers.size()][designs.size()];
    energyMj = new double[layers.size()][designs.size()];
    for (int i = 0; i < layers.size(); i++) {
      finished.add(new BitSet(parts));
      next.add(new AtomicInteger());
    }
  }

  /** Groups designs that differ in array size only, in list order. */
  private static int[] order(List<Accelerator> accelerators) {
    Map<Accelerator, List<Integer>> alike = new LinkedHashMap<>();
    for (int i = 0; i < accelerators.size(); i++) {
      alike.computeIfAbsent(accelerators.get(i).withoutArrays(), a -> new ArrayList<>()).add(i);
    }
    return alike.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  CostTable run() {
    TableIdentity identity = TableIdentity.of(networks, designs, accelerators, model.fingerprint());
    if (options.file().isEmpty()) {
      compute(null);
      return table();
    }
    try (Journal journal =
        Journal.open(
            options.file().get(),
            "table",
            HexFormat.of().formatHex(identity.hash()),
            bytes -> alreadyFinished(TablePart.of(bytes)))) {
      compute(journal);
      CostTable table = table();
      table.write(options.file().get());
      journal.delete();
      return table;
    }
  }

  private CostTable table() {
    return CostTable.of(networks, designs, accelerators, model.fingerprint(), latencyMs, energyMj);
  }

  private void alreadyFinished(TablePart part) {
    // a part of another size comes from another version
    int first = part.first();
    if (first % PART == 0 && part.designs() == Math.min(PART, designs.size() - first)) {
      put(part);
      finished.get(part.layer()).set(first / PART);
    }
  }

  private void put(TablePart part) {
    for (int i = 0; i < part.designs(); i++) {
      latencyMs[part.layer()][order[part.first() + i]] = part.latencyMs()[i];
      energyMj[part.layer()][order[part.first() + i]] = part.energyMj()[i];
    }
    cells.addAndGet(part.designs());
  }

  private void compute(Journal journal) {
    long start = System.nanoTime();
    long before = cells.get();
    List<Thread> threads =
        IntStream.range(0, options.threads())
            .mapToObj(i -> new Thread(() -> work(journal), "cost table " + i))
            .toList();
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join(REPORT_MS);
          if (thread.isAlive()) {
            report(before, start);
          }
        } catch (InterruptedException e) {
          interrupted = true;
          stopped = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    report(before, start);
    if (failure.get() instanceof Error fault) {
      throw fault;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted after " + cells + " of " + total() + " layers × designs");
    }
    if (failure.get() != null) {
      throw (RuntimeException) failure.get();
    }
  }

  private long total() {
    return (long) layers.size() * designs.size();
  }

  private void report(long before, long start) {
    long done = cells.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    String task = "cost table of " + networks.name() + " × " + designs.name();
    options
        .progress()
        .at(Progress.State.of(task, "layers × designs", done, total(), done - before, seconds));
  }

  private void work(Journal journal) {
    try {
      for (int layer = claim(); layer >= 0 && !stopped; layer = claim()) {
        Function<List<Accelerator>, List<Metrics>> price = model.ofLayer(layers.get(layer));
        int part = next.get(layer).getAndIncrement();
        for (; part < parts && !stopped; part = next.get(layer).getAndIncrement()) {
          if (!finished.get(layer).get(part)) {
            compute(layer, part * PART, price, journal);
          }
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      stopped = true;
    }
  }

  /** A layer that no thread has begun, else the one with most work left; −1 if nothing is left. */
  private int claim() {
    int layer = nextLayer.getAndIncrement();
    if (layer < layers.size()) {
      return layer;
    }
    int most = -1;
    int left = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (parts - next.get(i).get() > left) {
        most = i;
        left = parts - next.get(i).get();
      }
    }
    return most;
  }

  private void compute(
      int layer, int first, Function<List<Accelerator>, List<Metrics>> price, Journal journal) {
    List<Accelerator> part =
        IntStream.range(first, Math.min(first + PART, designs.size()))
            .mapToObj(i -> accelerators.get(order[i]))
            .toList();
    List<Metrics> metrics = prices(layers.get(layer), part, price);
    float[] latency = new float[part.size()];
    float[] energy = new float[part.size()];
    for (int i = 0; i < latency.length; i++) {
      latency[i] = (float) metrics.get(i).latencyMs();
      energy[i] = (float) metrics.get(i).energyMj();
    }
    TablePart finishedPart = new TablePart(layer, first, latency, energy);
    put(finishedPart);
    if (journal != null) {
      journal.append(finishedPart.bytes());
    }
  }

  /** Costs of a layer on a chunk of designs; names the first without a cost. */
  private static List<Metrics> prices(
      Layer layer, List<Accelerator> part, Function<List<Accelerator>, List<Metrics>> price) {
    try {
      return price.apply(part);
    } catch (IllegalArgumentException oneOfThem) {
      List<Metrics> metrics = new ArrayList<>();
      for (Accelerator accelerator : part) {
        try {
          metrics.addAll(price.apply(List.of(accelerator)));
        } catch (IllegalArgumentException unfit) {
          throw new IllegalArgumentException(
              layer + " has no cost on " + accelerator.name() + ": " + unfit.getMessage(), unfit);
        }
      }
      return metrics;
    }
  }
}
