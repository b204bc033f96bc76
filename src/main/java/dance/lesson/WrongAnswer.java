package dance.lesson;

/** A wrong answer to an exercise: ends the cell, so that no later one rests on it. */
public final class WrongAnswer extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Verdict verdict;

  WrongAnswer(String exercise, Verdict verdict) {
    super(exercise + ": " + verdict + " Maybe hint(\"" + exercise + "\").");
    this.verdict = verdict;
  }

  /** What is wrong, by name. */
  public Verdict verdict() {
    return verdict;
  }
}
