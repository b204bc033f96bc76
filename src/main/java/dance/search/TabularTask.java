package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.zip.CRC32;

/**
 * A task whose accuracies are all known: a search takes seconds, has no training noise, and can be
 * compared with the exhaustive optimum.
 *
 * <p>Its accuracy term is one minus the expected accuracy, exactly differentiable; or, if {@link
 * #sampled}, one minus the accuracy of a sampled network. Immutable and thread-safe.
 */
public final class TabularTask implements Task {
  /** The default data set of NAS-Bench-201. */
  public static final String CIFAR10 = "cifar10";

  private final String name;
  private final Accuracies accuracies;
  private final Reading reading;

  /** What a search sees of the table. */
  private enum Reading {
    /** All of it: the expected accuracy. */
    ALL,
    /** Sampled networks. */
    SAMPLES,
    /** Sampled networks and all that differ from them in one block. */
    NEIGHBOURS
  }

  private TabularTask(String name, Accuracies accuracies, Reading reading) {
    this.name = name;
    this.accuracies = accuracies;
    this.reading = reading;
  }

  /**
   * Reads NAS-Bench-201 (Dong and Yang, ICLR 2020): headings with {@code ops} and {@code
   * X_test_acc}, one line for each of the 15,625 cells, accuracies in per cent.
   *
   * @param dataSet X: {@code cifar10}, {@code cifar100}, {@code imagenet16_120}
   * @throws IllegalArgumentException naming the line that is wrong, or networks that are missing
   */
  public static TabularTask nasBench201(Path csv, String dataSet) {
    Accuracies table =
        AccuracyCsv.read(
            csv.toString(), AccuracyCsv.text(csv), NetworkSpace.nasBench201(), dataSet);
    return new TabularTask("nasbench201 " + dataSet, table, Reading.ALL);
  }

  /**
   * Reads NAS-Bench-Macro (Su et al., CVPR 2021), its file {@code nas-bench-macro_cifar10.json}:
   * three trainings of each of the 6,561 networks. Searches see the first; results are scored by
   * the mean of the others.
   *
   * @throws IllegalArgumentException naming the network that is wrong, or networks that are missing
   */
  public static TabularTask nasBenchMacro(Path json) {
    Accuracies read = NasBenchMacroJson.read(json.toString(), AccuracyCsv.text(json));
    return new TabularTask("nasbench-macro cifar10", read, Reading.ALL);
  }

  /**
   * Reads accuracies of the networks of a space: headings {@code genotype,seed,accuracy},
   * accuracies 0…1, one line per network and seed.
   *
   * @throws IllegalArgumentException naming the line that is wrong, or networks that are missing
   */
  public static TabularTask read(Path csv, NetworkSpace space) {
    Accuracies table = AccuracyCsv.read(csv.toString(), AccuracyCsv.text(csv), space, CIFAR10);
    return new TabularTask(space.name() + " table", table, Reading.ALL);
  }

  /**
   * Reads any form: cells of NAS-Bench-201 for CIFAR-10, the JSON of NAS-Bench-Macro, or genotypes
   * of the given space.
   */
  public static TabularTask readAny(Path csv, NetworkSpace space) {
    if (NasBenchMacroJson.is(AccuracyCsv.text(csv))) {
      return nasBenchMacro(csv);
    }
    return AccuracyCsv.ofNasBench201(AccuracyCsv.text(csv))
        ? nasBench201(csv, CIFAR10)
        : read(csv, space);
  }

  /**
   * Accuracies from a user's rows, with columns named by the user. Several trainings of every
   * network are used as of {@link #nasBenchMacro}. Networks without a row are predicted from those
   * that have one, and the task's name, which every result shows, has the held-out error.
   *
   * @param source name in messages
   * @param rows cells by heading
   * @throws IllegalArgumentException naming the row that is wrong, or why the other networks cannot
   *     be predicted
   */
  public static TabularTask of(
      String source, NetworkSpace space, List<Map<String, String>> rows, AccuracyColumns columns) {
    NamedAccuracies read = NamedAccuracies.of(source, space, rows, columns);
    return new TabularTask(read.name(), read.values(), Reading.ALL);
  }

