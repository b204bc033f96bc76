package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void aKilledBenchmarkGoesOnWhereItWas() throws Exception {
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
    Path part = folder.resolve("cut.csv.part");
    List<TrainedNetworks.Row> rows = new ArrayList<>();
    try (TrainingJournal journal = new TrainingJournal(file, "a space")) {
      for (int i = 0; i < 9; i++) {
        rows.add(new TrainedNetworks.Row(BENCHMARK.some(9).get(i), 1, i / 10.0));
        journal.append(rows.get(i));
      }
    }
    byte[] whole = Files.readAllBytes(part);
    SplittableRandom random = new SplittableRandom(19);
    for (int i = 0; i < 200; i++) {
      byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      if (i % 2 == 1 && cut.length > 20) {
        cut[20 + random.nextInt(cut.length - 20)] ^= 4;
      }
      Files.write(part, cut);
      try (TrainingJournal journal = new TrainingJournal(file, "a space")) {
        int kept = journal.rows().size();
        assertThat(journal.rows()).isEqualTo(rows.subList(0, kept));
        rows.subList(kept, 9).forEach(journal::append);
      }
      assertThat(part).hasBinaryContent(whole);
    }
    assertThatThrownBy(() -> new TrainingJournal(file, "another space"))
        .hasMessageContaining("is of other trainings");
    try (TrainingJournal journal = new TrainingJournal(file, "a space")) {
      assertThat(journal.rows()).hasSize(9);
      assertThatThrownBy(() -> new TrainingJournal(file, "a space"))
          .hasMessageContaining("is in use");
    }
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
