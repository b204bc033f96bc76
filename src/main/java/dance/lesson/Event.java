package dance.lesson;

import dance.check.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that happens in a walk, to go to the next time of it: {@code fill of Inputs at RF}.
 *
 * @param kind what is done to the words
 * @param tensor whose words
 * @param level in which memory
 */
public record Event(Kind kind, String tensor, String level) {

  /** What is done. */
  public enum Kind {
    /** Words are read in the level. */
    READ,
    /** Words come into the level from outside. */
    FILL,
    /** Words are written in the level, from outside or partial sums from inside. */
    WRITE
  }

  private static final Pattern FORM =
      Pattern.compile("(\\S+?)s?\\s+of\\s+(\\S+)\\s+(?:at|in|from|to|of)\\s+(\\S+)");

  /**
   * Reads an event: {@code read of Weights from GLB}, {@code fill of Inputs at RF}, {@code write of
   * Outputs to DRAM}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Event parse(String text) {
    Matcher match = FORM.matcher(text.strip());
    List<String> kinds = List.of("read", "fill", "write");
    if (!match.matches() || !kinds.contains(match.group(1).toLowerCase(Locale.ROOT))) {
      String word = match.matches() ? match.group(1) : text;
      throw new IllegalArgumentException(
          "\"%s\" is no event, such as fill of Inputs at RF, read of Weights from GLB, or write of"
                  .formatted(text)
              + " Outputs to DRAM."
              + Nearest.maybe(word, kinds));
    }
    return new Event(
        Kind.valueOf(match.group(1).toUpperCase(Locale.ROOT)), match.group(2), match.group(3));
  }

  @Override
  public String toString() {
    String where =
        switch (kind) {
          case READ -> " from ";
          case FILL -> " at ";
          case WRITE -> " to ";
        };
    return kind.name().toLowerCase(Locale.ROOT) + " of " + tensor + where + level;
  }
}
