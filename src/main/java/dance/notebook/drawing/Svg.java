package dance.notebook.drawing;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a drawing as Scalable Vector Graphics 1.1, element by element. */
final class Svg {
  private final StringBuilder body = new StringBuilder();
  private double bottom;
  private double right;
  private double left;
  private double top;

  /** A rectangle with rounded corners; attributes in pairs of name and value. */
  Svg rect(double x, double y, double width, double height, String... attributes) {
    reach(x + width, y + height);
    return element(
        "rect",
        null,
        attributes,
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height));
  }

  /** A text whose baseline starts here, unless an attribute anchors it otherwise. */
  Svg text(double x, double y, String text, String... attributes) {
    reach(x, y + 4);
    return element("text", text, attributes, "x", number(x), "y", number(y));
  }

  /** A straight line. */
  Svg line(double x1, double y1, double x2, double y2, String... attributes) {
    reach(Math.max(x1, x2), Math.max(y1, y2));
    return element(
        "line",
        null,
        attributes,
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
  }

  /** A line through points. */
  Svg polyline(double[] xs, double[] ys, String... attributes) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      reach(xs[i], ys[i]);
      points.append(i == 0 ? "" : " ").append(number(xs[i])).append(',').append(number(ys[i]));
    }
    return element("polyline", null, attributes, "points", points.toString(), "fill", "none");
  }

  /** A circle. */
  Svg circle(double x, double y, double radius, String... attributes) {
    reach(x + radius, y + radius);
    return element(
        "circle", null, attributes, "cx", number(x), "cy", number(y), "r", number(radius));
  }

  /** Draws something as if its corner were the drawing's, but from here on. */
  Svg at(double x, double y, Runnable part) {
    left += x;
    top += y;
    body.append("<g transform=\"translate(")
        .append(number(x))
        .append(' ')
        .append(number(y))
        .append(")\">\n");
    part.run();
    body.append("</g>\n");
    left -= x;
    top -= y;
    return this;
  }

  /**
   * Draws something that is there for a part of an animation that begins again and again. Where
   * nothing moves, as in print, only the first of the frames is seen.
   *
   * @param frame number of the frame, from 0
   * @param seconds that each is seen
   */
  Svg frame(int frame, int frames, double seconds, Runnable part) {
    String values =
        IntStream.range(0, frames)
            .mapToObj(i -> i == frame ? "inline" : "none")
            .collect(Collectors.joining(";"));
    body.append("<g display=\"").append(frame == 0 ? "inline" : "none").append("\">\n");
    body.append("<animate attributeName=\"display\" calcMode=\"discrete\" values=\"")
        .append(values)
        .append("\" dur=\"")
        .append(number(frames * seconds))
        .append("s\" repeatCount=\"indefinite\"/>\n");
    part.run();
    body.append("</g>\n");
    return this;
  }

  /** Makes the drawing reach at least to here. */
  Svg room(double x, double y) {
    reach(x, y);
    return this;
  }

  private void reach(double x, double y) {
    right = Math.max(right, left + x);
    bottom = Math.max(bottom, top + y);
  }

  private Svg element(String name, String content, String[] attributes, String... position) {
    body.append('<').append(name);
    for (String[] pairs : new String[][] {position, attributes}) {
      for (int i = 0; i < pairs.length; i += 2) {
        body.append(' ').append(pairs[i]).append("=\"").append(escape(pairs[i + 1])).append('"');
      }
    }
    if (content == null) {
      body.append("/>\n");
    } else {
      body.append('>').append(escape(content)).append("</").append(name).append(">\n");
    }
    return this;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }

  /** As it stands in a text or an attribute of XML. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * The drawing on white, sized to its content.
   *
   * @param margin in pixels
   * @param seen alternative text: what the drawing shows
   */
  Drawing drawing(double margin, String seen) {
    int width = (int) Math.ceil(right + margin);
    int height = (int) Math.ceil(bottom + margin);
    String svg =
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\""
                + " fill=\"#222222\" xml:space=\"preserve\" role=\"img\" aria-label=\"%s\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%s</svg>%n",
            width,
            height,
            width,
            height,
            escape(seen),
            body);
    return new Drawing(width, height, svg, seen);
  }
}
