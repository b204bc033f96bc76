package dance.accelerator;

/**
 * Words per cycle of one instance of a memory; infinite where unlimited.
 *
 * @param readWordsPerCycle of reads
 * @param writeWordsPerCycle of fills and updates together
 * @param sharedWordsPerCycle of a port that serves reads and writes
 */
public record Bandwidth(
    double readWordsPerCycle, double writeWordsPerCycle, double sharedWordsPerCycle) {
  /** No limit. */
  public static final Bandwidth UNLIMITED =
      new Bandwidth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  Bandwidth ports(double read, double write) {
    return new Bandwidth(read, write, sharedWordsPerCycle);
  }

  Bandwidth shared(double wordsPerCycle) {
    return new Bandwidth(readWordsPerCycle, writeWordsPerCycle, wordsPerCycle);
  }

  Bandwidth times(double factor) {
    return new Bandwidth(
        readWordsPerCycle * factor, writeWordsPerCycle * factor, sharedWordsPerCycle * factor);
  }
}
