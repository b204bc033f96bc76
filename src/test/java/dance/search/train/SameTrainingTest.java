package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Progress;
import dance.evaluate.neural.TorchTest;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One seed gives one network, wherever in memory its images come to lie. */
class SameTrainingTest {
  /** As large as a batch: the C library takes the first of such from the system, later ones not. */
  private static final int LARGE = 150_000;

  private static final int RUNS = 4;
  private static final int PAUSE_MS = 300;

  @Test
  void aTrainingDoesNotDependOnWhatWasAllocatedBefore() throws InterruptedException {
    ImageData data = FashionMnist.bundled().part(1, 1000, 400);
    TrainingOptions options = TrainingOptions.defaults().epochs(1).seed(3).device("cpu");
    Genotype genotype = Genotype.parse("mb3e1,zero,mb3e1,zero");
    List<ByteBuffer> held = new ArrayList<>();
    List<Training.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      outcomes.add(
          Training.fromScratch(
              NetworkSpace.mini(), genotype, data.train(), data.test(), options, Progress.SILENT));
      shuffleMemory(held);
    }
    assertThat(held).isNotEmpty();
    assertThat(outcomes).containsOnly(outcomes.get(0));
  }

  @Test
  void weightsThatWereReadLieWherePyTorchWouldPutThem() {
    try (Weights written = new Weights(3, "cpu");
        Weights read = new Weights(4, "cpu")) {
      for (int i = 1; i < 40; i++) {
        written.kernel(3, 2 * i + 1, 3);
        read.kernel(3, 2 * i + 1, 3);
      }
      ByteBuffer bytes = ByteBuffer.allocate(written.bytes());
      written.write(bytes);
      read.read(bytes.rewind());
      assertThat(TorchTest.own(written.trained())).isTrue();
      assertThat(TorchTest.own(read.trained())).isTrue();
      assertThat(read.trained()).allMatch(w -> w.hasGradient());
      ByteBuffer again = ByteBuffer.allocate(read.bytes());
      read.write(again);
      assertThat(again).isEqualTo(bytes);
    }
  }

  @Test
  void noArrayOfManyValuesIsReadWhereJavaHasIt() throws IOException {
    Pattern direct =
        Pattern.compile("(?<!Torch)\\.create\\([^();]*(\\([^()]*\\))?[^();]*,\\s*(new S|s)hape");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dance"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("Torch.java") && direct.matcher(Files.readString(file)).find()) {
          found.add(file.toString());
        }
      }
    }
    assertThat(direct.matcher("manager.create(rows.matrix(), shape)").find()).isTrue();
    assertThat(direct.matcher("owner.create(batch.designs, new Shape(size, 3))").find()).isTrue();
    assertThat(found).as("files that should call Torch.array").isEmpty();
  }

  /** Gives back large pieces of memory, and keeps small ones of many sizes. */
  private static void shuffleMemory(List<ByteBuffer> held) throws InterruptedException {
    for (int k = 0; k < 200; k++) {
      ByteBuffer.allocateDirect(LARGE + 64 * k + 16);
    }
    System.gc();
    Thread.sleep(PAUSE_MS);
    for (int k = 0; k < 50; k++) {
      held.add(ByteBuffer.allocateDirect(16 * (1 + k * 37 % 101)));
    }
  }
}
