package dance.interchange.onnx;

import dance.check.Rules;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes that an ONNX file leaves open.
 *
 * @param batch first size of every input, if the file leaves it open; 1 by default
 * @param dimensions sizes by the names in the file, such as {@code sequence}; an unnamed one is
 *     {@code input.axis}, such as {@code images.2}
 * @param zeros whether the fraction of zeros of the weights is read, where the file holds them
 */
public record OnnxOptions(int batch, Map<String, Integer> dimensions, boolean zeros) {
  /** Without reading weights. */
  public OnnxOptions(int batch, Map<String, Integer> dimensions) {
    this(batch, dimensions, false);
  }

  /**
   * @throws IllegalArgumentException naming each size below 1
   */
  public OnnxOptions {
    dimensions = Map.copyOf(dimensions);
    Rules rules = new Rules().require(batch >= 1, "batch (%d) must be at least 1", batch);
    new TreeMap<>(dimensions)
        .forEach((n, s) -> rules.require(s >= 1, "dimension %s (%d) must be at least 1", n, s));
    rules.check();
  }

  /** Defaults: batch 1, no other sizes. */
  public static OnnxOptions defaults() {
    return new OnnxOptions(1, Map.of());
  }

  /** With this batch size, if the file leaves it open. */
  public OnnxOptions batch(int images) {
    return new OnnxOptions(images, dimensions, zeros);
  }

  /** With the size of a symbolic dimension. */
  public OnnxOptions dimension(String name, int size) {
    Map<String, Integer> more = new TreeMap<>(dimensions);
    more.put(name, size);
    return new OnnxOptions(batch, more, zeros);
  }

  /** With the fraction of zeros of each layer's weights, or without. */
  public OnnxOptions zeros(boolean read) {
    return new OnnxOptions(batch, dimensions, read);
  }
}
