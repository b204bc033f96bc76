package dance.interchange;

import java.util.List;

/**
 * What a file says, and what it says in vain.
 *
 * @param value the value that was read
 * @param warnings what the file contains that has no meaning here, one message each
 * @param <T> type of the value
 */
public record Reading<T>(T value, List<String> warnings) {
  public Reading {
    warnings = List.copyOf(warnings);
  }
}
