package dance.notebook;

import java.util.Map;

/**
 * A drawing.
 *
 * @param width pixels
 * @param height pixels
 * @param svg the document, Scalable Vector Graphics 1.1
 */
public record Drawing(int width, int height, String svg) implements Display {
  @Override
  public Map<String, String> display() {
    return Map.of("image/svg+xml", svg);
  }

  @Override
  public String toString() {
    return "drawing of " + width + " × " + height + " pixels";
  }
}
