package dance.interchange;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with a file, so that it is answered once, in full. */
final class Problems {
  private final Rules rules = new Rules();
  private final List<String> warnings = new ArrayList<>();

  /** A sentence that proposes the word that was probably meant, or nothing if none is near. */
  static String maybe(String word, Collection<String> words) {
    // Comparing takes time in both lengths, and nobody misspells a key at this length.
    if (word.length() > 64) {
      return "";
    }
    return Nearest.to(word, words).map(w -> ". Maybe " + w + " was meant").orElse("");
  }

  void add(String message) {
    rules.require(false, "%s", message);
  }

  void warn(String message) {
    warnings.add(message);
  }

  boolean any() {
    return !rules.violations().isEmpty();
  }

  /**
   * The value, if nothing is wrong.
   *
   * @param where prefix of the messages of the value's own rules
   * @throws IllegalArgumentException with all messages, one a line
   */
  <T> Reading<T> finish(String where, Supplier<T> value) {
    rules.check();
    try {
      return new Reading<>(value.get(), warnings);
    } catch (IllegalArgumentException invalid) {
      invalid.getMessage().lines().forEach(line -> add(where + ": " + line));
      rules.check();
      throw invalid;
    }
  }
}
