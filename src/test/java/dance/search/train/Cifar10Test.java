package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binary files of CIFAR-10. */
class Cifar10Test {
  private static final int RECORD = 3073;

  @TempDir private Path folder;

  private byte[] records(int count) {
    byte[] bytes = new byte[count * RECORD];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % RECORD == 0 ? random.nextInt(10) : random.nextInt(256));
    }
    return bytes;
  }

  private Images read(byte[] bytes, int records) throws IOException {
    Files.write(folder.resolve("a.bin"), bytes);
    return Cifar10.images(folder, List.of("a.bin"), records);
  }

  @Test
  void aRecordIsALabelAndThreePlanes() throws IOException {
    byte[] bytes = records(5);
    Images images = read(bytes, 5);
    assertThat(images).hasToString("5 images of 3×32×32, 10 classes");
    for (int i = 0; i < 5; i++) {
      assertThat(images.label(i)).isEqualTo(bytes[i * RECORD]);
      assertThat(images.pixel(i, 2, 7, 9))
          .isEqualTo(bytes[i * RECORD + 1 + 2 * 1024 + 7 * 32 + 9] & 0xff);
    }
    Files.write(folder.resolve("b.bin"), records(5));
    assertThat(Cifar10.images(folder, List.of("a.bin", "b.bin"), 5).size()).isEqualTo(10);
  }

  @Test
  void truncatedAndMislabelledFilesAreRefusedWithTheOffset() throws IOException {
    byte[] bytes = records(5);
    for (int length : new int[] {0, 1, 3072, 3073, 3074, 4 * RECORD, 5 * RECORD - 1}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(bytes, length), 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              "is truncated: it ends at offset " + length + ", but must have 15365");
    }
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, 5 * RECORD + 1), 5))
        .hasMessageEndingWith("continues at offset 15365, where it must end");
    bytes[3 * RECORD] = 10;
    assertThatThrownBy(() -> read(bytes, 5))
        .hasMessageEndingWith("has the label 10 at offset 9219, not 0 to 9");
  }

  @Test
  void missingFilesAreNamedAllAtOnce() {
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("data_batch_1.bin: no such file. Maybe download CIFAR-10's binary")
        .hasMessageContaining("test_batch.bin: no such file");
  }
}
