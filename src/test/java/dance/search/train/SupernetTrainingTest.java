package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.check.Journal;
import dance.cost.Progress;
import dance.search.ValidatedNetworks;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of a supernet that are trained once and kept. */
class SupernetTrainingTest {
  private static final NetworkSpace SPACE = SyntheticImages.SPACE;
  private static final ImageData DATA = SyntheticImages.data(420, 60);

  @TempDir private static Path folder;
  private static Path trained;

  private static SupernetTraining training(int epochs) {
    SupernetTraining usual = SupernetTraining.of(SPACE, DATA).validationImages(180);
    return usual.options(usual.options().epochs(epochs).batch(40, 0.1).device("cpu"));
  }

  @BeforeAll
  static void train() {
    trained = folder.resolve("tiny.supernet");
    training(30).run(trained, Progress.SILENT);
  }

  private static TrainedSupernet supernet() {
    return new TrainedSupernet(trained, SPACE, DATA, "cpu", 1);
  }

  @Test
  void aTrainingThatIsCutOffAnywhereEndsWithTheSameBits() {
    Path undisturbed = folder.resolve("undisturbed");
    Path part = Journal.beside(undisturbed);
    Path cut = folder.resolve("cut");
    // what a killed program leaves: the last checkpoint
    SupernetFile whole =
        training(5)
            .run(
                undisturbed,
                state -> {
                  if (state.done() == 18) {
                    copy(part, Journal.beside(cut));
                  }
                },
                0);
    int[] steps = {0};
    SupernetFile resumed = training(5).run(cut, state -> steps[0]++, 0);
    assertThat(resumed.weights()).isEqualTo(whole.weights());
    assertThat(steps[0]).as("it did not begin again").isLessThan(8);
    assertThat(resumed.lines()).containsKeys("after epoch 1", "after epoch 5");
    assertThat(part).doesNotExist();
    assertThat(Journal.beside(cut)).doesNotExist();
    copy(trained, Journal.beside(cut));
    assertThatThrownBy(() -> training(5).run(cut, Progress.SILENT))
        .hasMessageContaining("is not a supernet in training");
  }

  private static void copy(Path from, Path to) {
    try {
      Files.write(to, Files.readAllBytes(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() {
    Path file = folder.resolve("other");
    training(2)
        .run(
            folder.resolve("two"),
            state -> {
              if (state.done() == 12) {
                copy(Journal.beside(folder.resolve("two")), Journal.beside(file));
              }
            },
            0);
    assertThatThrownBy(() -> training(3).run(file, Progress.SILENT))
        .hasMessageContaining("is of another training of a supernet");
  }

  @Test
  void aTimeThatIsTooShortEndsTheScheduleAndTheFileSaysSo() {
    SupernetFile file = training(50).seconds(1e-6).run(folder.resolve("short"), Progress.SILENT);
    assertThat(file.lines().get("epochs")).startsWith("2 (of 50, to end in");
  }

  @Test
  void networksThatAreValidatedTogetherHaveTheAccuracyThatTheyHaveAlone() {
    try (TrainedSupernet net = supernet()) {
      ValidatedNetworks all = net.validate(Progress.SILENT);
      assertThat(all.images()).isEqualTo(List.of(36, 144, 180));
      double[] accuracies = all.accuracies(180);
      for (int i = 0; i < accuracies.length; i++) {
        Genotype genotype = SPACE.genotype(java.math.BigInteger.valueOf(i));
        assertThat(accuracies[i]).isEqualTo(net.accuracy(genotype));
      }
      Path csv = folder.resolve("validated.csv");
      all.write(csv);
      ValidatedNetworks read = ValidatedNetworks.read(csv, SPACE);
      assertThat(read.right()).isDeepEqualTo(all.right());
      assertThat(read.provenance()).isEqualTo(all.provenance());
    }
  }

  @Test
  void aNetworkThatSeesPlacesIsBetterThanOneThatCannot() {
    try (TrainedSupernet net = supernet()) {
      double sees = net.accuracy(Genotype.parse("mb3e2,mb3e2"));
      assertThat(sees).isGreaterThan(0.9);
      assertThat(sees).isGreaterThan(net.accuracy(Genotype.parse("zero,zero")));
    }
  }

  @Test
  void anotherSpaceOtherImagesAndDamageAreRefused() throws IOException {
    assertThatThrownBy(
            () -> new TrainedSupernet(trained, SPACE, SyntheticImages.data(400, 60), "cpu", 1))
        .hasMessageContaining("was trained on other images: 240 images of 1×8×8")
        .hasMessageContaining("Maybe the same --task and --images");
    NetworkSpace other =
        SPACE.fixed("more", dance.space.BlockShape.of(3, 3, 1), new dance.space.Convolution(1));
    assertThatThrownBy(() -> new TrainedSupernet(trained, other, DATA, "cpu", 1))
        .hasMessageContaining("has the weights of space tiny: ");
    byte[] bytes = Files.readAllBytes(trained);
    bytes[bytes.length - 7] ^= 4;
    Path damaged = folder.resolve("damaged");
    Files.write(damaged, bytes);
    assertThatThrownBy(() -> SupernetFile.read(damaged))
        .hasMessage(damaged + " is damaged: the checksum of its data does not match");
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> SupernetFile.read(damaged)).hasMessageContaining("is truncated");
    assertThatThrownBy(() -> training(5).validationImages(420))
        .hasMessageContaining("validation images (420) must leave some of 420");
  }
}
