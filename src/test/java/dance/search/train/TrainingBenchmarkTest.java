package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.check.Journal;
import dance.cost.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

  private TrainedNetworks run(Path file, int networks, long seed) {
    return BENCHMARK.run(BENCHMARK.some(networks), seed, file, Progress.SILENT);
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
  void noiseOfSeedsIsWhatIsLeftOfNetworksAndSeeds() {
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    double[] ofSeed = {0, 0.05, -0.02};
    for (int n = 0; n < 9; n++) {
      double ofNetwork = 0.3 + 0.4 * random.nextDouble();
      for (int s = 0; s < 3; s++) {
        rows.add(new TrainedNetworks.Row(BENCHMARK.some(9).get(n), s, ofNetwork + ofSeed[s]));
      }
    }
    assertThat(new TrainedNetworks(Map.of(), rows).seedDeviation()).isLessThan(1e-4);
    List<TrainedNetworks.Row> noisy =
        rows.stream()
            .map(
                r ->
                    new TrainedNetworks.Row(
                        r.genotype(), r.seed(), r.accuracy() + 0.02 * random.nextGaussian()))
            .toList();
    assertThat(new TrainedNetworks(Map.of(), noisy).seedDeviation()).isBetween(0.012, 0.028);
  }

  @Test
  void anotherSeedIsAddedToTheFile() throws IOException {
    Path file = folder.resolve("seeds.csv");
    TrainedNetworks one = run(file, 9, 1);
    assertThat(one.rows()).hasSize(9);
    assertThat(one.seedDeviation()).isNaN();
    TrainedNetworks two = run(file, 3, 2);
    assertThat(two.rows()).hasSize(12).containsAll(one.rows());
    assertThat(two.seedDeviation()).isBetween(0.0, 0.5);
    assertThat(TrainedNetworks.read(file)).isEqualTo(two);
    assertThat(two.accuracies(SyntheticImages.SPACE)).hasSize(9);
    TrainingBenchmark longer =
        new TrainingBenchmark(BENCHMARK.space(), BENCHMARK.data(), BENCHMARK.recipe().epochs(3));
    assertThatThrownBy(() -> longer.run(longer.some(1), 1, file, Progress.SILENT))
        .hasMessageContaining("recipe: 2 epochs")
        .hasMessageContaining("but it would be \"3 epochs");
    Files.writeString(file, Files.readString(file).replace(",2,0.", ",2,8."));
    assertThatThrownBy(() -> TrainedNetworks.read(file))
        .hasMessageContaining("seeds.csv:")
        .hasMessageContaining("must be like");
  }
}
