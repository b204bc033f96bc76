package dance.notebook.chart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names for charts, for arbitrary names of layers, chips and methods. */
final class Names {
  /** Maximum number of columns of a name in a legend or along an axis. */
  private static final int LONGEST = 32;

  private Names() {}

  /** A name in a legend or along an axis; a long one is shortened in the middle. */
  static String shown(String name) {
    return shortened(name, LONGEST);
  }

  /** Distinct names along an axis, which has every name once. */
  static List<String> shown(List<?> names) {
    Set<String> shown = new LinkedHashSet<>();
    names.forEach(name -> shown.add(unique(shown(name.toString()), shown)));
    return List.copyOf(shown);
  }

  /**
   * At most this many columns, of which a Chinese, Japanese or Korean character takes two; a longer
   * text is shortened in the middle, as names often share their beginning and differ in their end.
   */
  static String shortened(String name, int most) {
    String printable = printable(name);
    if (columns(printable) <= most) {
      return printable;
    }
    int[] points = printable.codePoints().toArray();
    StringBuilder head = new StringBuilder();
    StringBuilder tail = new StringBuilder();
    int left = most - 1;
    for (int first = 0, last = points.length - 1; ; ) {
      boolean fromHead = columns(head.toString()) <= columns(tail.toString());
      int next = fromHead ? points[first++] : points[last--];
      left -= columns(next);
      if (left < 0) {
        return head + "…" + tail;
      }
      if (fromHead) {
        head.appendCodePoint(next);
      } else {
        tail.insert(0, Character.toString(next));
      }
    }
  }

  /** Without line breaks and control characters, and never empty, which cannot be laid out. */
  static String printable(String name) {
    String visible = name.replaceAll("[\\p{Cntrl}\\p{Cs}\\s]+", " ").strip();
    return visible.isEmpty() ? " " : visible;
  }

  /** Width of a text, in columns of a terminal. */
  static int columns(String text) {
    return text.codePoints().map(Names::columns).sum();
  }

  private static int columns(int point) {
    boolean wide =
        Character.isIdeographic(point)
            || Character.UnicodeScript.of(point) == Character.UnicodeScript.HANGUL
            || Character.UnicodeScript.of(point) == Character.UnicodeScript.HIRAGANA
            || Character.UnicodeScript.of(point) == Character.UnicodeScript.KATAKANA
            || point >= 0xFF01 && point <= 0xFF60
            || point >= 0x1F300;
    return wide ? 2 : 1;
  }

  /** The name, with a number if it is already used: series are identified by their names. */
  static String unique(String name, Set<String> taken) {
    String candidate = name.isEmpty() ? " " : name;
    for (int i = 2; taken.contains(candidate); i++) {
      candidate = name + " (" + i + ")";
    }
    return candidate;
  }
}
