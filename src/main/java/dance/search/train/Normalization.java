package dance.search.train;

import java.util.List;

/**
 * Normalises every channel to mean 0 and standard deviation 1 over the images that it was computed
 * from.
 *
 * @param means by channel, of values 0…255
 * @param deviations by channel
 */
record Normalization(List<Double> means, List<Double> deviations) {
  Normalization {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  static Normalization of(Images images) {
    int plane = images.rows() * images.columns();
    Double[] means = new Double[images.channels()];
    Double[] deviations = new Double[images.channels()];
    byte[] pixels = images.pixels();
    for (int c = 0; c < images.channels(); c++) {
      long sum = 0;
      long squares = 0;
      for (int i = 0; i < images.size(); i++) {
        int start = i * images.imageBytes() + c * plane;
        for (int p = start; p < start + plane; p++) {
          int value = pixels[p] & 0xff;
          sum += value;
          squares += (long) value * value;
        }
      }
      double count = (double) plane * images.size();
      means[c] = sum / count;
      // at least one grey level, so that constant images do not divide by zero
      deviations[c] = Math.max(1, Math.sqrt(squares / count - means[c] * means[c]));
    }
    return new Normalization(List.of(means), List.of(deviations));
  }

  /** Writes an image as {@code [channels, rows, columns]}. */
  void write(Images images, int image, float[] to, int start) {
    int plane = images.rows() * images.columns();
    byte[] pixels = images.pixels();
    for (int c = 0; c < images.channels(); c++) {
      float mean = means.get(c).floatValue();
      float scale = (float) (1 / deviations.get(c));
      int from = image * images.imageBytes() + c * plane;
      for (int p = 0; p < plane; p++) {
        to[start + c * plane + p] = ((pixels[from + p] & 0xff) - mean) * scale;
      }
    }
  }
}
