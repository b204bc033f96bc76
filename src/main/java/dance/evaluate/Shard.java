package dance.evaluate;

import dance.check.Rules;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several shares of the same work, which can be done on different machines.
 *
 * @param number 1…count
 * @param count number of shards
 */
public record Shard(int number, int count) {
  /** All of the work. */
  public static final Shard WHOLE = new Shard(1, 1);

  /** Maximum number of shards. */
  public static final int MOST = 1_000_000;

  private static final Pattern FORM = Pattern.compile("(\\d{1,7})/(\\d{1,7})");

  /**
   * @throws IllegalArgumentException if the number is not 1 to count, or there are too many shards
   */
  public Shard {
    new Rules()
        .require(count >= 1 && count <= MOST, "shards (%d) must be 1 to %d", count, MOST)
        .require(
            number >= 1 && number <= count,
            "shard %d/%d must be one of 1/%d to %d/%d",
            number,
            count,
            count,
            count,
            count)
        .check();
  }

  /**
   * Reads {@code 3/16}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text.trim());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "shard " + text + " must be of the form NUMBER/COUNT. Maybe 3/16.");
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /** Whether an item of the work belongs to it: items take turns, since neighbours cost alike. */
  public boolean covers(long item) {
    return item % count == number - 1;
  }

  /** End of its file's name: {@code .shard-03-of-16}, in the order of numbers. */
  public String suffix() {
    int digits = Integer.toString(count).length();
    return String.format(Locale.ROOT, ".shard-%0" + digits + "d-of-%d", number, count);
  }

  @Override
  public String toString() {
    return number + "/" + count;
  }
}
