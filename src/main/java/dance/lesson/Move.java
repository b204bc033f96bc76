package dance.lesson;

import dance.cost.SignificantDigits;

/**
 * Words of one tensor that pass between two neighbouring levels that keep it, at one step.
 *
 * @param tensor whose words
 * @param from level that reads them; for partial sums that go outwards the inner one
 * @param to level that takes them; the MAC unit inside of all levels
 * @param words words read or written at the outer level, those shared by several instances once
 * @param delivered words that arrive, or leave, over all inner instances
 */
public record Move(String tensor, String from, String to, long words, long delivered) {
  @Override
  public String toString() {
    String text = tensor + " " + from + " → " + to + " " + words(words);
    if (words < delivered) {
      text += ", shared: " + words(delivered) + " over all instances";
    }
    return text;
  }

  static String words(long words) {
    return SignificantDigits.count(words) + (words == 1 ? " word" : " words");
  }
}
