package dance.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid word that someone probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate nearest to a word, case, hyphens, underscores and spaces aside; a candidate that
   * begins with the word comes before any that only resembles it.
   *
   * @return the first of the nearest; empty if there is none within an edit distance of half the
   *     word's length
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String plain = plain(word);
    return candidates.stream()
        .min(Comparator.comparingInt(c -> distance(plain, plain(c))))
        .filter(c -> distance(plain, plain(c)) <= Math.max(plain.length(), 2) / 2);
  }

  /** The word in lower case without hyphens, underscores and spaces. */
  public static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", "");
  }

  /** Levenshtein's edit distance; 0 if b begins with a. */
  private static int distance(String a, String b) {
    if (!a.isEmpty() && b.startsWith(a)) {
      return 0;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