  /**
   * The bundled mini benchmark: all networks of {@link NetworkSpace#mini}, trained on a subset of
   * Fashion-MNIST.
   *
   * @throws IllegalArgumentException if it is not on the class path
   */
  public static TabularTask mini() {
    String file = "mini-fashion-mnist.csv";
    try (InputStream stream = TabularTask.class.getResourceAsStream("/dance/data/" + file)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            file + " is not on the class path, although dance.jar has it");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new TabularTask(
          "mini Fashion-MNIST",
          AccuracyCsv.read(file, text, NetworkSpace.mini(), CIFAR10),
          Reading.ALL);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Accuracies of any origin, 0…1; the function is called once per network. */
  public static TabularTask of(
      String name, NetworkSpace space, ToDoubleFunction<Genotype> accuracy) {
    AccuracyTable table = new AccuracyTable(space);
    int[] choice = new int[space.blocks()];
    for (int i = 0; i < table.size(); i++) {
      table.choice(i, choice);
      double value = accuracy.applyAsDouble(space.genotype(choice));
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "accuracy of " + space.genotype(choice) + " (" + value + ") must be from 0 to 1");
      }
      table.set(i, value);
    }
    return new TabularTask(name, Accuracies.of(table), Reading.ALL);
  }

  /** One accuracy for each network: the mean over its trainings. */
  public TabularTask means() {
    return of(
        name + ", mean of all trainings",
        space(),
        genotype ->
            Arrays.stream(trainings(space().choice(genotype)))
                .average()
                .orElse(accuracy(genotype, 0)));
  }

  /** The same accuracies; {@code samples}: a search only sees those of sampled networks. */
  public TabularTask sampled(boolean samples) {
    return new TabularTask(name, accuracies, samples ? Reading.SAMPLES : Reading.ALL);
  }

  /** The same accuracies; a search sees sampled networks and those that differ in one block. */
  TabularTask straightThrough() {
    return new TabularTask(name, accuracies, Reading.NEIGHBOURS);
  }

  /** The accuracies that searches see. */
  AccuracyTable table() {
    return accuracies.seen();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NetworkSpace space() {
    return table().space();
  }

  @Override
  public double accuracy(Genotype genotype, long seed) {
    return accuracy(space().choice(genotype), seed);
  }

  @Override
  public double accuracy(int[] choice, long seed) {
    return table().get(table().index(choice));
  }

  @Override
  public double[] trainings(int[] choice) {
    return accuracies.trainings(table().index(choice));
  }

  @Override
  public OptionalDouble predictionError() {
    return accuracies.predictionError();
  }

  @Override
  public String label() {
    return predictionError().isEmpty() ? name : name.replaceFirst(" \\(\\d+ of .*\\)$", "");
  }

  @Override
  public boolean trains() {
    return false;
  }

  @Override
  public AccuracyModel accuracyModel(long seed) {
    return switch (reading) {
      case ALL -> new ExpectedAccuracy(table());
      case SAMPLES -> new SampledAccuracy(table());
      case NEIGHBOURS -> new StraightThroughAccuracy(table());
    };
  }

  @Override
  public String fingerprint() {
    AccuracyTable table = table();
    CRC32 crc = new CRC32();
    for (int i = 0; i < table.size(); i++) {
      long bits = Double.doubleToLongBits(table.get(i));
      for (int shift = 0; shift < 64; shift += 8) {
        crc.update((int) (bits >> shift));
      }
    }
    return name
        + switch (reading) {
          case ALL -> "";
          case SAMPLES -> ", sampled";
          case NEIGHBOURS -> ", straight-through";
        }
        + ", "
        + space().fingerprint()
        + ", "
        + crc.getValue();
  }

  @Override
  public String toString() {
    return name + ": accuracies of " + table().size() + " networks";
  }
}
