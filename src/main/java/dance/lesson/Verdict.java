package dance.lesson;

/**
 * What a check says of an answer.
 *
 * @param right whether it is right
 * @param diagnosis name of the mistake, such as {@code halo not read again}; empty if none is known
 * @param message a sentence for the student
 */
public record Verdict(boolean right, String diagnosis, String message) {
  static Verdict right(String message) {
    return new Verdict(true, "", message);
  }

  static Verdict wrong(String diagnosis, String message) {
    return new Verdict(false, diagnosis, message);
  }

  @Override
  public String toString() {
    return (right ? "right: " : diagnosis.isEmpty() ? "not yet: " : diagnosis + ": ") + message;
  }
}
