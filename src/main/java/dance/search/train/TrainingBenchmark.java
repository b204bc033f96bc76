package dance.search.train;

import dance.check.Journal;
import dance.check.Rules;
import dance.cost.Progress;
import dance.evaluate.neural.Torch;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
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

  /** Separates the seeded choice of networks from the seeds of trainings. */
  private static final long CHOICE = 0x6d696e69;

  /**
   * {@link NetworkSpace#mini} on the bundled Fashion-MNIST, three epochs: some seconds for each of
   * its 400 networks, on the CPU.
   */
  public static TrainingBenchmark mini() {
    return new TrainingBenchmark(
        NetworkSpace.mini(),
        FashionMnist.bundled(),
        TrainingOptions.defaults().epochs(3).device("cpu"));
  }

  /** Trains one network. */
  public TrainedNetworks.Row train(Genotype genotype, long seed) {
    Training.Outcome outcome =
        Training.fromScratch(
            space, genotype, data.train(), data.test(), recipe.seed(seed), Progress.SILENT);
    return new TrainedNetworks.Row(genotype, seed, outcome.accuracy());
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
        .mapToObj(i -> space.genotype(java.math.BigInteger.valueOf(i)))
        .toList();
  }

  /**
   * Trains networks with a seed and writes the file, adding to its earlier content. Finished
   * trainings are kept beside the file in one of the same name with {@code .part}, from which an
   * interrupted run resumes.
   *
   * @throws IllegalArgumentException if the file is of other networks, images or training options
   */
  public TrainedNetworks run(List<Genotype> networks, long seed, Path file, Progress progress) {
    Map<String, String> identity = identity();
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    if (Files.exists(file)) {
      TrainedNetworks before = TrainedNetworks.read(file);
      identity.forEach(
          (name, text) ->
              new Rules()
                  .require(
                      text.equals(before.provenance().get(name)),
                      "%s says \"%s: %s\", but it would be \"%s\". Maybe name another file.",
                      file,
                      name,
                      before.provenance().get(name),
                      text)
                  .check());
      rows.addAll(before.rows());
    }
    List<TrainedNetworks.Row> finished = new ArrayList<>();
    try (Journal journal =
        Journal.open(
            file,
            "series of trainings",
            identity.toString(),
            bytes -> finished.add(TrainedNetworks.Row.of(bytes)))) {
      Set<String> known = new HashSet<>();
      rows.forEach(row -> known.add(row.genotype() + " " + row.seed()));
      rows.addAll(finished.stream().filter(r -> known.add(r.genotype() + " " + r.seed())).toList());
      List<Genotype> missing =
          networks.stream().filter(g -> !known.contains(g + " " + seed)).toList();
      rows.addAll(train(missing, networks.size(), seed, journal, progress));
      rows.sort(
          Comparator.comparing((TrainedNetworks.Row r) -> space.index(r.genotype()))
              .thenComparing(TrainedNetworks.Row::seed));
      Map<String, String> provenance = new LinkedHashMap<>(identity);
      provenance.put("computed with", "PyTorch " + Torch.engine().getVersion() + ", one thread");
      TrainedNetworks all = new TrainedNetworks(provenance, rows);
      all.write(file);
      journal.delete();
      return all;
    }
  }

  private List<TrainedNetworks.Row> train(
      List<Genotype> missing, int wanted, long seed, Journal journal, Progress progress) {
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    long start = System.nanoTime();
    int before = wanted - missing.size();
    for (Genotype genotype : missing) {
      TrainedNetworks.Row row = train(genotype, seed);
      journal.append(row.bytes());
      rows.add(row);
      double seconds = (System.nanoTime() - start) / 1e9;
      int done = before + rows.size();
      progress.at(
          Progress.State.of("training", "networks", done, wanted, rows.size(), seconds)
              .note(row.line()));
    }
    return rows;
  }

  /** Everything that accuracies depend on, besides the machine. */
  Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("network space", space.fingerprint());
    identity.put("learnt", data.train() + ", sha256 " + data.train().sha256());
    identity.put("tested", data.test() + ", sha256 " + data.test().sha256());
    identity.put("recipe", recipe.recipe());
    identity.put("accuracy", "part of the test images that are named rightly after the last epoch");
    return identity;
  }
}
