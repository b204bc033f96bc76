package dance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects every violated rule of one value, so that a bad input is answered once, in full.
 *
 * <p>Each message names the subject, the value and the rule; where it helps, a second sentence
 * starts with {@code Maybe}.
 */
public final class Rules {
  private final List<String> violations = new ArrayList<>();

  /**
   * Records the message unless the rule holds; the arguments are those of {@code String.format}.
   */
  public Rules require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      violations.add(
          arguments.length == 0
              ? message
              : String.format(java.util.Locale.ROOT, message, arguments));
    }
    return this;
  }

  /** What is made; null if that is refused, after the reason was recorded. */
  public <T> T tried(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException refused) {
      violations.add(refused.getMessage());
      return null;
    }
  }

  /** The messages so far, in the order in which they were found. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Ends the check.
   *
   * @throws IllegalArgumentException with all messages, one a line, if any rule was violated
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), violations));
    }
  }
}
