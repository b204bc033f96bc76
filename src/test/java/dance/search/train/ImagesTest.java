package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dance.evaluate.neural.Torch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of images, and preprocessing of images before training. */
class ImagesTest {

  /** Images that differ from each other: the first two bytes count them. */
  private static Images counted(int count, int classes, SplittableRandom random) {
    byte[] pixels = new byte[2 * count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[2 * i] = (byte) (i >> 8);
      pixels[2 * i + 1] = (byte) i;
      labels[i] = (byte) Math.min(random.nextInt(classes), random.nextInt(classes));
    }
    return new Images(pixels, labels, classes, 1, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void partsAreDisjointAndHaveTheirShareOfEveryClass(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int classes = 2 + random.nextInt(8);
    Images all = counted(300 + random.nextInt(500), classes, random);
    int[] sizes = {40 + random.nextInt(50), 30, 100};
    List<Images> parts = all.split(seed, sizes);
    Set<Integer> seen = new HashSet<>();
    for (int p = 0; p < sizes.length; p++) {
      Images part = parts.get(p);
      assertThat(part.size()).isEqualTo(sizes[p]);
      for (int i = 0; i < part.size(); i++) {
        int number = part.pixel(i, 0, 0, 0) << 8 | part.pixel(i, 0, 0, 1);
        assertThat(seen.add(number)).as("no image is in two parts").isTrue();
        assertThat(part.label(i)).isEqualTo(all.label(number));
      }
      for (int c = 0; c < classes; c++) {
        double share = (double) count(all, c) * part.size() / all.size();
        assertThat((double) count(part, c)).isBetween(share - 1.001, share + 1.001);
      }
    }
    assertThat(all.split(seed, sizes).get(1).sha256()).isEqualTo(parts.get(1).sha256());
    assertThat(all.split(seed + 1, sizes).get(1).sha256()).isNotEqualTo(parts.get(1).sha256());
  }

  private static long count(Images images, int label) {
    return IntStream.range(0, images.size()).filter(i -> images.label(i) == label).count();
  }

  @Test
  void wrongShapesAndLabelsAreRefused() {
    assertThatThrownBy(() -> new Images(new byte[7], new byte[2], 2, 1, 2, 2))
        .hasMessage("7 bytes of pixels must be those of 2 images of 1×2×2");
    assertThatThrownBy(() -> new Images(new byte[4], new byte[] {3}, 3, 1, 2, 2))
        .hasMessage("label 3 of image 0 must be from 0 to 2");
    assertThatThrownBy(() -> SyntheticImages.images(9, 1).split(1, 5, 5))
        .hasMessageContaining("[5, 5] images must not exceed the 9");
  }

  @Test
  void aNormalizedImageHasMeanZeroAndDeviationOne() {
    Images images = SyntheticImages.images(60, 3);
    Normalization normalization = Normalization.of(images);
    double sum = 0;
    double squares = 0;
    float[] values = new float[images.imageBytes()];
    for (int i = 0; i < images.size(); i++) {
      normalization.write(images, i, values, 0);
      for (float v : values) {
        sum += v;
        squares += v * v;
      }
    }
    double count = (double) images.size() * values.length;
    assertThat(sum / count).isBetween(-1e-4, 1e-4);
    assertThat(squares / count).isBetween(0.9999, 1.0001);
  }

  @Test
  void anEpochShowsEveryImageOnceAndABatchIsAFunctionOfItsNumber() {
    Images images = counted(64, 2, new SplittableRandom(1));
    Normalization asTheyAre = new Normalization(List.of(0.0), List.of(1.0));
    try (NDManager manager = Torch.manager()) {
      Batches batches = new Batches(images, asTheyAre, Augmentation.NONE, 16, 5);
      for (int epoch = 0; epoch < 2; epoch++) {
        Set<Float> seen = new HashSet<>();
        for (int b = 0; b < batches.perEpoch(); b++) {
          long number = 4L * epoch + b;
          float[] values = batches.get(number, 0, manager).values().toFloatArray();
          for (int i = 1; i < values.length; i += 2) {
            seen.add(values[i]);
          }
          Batches other = new Batches(images, asTheyAre, Augmentation.NONE, 16, 5);
          assertThat(other.get(number, 0, manager).values().toFloatArray()).isEqualTo(values);
        }
        assertThat(seen).hasSize(64);
      }
      float[] targets = batches.get(0, 0.1, manager).targets().toFloatArray();
      assertThat(targets).containsOnly(0.95f, 0.05f);
    }
  }

  @Test
  void augmentationMovesAndFlipsWholeImages() {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Images image = new Images(pixels, new byte[1], 2, 1, 3, 3);
    Set<List<Float>> seen = new HashSet<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 400; i++) {
      float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
      new Augmentation(1, true).apply(values, 0, image, random);
      seen.add(IntStream.range(0, 9).mapToObj(v -> values[v]).toList());
    }
    assertThat(seen).as("nine places, flipped or not").hasSize(18);
    assertThat(seen)
        .contains(
            List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f),
            List.of(3f, 2f, 1f, 6f, 5f, 4f, 9f, 8f, 7f),
            List.of(5f, 6f, 0f, 8f, 9f, 0f, 0f, 0f, 0f));
  }
}
