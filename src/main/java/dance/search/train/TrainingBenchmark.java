package dance.search.train;

import dance.check.Journal;
import dance.check.Rules;
import dance.cost.Progress;
import dance.evaluate.Shard;
import dance.evaluate.neural.Torch;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Trains every network of a space from scratch, all with the same options, to obtain reference
 * accuracies.
 *
 * @param space the networks
 * @param data training and test images
 * @param recipe training options, except the seed
 */
public record TrainingBenchmark(NetworkSpace space, ImageData data, TrainingOptions recipe) {

  /** Trainings of each network of {@link #mini}: searches see the first, the others score. */
  public static final int TRAININGS = 4;

  /** Separates the seeded choice of networks from the seeds of trainings. */
  private static final long CHOICE = 0x6d696e69;

  /** An odd factor whose bits are spread: that of {@link SplittableRandom}. */
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  /**
   * {@link NetworkSpace#mini} on the bundled Fashion-MNIST: half a minute for each training, on one
   * core of a CPU.
   */
  public static TrainingBenchmark mini() {
    TrainingOptions recipe = TrainingOptions.defaults().device("cpu");
    return new TrainingBenchmark(NetworkSpace.mini(), FashionMnist.bundled(), recipe);
  }

  /**
   * One training to be done.
   *
   * @param genotype of the network
   * @param seed number of the training of this network, from 1
   */
  public record Job(Genotype genotype, long seed) {}

  /** Trains one network. */
  public TrainedNetworks.Row train(Genotype genotype, long seed) {
    TrainingOptions options = recipe.seed(ownSeed(genotype, seed));
    Training.Outcome outcome =
        Training.fromScratch(space, genotype, data.train(), data.test(), options, Progress.SILENT);
    return new TrainedNetworks.Row(genotype, seed, outcome.accuracy());
  }

  /**
   * The seed of weights and order of images. No two trainings share one: an order that all networks
   * see shifts their accuracies together, which would look like precision where only trainings of
   * the same number are compared.
   */
  static long ownSeed(Genotype genotype, long seed) {
    long mixed = seed;
    for (char letter : genotype.toString().toCharArray()) {
      mixed = mixed * FACTOR + letter;
    }
    return new SplittableRandom(mixed).nextLong();
  }

  /** A fixed sample of networks of the space; all of them if there are not more. */
  public List<Genotype> some(int networks) {
    int all = space.count().intValueExact();
    new Rules()
        .require(
            networks >= 1 && networks <= all, "networks (%d) must be from 1 to %d", networks, all)
        .check();
    int[] order = Images.shuffled(all, new SplittableRandom(CHOICE));
    return IntStream.of(order)
        .limit(networks)
        .sorted()
        .mapToObj(i -> space.genotype(BigInteger.valueOf(i)))
        .toList();
  }

  /**
   * The trainings of a shard: of every network the first, then of every network the second, and so
   * on, so that whatever is done when they are stopped is of all networks alike; expensive networks
   * first, so that shards end together.
   *
   * @param networks the networks
   * @param trainings of each
   */
  public List<Job> jobs(List<Genotype> networks, int trainings, Shard shard) {
    new Rules()
        .require(trainings >= 1, "trainings (%d) must be at least 1", trainings)
        .require(
            shard.count() <= (long) networks.size() * trainings,
            "shards (%d) must not exceed the %d trainings",
            shard.count(),
            (long) networks.size() * trainings)
        .check();
    Map<Genotype, Long> macs = new LinkedHashMap<>();
    networks.forEach(network -> macs.put(network, space.network(network).macs()));
    List<Genotype> expensiveFirst = new ArrayList<>(networks);
    expensiveFirst.sort(Comparator.comparing(macs::get).reversed());
    List<Job> jobs = new ArrayList<>();
    for (int number = 0; number < trainings * networks.size(); number++) {
      if (shard.covers(number)) {
        Genotype network = expensiveFirst.get(number % networks.size());
        jobs.add(new Job(network, 1 + number / networks.size()));
      }
    }
    return jobs;
  }

