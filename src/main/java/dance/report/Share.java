package dance.report;

/**
 * How many of all: programs read the number, people both.
 *
 * @param count how many
 * @param all of how many
 */
public record Share(long count, long all) {
  @Override
  public String toString() {
    return count + " of " + all;
  }
}
