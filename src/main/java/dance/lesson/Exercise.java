package dance.lesson;

import java.util.List;
import java.util.Map;

/**
 * An exercise with the numbers of one seed. The solution is computed from them, not stored.
 *
 * @param id such as {@code 1a}: its lab and its letter
 * @param seed of its numbers, one a student
 * @param statement what is asked, with all that is given, unit and rounding
 * @param given the numbers by name
 * @param solution checks answers
 * @param hints a ladder, the most general first
 */
public record Exercise(
    String id,
    long seed,
    String statement,
    Map<String, Long> given,
    Solution solution,
    List<String> hints) {
  /** Copies the map and the list: the record is immutable. */
  public Exercise {
    given = Map.copyOf(given);
    hints = List.copyOf(hints);
  }

  @Override
  public String toString() {
    return id + " (seed " + seed + ")\n" + statement.strip();
  }
}
