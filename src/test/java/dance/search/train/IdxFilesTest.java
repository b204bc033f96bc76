package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of images are read as they are, or refused with the place that is wrong. */
class IdxFilesTest {
  @TempDir private Path folder;

  private final Images images = SyntheticImages.images(7, 1);
  private Path pixels;
  private Path labels;

  @BeforeEach
  void write() {
    pixels = folder.resolve("images.gz");
    labels = folder.resolve("labels.gz");
    IdxFiles.write(images, pixels, labels);
  }

  private static byte[] unpacked(Path file) throws IOException {
    byte[] packed = Files.readAllBytes(file);
    return new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  @Test
  void whatWasWrittenIsReadPackedOrNot() throws IOException {
    assertThat(IdxFiles.read(pixels, labels, 3).sha256()).isEqualTo(images.sha256());
    byte[] plain = unpacked(pixels);
    assertThat(plain).startsWith(0, 0, 8, 3, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 8);
    Files.write(pixels, plain);
    assertThat(IdxFiles.read(pixels, labels, 3).sha256()).isEqualTo(images.sha256());
  }

  @Test
  void aFileThatEndsAnywhereIsRefusedWithTheOffset() throws IOException {
    byte[] plain = unpacked(pixels);
    for (int length = 0; length < plain.length; length += 13) {
      Files.write(pixels, Arrays.copyOf(plain, length));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> IdxFiles.read(pixels, labels, 3))
          .withMessageContaining("is truncated: it ends at offset " + length);
    }
  }

  @Test
  void aPackedFileThatEndsAnywhereOrIsDamagedIsRefused() throws IOException {
    byte[] packed = Files.readAllBytes(pixels);
    SplittableRandom random = new SplittableRandom(3);
    for (int length = 2; length < packed.length; length += 9) {
      Files.write(pixels, Arrays.copyOf(packed, length));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> IdxFiles.read(pixels, labels, 3))
          .withMessageContaining("truncated");
      byte[] damaged = packed.clone();
      damaged[10 + random.nextInt(packed.length - 14)] ^= 1 << random.nextInt(8);
      Files.write(pixels, damaged);
      assertThatIllegalArgumentException().isThrownBy(() -> IdxFiles.read(pixels, labels, 3));
    }
  }

  @Test
  void mislabelledFilesAreRefusedWithTheOffset() throws IOException {
    assertThatThrownBy(() -> IdxFiles.read(labels, pixels, 3))
        .hasMessageContaining("is not an IDX file of images: it begins with 0x801, not 0x803");
    assertThatThrownBy(() -> IdxFiles.read(pixels, labels, 2))
        .hasMessageContaining("label 2 at offset 10 must be from 0 to 1");
    byte[] fewer = unpacked(labels);
    fewer[7] = 6;
    Files.write(labels, Arrays.copyOf(fewer, fewer.length - 1));
    assertThatThrownBy(() -> IdxFiles.read(pixels, labels, 3))
        .hasMessageContaining("has 7 images (offset 4), but ")
        .hasMessageEndingWith("has 6 labels");
    byte[] longer = Arrays.copyOf(unpacked(pixels), 16 + 7 * 64 + 1);
    Files.write(pixels, longer);
    assertThatThrownBy(() -> IdxFiles.read(pixels, labels, 3))
        .hasMessageContaining("continues at offset 464, where its header says it ends");
  }

  @Test
  void sizesOfHugeOrNoImagesAreRefusedWithoutMemoryForThem() throws IOException {
    byte[] plain = unpacked(pixels);
    byte[] many = plain.clone();
    many[4] = 0x7f;
    Files.write(pixels, many);
    assertThatThrownBy(() -> IdxFiles.read(pixels, labels, 3)).hasMessageContaining("declares");
    byte[] wide = plain.clone();
    wide[12] = 1;
    Files.write(pixels, wide);
    assertThatThrownBy(() -> IdxFiles.read(pixels, labels, 3))
        .hasMessageContaining("has a size of 16777224 at offset 12");
    byte[] none = plain.clone();
    none[7] = 0;
    Files.write(pixels, none);
    assertThatThrownBy(() -> IdxFiles.read(pixels, labels, 3))
        .hasMessageContaining("has a size of 0 at offset 4");
  }

  @Test
  void missingFilesAreNamedAllAtOnce() {
    assertThatThrownBy(() -> FashionMnist.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("train-images-idx3-ubyte: no such file")
        .hasMessageContaining("t10k-labels-idx1-ubyte: no such file")
        .hasMessageContaining("Maybe install Debian's dataset-fashion-mnist");
  }

  @Test
  void theBundledPartHasAllClassesAlike() {
    ImageData data = FashionMnist.bundled();
    int[] counts = new int[10];
    for (int i = 0; i < data.train().size(); i++) {
      counts[data.train().label(i)]++;
    }
    assertThat(counts).containsOnly(900);
    assertThat(data.test()).hasToString("3000 images of 1×28×28, 10 classes");
    FashionMnist.write(data.part(1, 20, 10), folder.resolve("part"));
    assertThat(FashionMnist.read(folder.resolve("part")).train().size()).isEqualTo(20);
  }
}
