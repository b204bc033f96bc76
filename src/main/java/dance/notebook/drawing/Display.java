package dance.notebook.drawing;

import java.util.Map;

/** A value that draws itself where a notebook shows it. */
public interface Display {
  /**
   * What a cell shows, by mime type: texts such as {@code text/html} and {@code image/svg+xml} as
   * they are, pictures such as {@code image/png} in base 64. A cell shows the richest that it can;
   * where {@code text/plain} is missing, it is the value's {@code toString()}.
   */
  Map<String, String> display();
}
