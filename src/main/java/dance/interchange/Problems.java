package dance.interchange;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Collects the problems of a file, so that the message lists all of them. */
final class Problems {
  private final Rules rules = new Rules();
  private final List<String> warnings = new ArrayList<>();

  /** First warning of each kind that is reported once, and the number of further ones. */
  private final Map<String, String> firstOf = new LinkedHashMap<>();

  private final Map<String, Integer> furtherOf = new HashMap<>();

  /** A sentence that proposes the nearest word; empty if none is near. */
  static String maybe(String word, Collection<String> words) {
    // Edit distance takes time in both lengths, and nobody misspells a key of this length.
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

  /** A warning that is reported for the first occurrence only, with the number of the others. */
  void warnOnce(String kind, String message) {
    if (firstOf.putIfAbsent(kind, message) != null) {
      furtherOf.merge(kind, 1, Integer::sum);
    }
  }

  private List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    firstOf.forEach(
        (kind, message) -> {
          int further = furtherOf.getOrDefault(kind, 0);
          String times = further == 1 ? "once" : further + " times";
          all.add(further == 0 ? message : message + " (and " + times + " more)");
        });
    return all;
  }

  boolean any() {
    return !rules.violations().isEmpty();
  }

  /**
   * The value, if there are no problems.
   *
   * @param where prefix of the messages of the value's own rules
   * @throws IllegalArgumentException with all messages, one per line
   */
  <T> Parsed<T> finish(String where, Supplier<T> value) {
    rules.check();
    try {
      return new Parsed<>(value.get(), warnings());
    } catch (IllegalArgumentException invalid) {
      invalid.getMessage().lines().forEach(line -> add(where + ": " + line));
      rules.check();
      throw invalid;
    }
  }
}
