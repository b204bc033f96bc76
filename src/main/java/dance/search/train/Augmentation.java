package dance.search.train;

import java.util.SplittableRandom;

/**
 * Random changes of training images.
 *
 * @param shift maximum shift in each direction, in pixels; the mean is shifted in
 * @param flip whether images are mirrored with probability one half
 */
public record Augmentation(int shift, boolean flip) {
  /** No augmentation. */
  public static final Augmentation NONE = new Augmentation(0, false);

  /**
   * @throws IllegalArgumentException if the shift is negative
   */
  public Augmentation {
    new dance.check.Rules().require(shift >= 0, "shift (%d) must not be negative", shift).check();
  }

  /** Copies one plane of an image, moved and flipped; both are {@code [rows, columns]}. */
  private static void copy(
      float[] from, float[] to, int start, int rows, int columns, int dy, int dx, boolean flipped) {
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int sourceY = y + dy;
        int sourceX = (flipped ? columns - 1 - x : x) + dx;
        boolean inside = sourceY >= 0 && sourceY < rows && sourceX >= 0 && sourceX < columns;
        to[start + y * columns + x] = inside ? from[sourceY * columns + sourceX] : 0;
      }
    }
  }

  /** Changes an image of normalised values, {@code [channels, rows, columns]}, in place. */
  void apply(float[] values, int start, Images shape, SplittableRandom random) {
    if (shift == 0 && !flip) {
      return;
    }
    int dy = random.nextInt(2 * shift + 1) - shift;
    int dx = random.nextInt(2 * shift + 1) - shift;
    boolean flipped = flip && random.nextBoolean();
    int plane = shape.rows() * shape.columns();
    float[] before = new float[plane];
    for (int c = 0; c < shape.channels(); c++) {
      System.arraycopy(values, start + c * plane, before, 0, plane);
      copy(before, values, start + c * plane, shape.rows(), shape.columns(), dy, dx, flipped);
    }
  }
}