  /**
   * Trains networks and writes the file, adding to its earlier content. Finished trainings are kept
   * beside the file in one of the same name with {@code .part}, from which an interrupted run
   * resumes.
   *
   * @throws IllegalArgumentException if the file is of other networks, images or training options
   */
  public TrainedNetworks run(List<Job> jobs, Path file, Progress progress) {
    SortedMap<Key, TrainedNetworks.Row> rows = new TreeMap<>();
    if (Files.exists(file)) {
      read(file).forEach(row -> rows.put(key(row), row));
    }
    try (Journal journal = journal(file, row -> rows.putIfAbsent(key(row), row))) {
      List<Job> missing =
          jobs.stream().filter(j -> !rows.containsKey(key(j.genotype, j.seed))).toList();
      train(missing, jobs.size(), journal, progress).forEach(row -> rows.put(key(row), row));
      TrainedNetworks all = new TrainedNetworks(provenance(), List.copyOf(rows.values()));
      all.write(file);
      journal.delete();
      return all;
    }
  }

  /**
   * The trainings of several files of {@link #run} as one file: those of numbers from 1 on of every
   * network. Of a run that was stopped, its {@code .part} is read.
   *
   * @param files of shards, in any order
   * @param trainings of each network; further ones are left out
   * @throws IllegalArgumentException if a file is of other networks, images or training options, or
   *     trainings are missing
   */
  public TrainedNetworks merge(List<Path> files, int trainings, Path file) {
    SortedMap<Key, TrainedNetworks.Row> rows = new TreeMap<>();
    Rules rules = new Rules();
    for (Path part : files) {
      List<TrainedNetworks.Row> found = new ArrayList<>();
      boolean stopped = Files.exists(Journal.beside(part));
      if (Files.exists(part) || !stopped) {
        found.addAll(read(part));
      }
      if (stopped) {
        journal(part, found::add).close();
      }
      for (TrainedNetworks.Row row : found) {
        TrainedNetworks.Row other = rows.putIfAbsent(key(row), row);
        rules.require(
            other == null || other.equals(row),
            "%s has %s, another file %s",
            part,
            row.line(),
            other == null ? "" : other.line());
      }
    }
    rows.keySet().removeIf(key -> key.seed < 1 || key.seed > trainings);
    long wanted = space.count().longValueExact() * trainings;
    rules.require(
        rows.size() == wanted,
        "%d of %d trainings are missing. Maybe run the shards again, which resume, or take fewer"
            + " trainings of each network.",
        wanted - rows.size(),
        wanted);
    rules.check();
    TrainedNetworks all = new TrainedNetworks(provenance(), List.copyOf(rows.values()));
    all.write(file);
    return all;
  }

  /** Position of a training in the file. */
  private record Key(BigInteger network, long seed) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::network).thenComparing(Key::seed);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private Key key(TrainedNetworks.Row row) {
    return key(row.genotype(), row.seed());
  }

  private Key key(Genotype genotype, long seed) {
    return new Key(space.index(genotype), seed);
  }

  /** The rows of a file of this benchmark. */
  private List<TrainedNetworks.Row> read(Path file) {
    TrainedNetworks before = TrainedNetworks.read(file);
    Rules rules = new Rules();
    identity()
        .forEach(
            (name, text) ->
                rules.require(
                    text.equals(before.provenance().get(name)),
                    "%s says \"%s: %s\", but it would be \"%s\". Maybe name another file.",
                    file,
                    name,
                    before.provenance().get(name),
                    text));
    rules.check();
    return before.rows();
  }

  private Journal journal(Path file, Consumer<TrainedNetworks.Row> finished) {
    return Journal.open(
        file,
        "series of trainings",
        identity().toString(),
        bytes -> finished.accept(TrainedNetworks.Row.of(bytes)));
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>(identity());
    provenance.put("computed with", "PyTorch " + Torch.engine().getVersion() + ", one thread");
    return provenance;
  }

  private List<TrainedNetworks.Row> train(
      List<Job> missing, int wanted, Journal journal, Progress progress) {
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    long start = System.nanoTime();
    int before = wanted - missing.size();
    for (Job job : missing) {
      TrainedNetworks.Row row = train(job.genotype, job.seed);
      journal.append(row.bytes());
      rows.add(row);
      double seconds = (System.nanoTime() - start) / 1e9;
      int done = before + rows.size();
      progress.at(
          Progress.State.of("training", "trainings", done, wanted, rows.size(), seconds)
              .note(row.line()));
    }
    return rows;
  }

  /** Everything that accuracies depend on, besides the machine. */
  Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("network space", space.fingerprint());
    identity.put("training images", data.train() + ", sha256 " + data.train().sha256());
    identity.put("test images", data.test() + ", sha256 " + data.test().sha256());
    identity.put("recipe", recipe.recipe());
    identity.put("seeds", "weights and order of images are each training's own");
    identity.put("accuracy", "fraction of correctly classified test images after the last epoch");
    return identity;
  }
}
