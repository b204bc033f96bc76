package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dance.check.AtomicFile;
import dance.check.Journal;
import dance.check.Rules;
import dance.cost.Progress;
import dance.evaluate.HeadedFile;
import dance.evaluate.neural.Torch;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/** One run of a {@link SupernetTraining}: its weights, its place in the schedule, its records. */
final class SupernetRun implements AutoCloseable {
  static final String DEVICE = "device";
  static final String SECONDS = "seconds";

  private static final String KIND = "supernet in training";
  private static final String STEP = "step";

  /** Separates the random numbers of order, augmentation and networks from those of weights. */
  private static final long BATCHES_SEED = 0x6c6561726eL;

  private static final long NETWORKS_SEED = 0x7061746873L;

  private static final double WARM_UP = 0.02;

  /** Steps between looks at the loss: each waits for the device. */
  private static final int LOOK_EVERY = 50;

  /** The epochs at which some networks are validated, as fractions of all. */
  private static final int MEASURED_TIMES = 10;

  private final SupernetTraining training;
  private final TrainingOptions options;
  private final NetworkSpace space;
  private final Map<String, String> identity;
  private final Path part;
  private final double betweenCheckpoints;
  private final Progress progress;
  private final SharedPaths paths;
  private final Momentum momentum;
  private final DeviceImages images;
  private final Validation validation;
  private final int perEpoch;
  private final NDArray losses;
  private final long start = System.nanoTime();
  private double secondsOfLastEpoch;
  private double lastCheckpoint;

  // the state in a checkpoint, with weights and velocities
  private long step;
  private int epochs;
  private double secondsBefore;
  private final Map<String, String> measured = new LinkedHashMap<>();

  SupernetRun(SupernetTraining training, Path file, double betweenCheckpoints, Progress progress) {
    this.training = training;
    this.betweenCheckpoints = betweenCheckpoints;
    this.progress = progress;
    options = training.options();
    space = training.space();
    identity = training.identity();
    part = Journal.beside(file);
    epochs = options.epochs();
    List<Images> halves = training.split();
    Normalization normalization = Normalization.of(halves.get(0));
    paths = new SharedPaths(space, options.seed(), options.device());
    momentum = new Momentum(paths.weights().trained(), options.weightDecay(), paths.manager());
    images =
        new DeviceImages(
            halves.get(0),
            normalization,
            options.augmentation(),
            options.seed() ^ BATCHES_SEED,
            paths.manager());
    validation = new Validation(paths, space, halves.get(1), normalization, options.batch());
    perEpoch = images.perEpoch(options.batch());
    losses = paths.manager().zeros(new Shape());
  }

  /** All epochs, resuming from a checkpoint if there is one. */
  SupernetFile all() {
    SupernetFile[] result = new SupernetFile[1];
    Torch.threads(
        training.threads(),
        () -> {
          resume();
          while (step < (long) epochs * perEpoch) {
            epoch();
          }
          result[0] = SupernetFile.of(lines(), paths);
        });
    return result[0];
  }

  private void epoch() {
    double before = seconds();
    long from = step;
    double loss = Double.NaN;
    int since = 0;
    do {
      if (Thread.currentThread().isInterrupted()) {
        save();
        throw new CancellationException(
            "training was interrupted after " + step + " steps; it resumes from " + part);
      }
      step();
      since++;
      if (since == LOOK_EVERY || step % perEpoch == 0) {
        loss = look(since);
        since = 0;
        tell(loss, (step - from) / (seconds() - before));
      }
    } while (step % perEpoch != 0);
    secondsOfLastEpoch = (seconds() - before) * perEpoch / (step - from);
    int done = (int) (step / perEpoch);
    fit(done, step - from == perEpoch);
    boolean last = done == epochs;
    if (last || done * MEASURED_TIMES / epochs > (done - 1) * MEASURED_TIMES / epochs) {
      measured.put(
          "after epoch " + done,
          String.format(
              Locale.ROOT,
              "%.0f s, loss %.3f, %.0f images/s, %s",
              seconds() + secondsBefore,
              loss,
              (step - from) * options.batch() / (seconds() - before),
              some()));
      tell(loss, (step - from) / (seconds() - before));
    }
    if (seconds() - lastCheckpoint >= betweenCheckpoints && !last) {
      save();
    }
  }

  /** Shortens the schedule where it would end too late; the first epoch is slow and not counted. */
  private void fit(int done, boolean whole) {
    if (Double.isInfinite(training.seconds()) || !whole || done < 2) {
      return;
    }
    int more = (int) ((training.seconds() - seconds()) / secondsOfLastEpoch);
    epochs = Math.max(done, Math.min(epochs, done + more));
  }

