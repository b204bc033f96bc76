package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.check.Journal;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Progress;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
  private static final long REPORT_MS = 250;

  /** Designs that are asked whether they are priced alone. */
  private static final int MOST_ASKED = 16;

  private final CostModel model;
  private final BuildOptions options;
  private final TableGrid grid;
  private final int layers;
  private final int parts;

  /** Layers × designs of the shard. */
  private final long total;

  private final List<BitSet> finished = new ArrayList<>();
  private final List<AtomicInteger> next = new ArrayList<>();
  private final AtomicInteger nextLayer = new AtomicInteger();
  private final AtomicLong cells = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /** What is said beside the progress: which design is priced alone, and why. */
  private String note = "";

  TableBuild(
      CostModel model, NetworkSpace networks, AcceleratorSpace designs, BuildOptions options) {
    this.model = model;
    this.options = options;
    grid = new TableGrid(networks, designs);
    layers = grid.layers().size();
    parts = grid.parts();
    for (int i = 0; i < layers; i++) {
      finished.add(new BitSet(parts));
      next.add(new AtomicInteger());
    }
    total = coveredCells();
  }

  /** Computes all of the table; with a file, writes it. */
  CostTable run() {
    if (options.file().isEmpty()) {
      compute(null);
      return grid.table(model.fingerprint());
    }
    return resumable(
        options.file().get(),
        "",
        file -> {
          CostTable table = grid.table(model.fingerprint());
          table.write(file);
          return table;
        });
  }

  /** Computes the options' shard of the table and writes it. */
  void writeShard() {
    resumable(
        options.file().orElseThrow(),
        " shard " + options.shard(),
        file -> {
          List<TablePart> finishedParts = new ArrayList<>();
          for (int layer = 0; layer < layers; layer++) {
            for (int part = 0; part < parts; part++) {
              if (covers(layer, part)) {
                finishedParts.add(grid.part(layer, part));
              }
            }
          }
          TableIdentity identity = grid.identity(model.fingerprint());
          new TableShard(identity, options.shard(), finishedParts).write(file);
          return null;
        });
  }

  private <T> T resumable(Path target, String shard, Function<Path, T> written) {
    String identity = HexFormat.of().formatHex(grid.identity(model.fingerprint()).hash()) + shard;
    try (Journal journal =
        Journal.open(target, "table", identity, bytes -> alreadyFinished(TablePart.of(bytes)))) {
      compute(journal);
      T result = written.apply(target);
      journal.delete();
      return result;
    }
  }

  private boolean covers(int layer, int part) {
    return options.shard().covers((long) layer * parts + part);
  }

  private void alreadyFinished(TablePart part) {
    if (grid.has(part)) {
      put(part);
      finished.get(part.layer()).set(grid.index(part));
    }
  }

  private void put(TablePart part) {
    grid.put(part);
    cells.addAndGet(part.designs());
  }

  private void compute(Journal journal) {
    long start = System.nanoTime();
    long before = cells.get();
    note = alone();
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
          "interrupted after " + cells + " of " + total + " layers × designs");
    }
    if (failure.get() != null) {
      throw (RuntimeException) failure.get();
    }
  }

  private long coveredCells() {
    long total = 0;
    for (int layer = 0; layer < layers; layer++) {
      for (int part = 0; part < parts; part++) {
        total += covers(layer, part) ? grid.designs(part) : 0;
      }
    }
    return total;
  }

  /** A line on the first design of a few that is priced alone; empty if none is. */
  private String alone() {
    int step = Math.max(1, parts / MOST_ASKED);
    for (int part = 0; part < parts; part += step) {
      Accelerator design = grid.accelerators(part).get(0);
      Optional<String> why = model.alone(grid.layers().get(0), design);
      if (why.isPresent()) {
        return "designs one by one: " + design.name() + " has " + why.get();
      }
    }
    return "";
  }

  private void report(long before, long start) {
    long done = cells.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    String task = "cost table of " + grid.name();
    options
        .progress()
        .at(
            Progress.State.of(task, "layers × designs", done, total, done - before, seconds)
                .note(note));
  }

  private void work(Journal journal) {
    try {
      for (int layer = claim(); layer >= 0 && !stopped; layer = claim()) {
        Function<List<Accelerator>, List<Metrics>> price = model.ofLayer(grid.layers().get(layer));
        int part = next.get(layer).getAndIncrement();
        for (; part < parts && !stopped; part = next.get(layer).getAndIncrement()) {
          if (covers(layer, part) && !finished.get(layer).get(part)) {
            compute(layer, part, price, journal);
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
    if (layer < layers) {
      return layer;
    }
    int most = -1;
    int left = 0;
    for (int i = 0; i < layers; i++) {
      if (parts - next.get(i).get() > left) {
        most = i;
        left = parts - next.get(i).get();
      }
    }
    return most;
  }

  private void compute(
      int layer, int part, Function<List<Accelerator>, List<Metrics>> price, Journal journal) {
    List<Metrics> metrics = prices(grid.layers().get(layer), grid.accelerators(part), price);
    float[] latency = new float[metrics.size()];
    float[] energy = new float[metrics.size()];
    for (int i = 0; i < latency.length; i++) {
      latency[i] = (float) metrics.get(i).latencyMs();
      energy[i] = (float) metrics.get(i).energyMj();
    }
    TablePart finishedPart = new TablePart(layer, grid.first(part), latency, energy);
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
