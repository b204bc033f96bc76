package dance.interchange;

import java.util.List;

/**
 * A value read from a file, with warnings.
 *
 * @param value the value
 * @param warnings one message for each part of the file that is ignored
 * @param <T> type of the value
 */
public record Parsed<T>(T value, List<String> warnings) {
  /** Copies the list: the record is immutable. */
  public Parsed {
    warnings = List.copyOf(warnings);
  }
}
