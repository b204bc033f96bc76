package dance.report;

/**
 * A value that people read in words, such as {@code 3 of 4} for the number 3.
 *
 * @param value for programs
 * @param words for people
 */
public record Worded(Object value, String words) {

  /** How many of all: programs read the number. */
  public static Worded share(long count, long all) {
    return new Worded(count, count + " of " + all);
  }

  @Override
  public String toString() {
    return words;
  }
}
