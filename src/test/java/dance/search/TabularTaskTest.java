package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.SharedData;
import dance.space.Genotype;
import dance.space.NasBenchMacro;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabularTaskTest {
  private static final Path NAS_BENCH = Path.of("../shared/reference/nas-bench-201/accuracy.csv");
  private static final Path MACRO =
      Path.of("../shared/reference/nas-bench-macro/nas-bench-macro_cifar10.json");
  private static final NetworkSpace SPACE = SearchExamples.tiny();

  @TempDir private Path folder;

  /** A file of all networks, twice each, after its provenance. */
  private static List<String> lines() {
    List<String> lines =
        SPACE
            .genotypes()
            .flatMap(
                g ->
                    IntStream.of(1, 2)
                        .mapToObj(
                            s ->
                                (s == 1 ? g.toString() : '"' + g.toString() + '"')
                                    + ","
                                    + s
                                    + ","
                                    + (s == 1 ? 0.5 : 0.75)))
            .collect(Collectors.toList());
    lines.add(0, "genotype,seed,accuracy");
    lines.add(0, "# trained by hand");
    return lines;
  }

  private Path file(List<String> lines) {
    try {
      return Files.writeString(folder.resolve("a.csv"), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNetworkCountsWithItsMeanIfSomeHaveOneTraining() {
    List<String> lines = lines();
    lines.remove(lines.size() - 1);
    TabularTask task = TabularTask.readAny(file(lines), SPACE);
    assertThat(SPACE.genotypes().limit(47).mapToDouble(g -> task.accuracy(g, 7)).distinct())
        .containsExactly(0.625);
    assertThat(task.heldOut(SPACE.choice(SPACE.genotype(0, 0, 0)))).isEmpty();
  }

  @Test
  void searchesSeeTheFirstTrainingAndAreScoredByTheOthers() {
    TabularTask task = TabularTask.readAny(file(lines()), SPACE);
    for (Genotype genotype : SPACE.genotypes().toList()) {
      assertThat(task.accuracy(genotype, 7)).isEqualTo(0.5);
      assertThat(task.trainings(SPACE.choice(genotype))).containsExactly(0.5, 0.75);
      assertThat(task.heldOut(SPACE.choice(genotype))).hasValue(0.75);
    }
  }

  /** The networks of NAS-Bench-Macro, all with the same accuracies. */
  private static String macro() {
    return NetworkSpace.nasBenchMacro()
        .genotypes()
        .map(NasBenchMacro::format)
        .map(digits -> '"' + digits + "\": {\"test_acc\": [50.0, 75.0, 76], \"std\": 1}")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Test
  void nasBenchMacroIsReadWithItsTrainingsApart() throws IOException {
    Path file = Files.writeString(folder.resolve("macro.json"), macro());
    TabularTask task = TabularTask.readAny(file, SPACE);
    int[] choice = task.space().choice(NasBenchMacro.parse("22212220"));
    assertThat(task.trainings(choice)).containsExactly(0.5, 0.75, 0.76);
    assertThat(task.accuracy(choice, 1)).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "75.0 | 175 | network 00000000: accuracy 175 must be a number from 0 to 100",
        "00000001 | 00000000 | network 00000000: network is there twice",
        "00000001 | 00000009 | network 00000009: network 00000009 of NAS-Bench-Macro must be",
        "test_acc | acc | network 00000000: has no list test_acc",
        "}, \"0000 | } \"0000 | line 1:",
        "\"00000000\": {\"test_acc\": [50.0, 75.0, 76], \"std\": 1}, | '' | no accuracy of 1 of the 6561"
      })
  void aWrongNetworkIsNamed(String right, String wrong, String message) throws IOException {
    String text =
        macro().replaceFirst(java.util.regex.Pattern.quote(right), wrong.replace("''", ""));
    Path file = Files.writeString(folder.resolve("macro.json"), text);
    assertThatThrownBy(() -> TabularTask.readAny(file, SPACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void nasBenchMacroHasItsPublishedAccuracies() {
    SharedData.require(MACRO);
    TabularTask task = TabularTask.nasBenchMacro(MACRO);
    int[] best = task.space().choice(NasBenchMacro.parse("22212220"));
    // README of the data: the best mean is 93.13
    double mean = java.util.Arrays.stream(task.trainings(best)).average().orElseThrow();
    assertThat(Math.round(1e4 * mean)).isEqualTo(9313);
  }

  @Test
  void aCommaAtTheEndOfEveryLineIsAnEmptyColumn() {
    TabularTask plain = TabularTask.readAny(file(lines()), SPACE);
    List<String> commas = lines().stream().map(line -> line + ",").toList();
    TabularTask task = TabularTask.readAny(file(commas), SPACE);
    assertThat(SPACE.genotypes()).allMatch(g -> task.accuracy(g, 7) == plain.accuracy(g, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | mb3e3,mb3e3,mb3e3,1,1.5 | line 4: accuracy 1.5 must be a number from 0 to 1",
        "3 | mb3e3,mb3e3,mb3e3,1,nan | line 4: accuracy nan must be a number",
        "3 | mb3e3,mb3e3,mb3e3,x,0.5 | line 4: seed x must be a whole number",
        "3 | mb3e3,mb3e3,zero,1,0.5 | line 4: operation zero is not allowed at b3",
        "3 | mb3e3,mb3e3,mb4e3,1,0.5 | line 4: operation mb4e3 of b3 is not one of",
        "3 | 0.5 | line 4: must have a genotype, a seed and an accuracy",
        "9 | mb3e3,mb3e3,mb3e3,1,0.5 | line 10: network mb3e3,mb3e3,mb3e3 is already in line 3",
        "1 | genotype,accuracy | line 2: headings must be genotype,seed,accuracy, or have ops"
      })
  void aWrongLineIsNamed(int index, String line, String message) {
    List<String> lines = lines();
    lines.set(index, line);
    Path file = file(lines);
    assertThatThrownBy(() -> TabularTask.readAny(file, SPACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    List<String> lines = lines();
    Path file = file(lines.subList(0, 50));
    assertThatThrownBy(() -> TabularTask.read(file, SPACE))
        .hasMessageContaining("has no accuracy of 24 of the 48 networks of space tiny, such as")
        .hasMessageContaining("Maybe the file is truncated");
    Files.writeString(file, String.join("\n", lines).substring(0, 400));
    assertThatThrownBy(() -> TabularTask.read(file, SPACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("truncated");
    Files.writeString(file, "");
    assertThatThrownBy(() -> TabularTask.read(file, SPACE)).hasMessageContaining("is empty");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> TabularTask.read(file, SPACE))
        .hasMessageContaining("is not a text file");
  }

  @Test
  void nasBench201IsReadWithItsPublishedOptima() {
    SharedData.require(NAS_BENCH);
    // README of the data: the best are 94.37, 73.51 and 47.31
    assertThat(best(TabularTask.nasBench201(NAS_BENCH, "cifar10"))).isEqualTo(94.37);
    assertThat(best(TabularTask.nasBench201(NAS_BENCH, "cifar100"))).isEqualTo(73.51);
    assertThat(best(TabularTask.nasBench201(NAS_BENCH, "imagenet16_120"))).isEqualTo(47.31);
    TabularTask task = TabularTask.readAny(NAS_BENCH, SPACE);
    Genotype cell =
        Genotype.of(
            "avg_pool_3x3",
            "nor_conv_1x1",
            "skip_connect",
            "nor_conv_1x1",
            "skip_connect",
            "skip_connect");
    assertThat(task.accuracy(cell, 1)).isEqualTo(0.858633); // index 0: 421211, 85.8633
    assertThatThrownBy(() -> TabularTask.nasBench201(NAS_BENCH, "svhn"))
        .hasMessageContaining("svhn_test_acc");
  }

  /** In per cent, with the two digits that the README gives. */
  private static double best(TabularTask task) {
    double best = 0;
    for (int n = 0; n < task.table().size(); n++) {
      best = Math.max(best, task.table().get(n));
    }
    return Math.round(best * 1e4) / 100.0;
  }

  @Test
  void aSampleIsOneLookUp() {
    TabularTask task = SearchExamples.task().sampled(true);
    double[] gates = SPACE.encode(SPACE.genotype(1, 2, 0));
    double[] gradient = new double[gates.length];
    try (AccuracyModel model = task.accuracyModel(1)) {
      assertThat(model.sampled()).isTrue();
      double loss = model.loss(gates, gradient);
      assertThat(loss).isEqualTo(1 - task.accuracy(SPACE.genotype(1, 2, 0), 1));
      double[] other = SPACE.encode(SPACE.genotype(0, 0, 0));
      byte[] state = model.state();
      double second = model.loss(other, gradient);
      for (int i = 0; i < gradient.length; i++) {
        assertThat(gradient[i]).isEqualTo(other[i] * (second - loss));
      }
      double[] again = new double[gates.length];
      model.restore(state);
      model.loss(other, again);
      assertThat(again).isEqualTo(gradient);
    }
  }
}
