package dance.notebook;

/**
 * A drawing.
 *
 * @param width pixels
 * @param height pixels
 * @param svg the document, Scalable Vector Graphics 1.1
 */
public record Drawing(int width, int height, String svg) {
  @Override
  public String toString() {
    return "drawing of " + width + " × " + height + " pixels";
  }
}
