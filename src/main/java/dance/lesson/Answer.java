package dance.lesson;

import dance.cost.SignificantDigits;
import java.util.List;
import java.util.Locale;

/**
 * The answer to a question about a mapped layer: a sentence, and the numbers that it rests on.
 *
 * @param question what was asked
 * @param sentence the answer
 * @param facts the numbers
 */
public record Answer(String question, String sentence, List<Fact> facts) {

  /**
   * A number.
   *
   * @param what it is a number of
   * @param value a Long for counts, a Double for measures
   * @param unit of the value; empty for a ratio
   * @param note what it says, where that is not plain; or empty
   */
  public record Fact(String what, Number value, String unit, String note) {}

  /** Copies the list: the record is immutable. */
  public Answer {
    facts = List.copyOf(facts);
  }

  /**
   * The value of a fact.
   *
   * @throws IllegalArgumentException if there is no fact of this name
   */
  public double value(String what) {
    return facts.stream()
        .filter(fact -> fact.what().equals(what))
        .mapToDouble(fact -> fact.value().doubleValue())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s, only %s"
                        .formatted(what, facts.stream().map(Fact::what).toList())));
  }

  static String text(Number value) {
    return value instanceof Long count
        ? SignificantDigits.count(count)
        : SignificantDigits.measure(value.doubleValue());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(question).append("\n  ").append(sentence);
    for (Fact fact : facts) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-40s %16s %-9s %s",
              fact.what(),
              text(fact.value()),
              fact.unit(),
              fact.note()));
    }
    return text.toString().stripTrailing();
  }
}
