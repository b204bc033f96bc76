package dance.notebook;

import dance.notebook.drawing.Display;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders values for all kernels. */
public final class Renderers {
  /** Maximum number of characters of a record or array in one line. */
  private static final int LONGEST = 500;

  private static final List<CellRenderer> FOUND = Guarded.load(CellRenderer.class);

  private Renderers() {}

  /** The forms of a value as {@link Display#display}, always with {@code text/plain}. */
  public static Map<String, String> render(Object value) {
    Map<String, String> data = new LinkedHashMap<>(rich(value).orElse(Map.of()));
    data.computeIfAbsent("text/plain", plain -> text(value));
    return data;
  }

  /** The forms of a value, empty if it has its text only. */
  public static Optional<Map<String, String>> rich(Object value) {
    if (value instanceof Display display) {
      return Optional.of(display.display());
    }
    for (CellRenderer renderer : FOUND) {
      try {
        Optional<Map<String, String>> data = renderer.render(value);
        if (data.isPresent()) {
          return data;
        }
      } catch (NoClassDefFoundError absent) {
        // if a library is absent, values of its types do not exist
      }
    }
    return Optional.empty();
  }

  /**
   * All of it; of a record or an array whose line is longer than a reader takes in, the beginning.
   */
  private static String text(Object value) {
    boolean array = value != null && value.getClass().isArray();
    // within an array, as only then Java says what is in it, of whatever type it is
    String text =
        array ? unwrapped(Arrays.deepToString(new Object[] {value})) : String.valueOf(value);
    boolean cut =
        (value instanceof Record || array) && text.length() > LONGEST && !text.contains("\n");
    return cut ? text.substring(0, wordsEnd(text)) + " …" : text;
  }

  /** Where the last word ends that a line has room for; a text of one word is cut within it. */
  private static int wordsEnd(String text) {
    int end = text.lastIndexOf(' ', LONGEST - 2);
    return end > 0 ? end : LONGEST - 2;
  }

  private static String unwrapped(String list) {
    return list.substring(1, list.length() - 1);
  }
}
