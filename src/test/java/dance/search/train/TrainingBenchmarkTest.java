package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dance.check.Journal;
import dance.cost.Progress;
import dance.evaluate.Shard;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that is interrupted anywhere ends like one that is not. */
class TrainingBenchmarkTest {
  static final TrainingBenchmark BENCHMARK =
      new TrainingBenchmark(
          SyntheticImages.SPACE,
          SyntheticImages.data(120, 60),
          TrainingOptions.defaults().epochs(2).batch(24, 0.1));

  @TempDir private Path folder;

  private TrainedNetworks run(Path file, int networks, int trainings) {
    return run(file, networks, trainings, Shard.WHOLE);
  }

  private TrainedNetworks run(Path file, int networks, int trainings, Shard shard) {
    return BENCHMARK.run(
        BENCHMARK.jobs(BENCHMARK.some(networks), trainings, shard), file, Progress.SILENT);
  }

  @Test
  void aKilledBenchmarkResumesWhereItWas() throws Exception {
    Path file = folder.resolve("killed.csv");
    Path journal = folder.resolve("killed.csv.part");
    long kept = 0;
    for (int kill = 0; kill < 2; kill++) {
      Process child = start(file);
      while (child.isAlive() && (!Files.exists(journal) || Files.size(journal) < kept + 40)) {
        Thread.sleep(2);
      }
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).as("it was killed, not finished").isNotZero();
      assertThat(file).doesNotExist();
      kept = Files.size(journal);
    }
    run(file, 9, 1);
    Path undisturbed = folder.resolve("undisturbed.csv");
    run(undisturbed, 9, 1);
    assertThat(file).hasSameBinaryContentAs(undisturbed);
    assertThat(journal).doesNotExist();
  }

  private static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledTraining.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aJournalThatEndsAnywhereIsUsedAsFarAsItIsWhole() throws IOException {
    Path file = folder.resolve("cut.csv");
    Path part = Journal.beside(file);
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      rows.add(new TrainedNetworks.Row(BENCHMARK.some(9).get(i), 1, i / 10.0));
    }
    try (Journal journal = Journal.open(file, "series", "a space", bytes -> {})) {
      rows.forEach(row -> journal.append(row.bytes()));
    }
    byte[] whole = Files.readAllBytes(part);
    for (int length = 40; length <= whole.length; length += 7) {
      Files.write(part, Arrays.copyOf(whole, length));
      List<TrainedNetworks.Row> kept = new ArrayList<>();
      try (Journal journal =
          Journal.open(file, "series", "a space", b -> kept.add(TrainedNetworks.Row.of(b)))) {
        assertThat(kept).isEqualTo(rows.subList(0, kept.size()));
        rows.subList(kept.size(), 9).forEach(row -> journal.append(row.bytes()));
      }
      assertThat(part).hasBinaryContent(whole);
    }
    assertThatThrownBy(() -> run(file, 9, 1))
        .hasMessageContaining("is of another series of trainings");
    assertThat(part).hasBinaryContent(whole);
  }

  @Test
  void noiseOfTrainingsIsNotMistakenForNetworks() {
    SplittableRandom random = new SplittableRandom(3);
    double[] ofNetwork = random.doubles(9, 0.3, 0.7).toArray();
    List<Genotype> networks = BENCHMARK.some(9);
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    for (int n = 0; n < 9; n++) {
      for (int s = 1; s <= 40; s++) {
        double accuracy = ofNetwork[n] + 0.05 * random.nextGaussian();
        rows.add(new TrainedNetworks.Row(networks.get(n), s, accuracy));
      }
    }
    TrainedNetworks noisy = new TrainedNetworks(Map.of(), rows);
    assertThat(noisy.trainingDeviation()).isCloseTo(0.05, withPercentage(10));
    assertThat(noisy.standardError(4)).isCloseTo(0.025, withPercentage(10));
    double mean = Arrays.stream(ofNetwork).average().orElseThrow();
    double variance = Arrays.stream(ofNetwork).map(a -> (a - mean) * (a - mean)).sum() / 8;
    assertThat(noisy.networkDeviation()).isCloseTo(Math.sqrt(variance), withPercentage(10));
    List<TrainedNetworks.Row> equal =
        rows.stream()
            .map(
                r ->
                    new TrainedNetworks.Row(
                        r.genotype(), r.seed(), 0.5 + 0.05 * random.nextGaussian()))
            .toList();
    assertThat(new TrainedNetworks(Map.of(), equal).networkDeviation()).isLessThan(0.01);
  }

  @Test
  void noTwoTrainingsShareASeed() {
    long different =
        NetworkSpace.mini()
            .genotypes()
            .flatMapToLong(
                g -> LongStream.rangeClosed(1, 9).map(n -> TrainingBenchmark.ownSeed(g, n)))
            .distinct()
            .count();
    assertThat(different).isEqualTo(9 * NetworkSpace.mini().count().longValueExact());
  }

  @Test
  void shardsHaveEveryTrainingOnceAndThoseThatAllNetworksHaveFirst() {
    List<TrainingBenchmark.Job> all = BENCHMARK.jobs(BENCHMARK.some(9), 3, Shard.WHOLE);
    assertThat(all).hasSize(27).doesNotHaveDuplicates();
    assertThat(all.stream().map(TrainingBenchmark.Job::seed)).isSorted();
    List<TrainingBenchmark.Job> shards = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      shards.addAll(BENCHMARK.jobs(BENCHMARK.some(9), 3, new Shard(number, 4)));
    }
    assertThat(shards).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void shardsOfWhichOneWasStoppedMergeIntoTheFileOfOneRun() throws IOException {
    Path whole = folder.resolve("whole.csv");
    run(whole, 9, 2);
    List<Path> shards = List.of(folder.resolve("one.csv"), folder.resolve("two.csv"));
    run(shards.get(0), 9, 2, new Shard(1, 2));
    TrainedNetworks second = run(shards.get(1), 9, 2, new Shard(2, 2));
    Files.delete(shards.get(1));
    try (Journal journal =
        Journal.open(
            shards.get(1), "series of trainings", BENCHMARK.identity().toString(), bytes -> {})) {
      second.rows().stream().skip(1).forEach(row -> journal.append(row.bytes()));
    }
    Path merged = folder.resolve("merged.csv");
    assertThatThrownBy(() -> BENCHMARK.merge(shards, 2, merged))
        .hasMessageContaining("1 of 18 trainings are missing. Maybe run the shards again");
    assertThat(merged).doesNotExist();
    try (Journal journal =
        Journal.open(
            shards.get(1), "series of trainings", BENCHMARK.identity().toString(), bytes -> {})) {
      journal.append(second.rows().get(0).bytes());
    }
    BENCHMARK.merge(shards, 2, merged);
    assertThat(merged).hasSameBinaryContentAs(whole);
    BENCHMARK.merge(List.of(whole), 1, merged);
    Path first = folder.resolve("first.csv");
    run(first, 9, 1);
    assertThat(merged).hasSameBinaryContentAs(first);
    Files.writeString(shards.get(0), Files.readString(whole).replace(",1,0.", ",1,1."));
    assertThatThrownBy(() -> BENCHMARK.merge(List.of(whole, shards.get(0)), 2, merged))
        .hasMessageContaining("another file");
  }

  @Test
  void furtherTrainingsAreAddedToTheFile() throws IOException {
    Path file = folder.resolve("seeds.csv");
    TrainedNetworks one = run(file, 9, 1);
    assertThat(one.rows()).hasSize(9);
    assertThat(one.trainingDeviation()).isNaN();
    TrainedNetworks two = run(file, 3, 2);
    assertThat(two.rows()).hasSize(12).containsAll(one.rows());
    assertThat(two.trainingDeviation()).isBetween(0.0, 0.5);
    assertThat(TrainedNetworks.read(file)).isEqualTo(two);
    assertThat(two.accuracies(SyntheticImages.SPACE)).hasSize(9);
    TrainingBenchmark longer =
        new TrainingBenchmark(BENCHMARK.space(), BENCHMARK.data(), BENCHMARK.recipe().epochs(3));
    assertThatThrownBy(
            () -> longer.run(longer.jobs(longer.some(1), 1, Shard.WHOLE), file, Progress.SILENT))
        .hasMessageContaining("recipe: 2 epochs")
        .hasMessageContaining("but it would be \"3 epochs");
    Files.writeString(file, Files.readString(file).replace(",2,0.", ",2,8."));
    assertThatThrownBy(() -> TrainedNetworks.read(file))
        .hasMessageContaining("seeds.csv:")
        .hasMessageContaining("must be like");
  }
}
