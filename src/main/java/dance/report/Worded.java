package dance.report;

/**
 * A value with a text for display, such as {@code 3 of 4} for the number 3.
 *
 * @param value for JSON and CSV
 * @param words for display
 */
public record Worded(Object value, String words) {

  /** A count out of a total; JSON and CSV have the count. */
  public static Worded share(long count, long all) {
    return new Worded(count, count + " of " + all);
  }

  @Override
  public String toString() {
    return words;
  }
}
