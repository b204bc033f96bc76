package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.search.train.FashionMnist;
import dance.search.train.ImageData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and trained networks at the command line. */
class ImageCommandsTest {
  @TempDir private Path folder;

  @Test
  void aPartOfADataSetIsTheSameEachTime() throws Exception {
    Terminal terminal = new Terminal(folder);
    Path whole = folder.resolve("whole");
    FashionMnist.write(FashionMnist.bundled().part(7, 200, 60), whole);
    String[] parts = {"one", "two"};
    for (String part : parts) {
      int exit =
          terminal.dance(
              "data",
              "fashion-mnist",
              "--from=" + whole,
              "--out=" + folder.resolve(part),
              "--train=50",
              "--test=20");
      assertThat(exit).isZero();
      assertThat(terminal.out()).contains("50 images of 1×28×28, 10 classes to learn from, 20");
    }
    for (String name : folder.resolve("one").toFile().list()) {
      assertThat(folder.resolve("one").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
    }
    ImageData data = FashionMnist.read(folder.resolve("one"));
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(
              java.util.stream.IntStream.range(0, 50)
                  .filter(i -> data.train().label(i) == wanted)
                  .count())
          .isEqualTo(5);
    }
    Files.write(whole.resolve("train-labels-idx1-ubyte.gz"), new byte[] {0, 0, 8});
    assertThat(terminal.dance("data", "fashion-mnist", "--from=" + whole, "--out=" + folder))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("is truncated: it ends at offset 3");
  }

  @Test
  void aBenchmarkRefusesWhatItCannotTrain() {
    Terminal terminal = new Terminal(folder);
    String out = folder.resolve("mini.csv").toString();
    assertThat(terminal.dance("benchmark", "mini", "--out=" + out, "--networks=37")).isEqualTo(2);
    assertThat(terminal.err()).contains("networks (37) must be from 1 to 36");
    assertThat(terminal.dance("benchmark", "mini", "--out=" + out, "--shard=3/2")).isEqualTo(2);
    assertThat(terminal.err()).contains("shard 3/2 must be one of 1/2 to 2/2");
    assertThat(terminal.dance("benchmark", "merge", terminal.arch.toString(), "--out=" + out))
        .isEqualTo(2);
    assertThat(terminal.err()).contains(":1 must be \"# dance trained networks, version 1\"");
    assertThat(terminal.dance("benchmark", "mini", "--out=" + terminal.arch)).isEqualTo(2);
    assertThat(terminal.err()).contains(":1 must be \"# dance trained networks, version 1\"");
  }
}
