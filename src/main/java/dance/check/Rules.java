package dance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects every violated rule of one value, so that an error message lists all problems at once.
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

  /**
   * The value of the supplier; null if it throws an IllegalArgumentException, whose message is
   * recorded.
   */
  public <T> T tried(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException refused) {
      violations.add(refused.getMessage());
      return null;
    }
  }

  /** The messages so far, in order of detection. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Ends the check.
   *
   * @throws IllegalArgumentException with all messages, one per line, if any rule was violated
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), violations));
    }
  }
}
