package dance.lesson;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A MAC unit at one step.
 *
 * @param x column in the whole array
 * @param y row in the whole array
 * @param works whether it does an operation at this step
 * @param indices of the dimensions that are spread over the array, where it stands or would stand
 */
public record UnitState(int x, int y, boolean works, Map<String, Long> indices) {

  /** What it works on, such as {@code K=1 P=3}; {@code idle} if on nothing. */
  @Override
  public String toString() {
    String text =
        indices.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
    return works ? text : "idle";
  }
}
