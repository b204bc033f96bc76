package dance.notebook.drawing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A drawing.
 *
 * @param width pixels
 * @param height pixels
 * @param svg the document, Scalable Vector Graphics 1.1
 * @param seen what there is to see, for those who do not: where pictures are read aloud or not
 *     shown
 */
public record Drawing(int width, int height, String svg, String seen) implements Display {
  @Override
  public Map<String, String> display() {
    String base64 = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    // nbconvert cleans SVG of all its shapes, and some kernels do not know its type
    String html =
        "<img src=\"data:image/svg+xml;base64,"
            + base64
            + "\" alt=\""
            + Svg.escape(toString())
            + "\"/>";
    return Map.of("image/svg+xml", svg, "text/html", html);
  }

  @Override
  public String toString() {
    return "drawing of " + seen;
  }
}