  private void step() {
    double progressed = step / ((double) epochs * perEpoch);
    double rate =
        Training.cosine(options.learningRate(), progressed)
            * Math.min(1, (progressed + 1e-4) / WARM_UP);
    SplittableRandom random = new SplittableRandom((options.seed() ^ NETWORKS_SEED) + step);
    double[] gates = space.encode(space.sample(random.split()));
    try (NDManager scratch = paths.manager().newSubManager()) {
      Batches.Batch batch = images.get(step, options.batch(), options.labelSmoothing(), scratch);
      synchronized (Training.class) { // DJL has one gradient collector per process
        try (GradientCollector collector = Torch.engine().newGradientCollector()) {
          NDArray loss =
              Training.entropy(paths.logits(batch.values(), gates, null), batch.targets());
          collector.backward(loss);
          losses.addi(loss.stopGradient());
        }
      }
      paths.taken(gates, momentum.begin(rate, scratch)::take);
    }
    step++;
  }

  /** The mean loss since the last look. */
  private double look(int steps) {
    double loss = losses.getFloat() / steps;
    losses.subi(losses);
    Training.checkNumber(loss, options.learningRate(), step);
    return loss;
  }

  /** Validated accuracies of some networks: the first and last operations, and two random ones. */
  private String some() {
    List<String> words = new ArrayList<>();
    for (Genotype genotype : shown()) {
      words.add(String.format(Locale.ROOT, "%.1f %%", 100 * validation.firstSlice(genotype)));
    }
    return "validated " + String.join(", ", words);
  }

  /** The networks whose accuracies are reported on the way. */
  private List<Genotype> shown() {
    double[] first = new double[space.blocks() * space.operations().size()];
    double[] last = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = first.length - i;
      last[i] = i;
    }
    SplittableRandom random = new SplittableRandom(1);
    return List.of(
        space.decode(first), space.decode(last), space.sample(random), space.sample(random));
  }

  private void tell(double loss, double stepsPerSecond) {
    long all = (long) epochs * perEpoch;
    String last = measured.values().stream().reduce((a, b) -> b).orElse("");
    progress.at(
        new Progress.State(
            "training",
            "steps",
            step,
            all,
            stepsPerSecond,
            (all - step) / stepsPerSecond,
            String.format(
                    Locale.ROOT,
                    "epoch %d of %d, loss %.3f, %.0f images/s",
                    Math.min(epochs, step / perEpoch + 1),
                    epochs,
                    loss,
                    stepsPerSecond * options.batch())
                + last.replaceFirst("^.*(?=, validated)", "")));
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>(identity);
    lines.put(SupernetFile.BATCH, Integer.toString(options.batch()));
    lines.put(
        SupernetFile.EPOCHS,
        epochs
            + (epochs == options.epochs()
                ? ""
                : String.format(
                    Locale.ROOT,
                    " (of %d, to end in %.0f s)",
                    options.epochs(),
                    training.seconds())));
    lines.put("computed with", "PyTorch " + Torch.engine().getVersion());
    boolean gpu = paths.manager().getDevice().isGpu();
    lines.put(
        DEVICE,
        gpu
            ? "gpu"
            : "cpu, " + training.threads() + (training.threads() == 1 ? " thread" : " threads"));
    lines.put(SECONDS, String.format(Locale.ROOT, "%.0f", secondsBefore + seconds()));
    lines.put(
        "networks measured",
        String.join(" and ", shown().stream().map(Genotype::toString).toList()));
    lines.putAll(measured);
    return lines;
  }

  private String description() {
    return identity + ", " + options.epochs() + " epochs";
  }

  private void save() {
    lastCheckpoint = seconds();
    List<NDArray> trained = paths.weights().trained();
    ByteBuffer out = ByteBuffer.allocate(2 * Weights.bytes(trained));
    Weights.write(trained, out);
    Weights.write(momentum.velocities(), out);
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("of", description());
    lines.put(STEP, Long.toString(step));
    lines.put(SupernetFile.EPOCHS, Integer.toString(epochs));
    lines.put(SECONDS, Double.toString(secondsBefore + seconds()));
    lines.putAll(measured);
    AtomicFile.write(part, new HeadedFile(KIND, lines, out.array()).bytes());
  }

  private void resume() {
    if (!Files.exists(part)) {
      return;
    }
    HeadedFile kept;
    try {
      kept = HeadedFile.read(KIND, part.toString(), Files.readAllBytes(part));
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(part + ": cannot be read: " + e, e));
    }
    Map<String, String> lines = new LinkedHashMap<>(kept.lines());
    new Rules()
        .require(
            description().equals(lines.remove("of")),
            "%s is of another training of a supernet. Maybe name another file, or remove it.",
            part)
        .check();
    step = Long.parseLong(lines.remove(STEP));
    epochs = Integer.parseInt(lines.remove(SupernetFile.EPOCHS));
    secondsBefore = Double.parseDouble(lines.remove(SECONDS));
    measured.putAll(lines);
    ByteBuffer in = ByteBuffer.wrap(kept.data());
    Weights.read(paths.weights().trained(), in);
    Weights.read(momentum.velocities(), in);
  }

  /** Deletes the checkpoint, once the file is written. */
  void forget() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    paths.close();
  }
}
