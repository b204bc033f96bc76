package dance.evaluate;

/** Is told how far a long computation is: draws a bar, writes a log, or does nothing. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = state -> {};

  /** A few times a second at most; always once at the end. By one thread at a time. */
  void at(State state);

  /**
   * How far it is.
   *
   * @param task what is done, in a few words
   * @param unit what is counted, in the plural
   * @param done so many of them
   * @param total of so many
   * @param perSecond rate since the start; 0 if unknown
   * @param remainingSeconds at this rate; infinite if unknown
   * @param note anything worth knowing, such as a loss; may be empty
   */
  record State(
      String task,
      String unit,
      long done,
      long total,
      double perSecond,
      double remainingSeconds,
      String note) {

    /** With rate and rest from what was done in a time. */
    public static State of(
        String task, String unit, long done, long total, long doneSince, double seconds) {
      double rate = seconds > 0 ? doneSince / seconds : 0;
      return new State(task, unit, done, total, rate, (total - done) / rate, "");
    }

    /** With a note. */
    public State note(String text) {
      return new State(task, unit, done, total, perSecond, remainingSeconds, text);
    }
  }
}
