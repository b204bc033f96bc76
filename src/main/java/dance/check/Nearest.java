package dance.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name nearest to a misspelt one. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate nearest to a word, ignoring case, hyphens, underscores and spaces; a candidate
   * that begins with the word is preferred to one that is only similar.
   *
   * @return the first of the nearest; empty if none is within an edit distance of half the word's
   *     length. A single letter matches only itself
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String plain = plain(word);
    return candidates.stream()
        .filter(c -> plain(c).equals(plain) || Math.min(plain.length(), plain(c).length()) > 1)
        .min(Comparator.comparingInt(c -> distance(plain, plain(c))))
        .filter(c -> distance(plain, plain(c)) <= Math.max(plain.length(), 2) / 2);
  }

  /** {@code " Maybe NAME was meant."} with the name of {@link #to}; empty if there is none. */
  public static String maybe(String word, Collection<String> candidates) {
    return to(word, candidates).map(name -> " Maybe " + name + " was meant.").orElse("");
  }

  /** The word in lower case without hyphens, underscores and spaces. */
  public static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", "");
  }

  /** Edit distance in which swapped neighbours are one edit; 0 if b begins with a. */
  private static int distance(String a, String b) {
    if (!a.isEmpty() && b.startsWith(a)) {
      return 0;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int substituted = d[i - 1][j - 1] + (same ? 0 : 1);
        d[i][j] = Math.min(substituted, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
