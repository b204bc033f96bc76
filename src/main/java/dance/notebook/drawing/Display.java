package dance.notebook.drawing;

import java.util.Map;

/** A value that renders itself in a notebook. */
public interface Display {
  /**
   * The forms of the value, by MIME type: texts such as {@code text/html} and {@code image/svg+xml}
   * as they are, pictures such as {@code image/png} in base 64. A cell shows the richest one that
   * it supports; the default of {@code text/plain} is {@code toString()}.
   */
  Map<String, String> display();
}
