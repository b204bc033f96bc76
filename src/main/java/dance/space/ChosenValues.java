package dance.space;

import java.util.Map;

/**
 * The value chosen on each axis of an {@link AcceleratorSpace}.
 *
 * @param byAxis value by name of the axis, in the order of the axes
 */
public record ChosenValues(Map<String, Object> byAxis) {

  /** The value on an axis, if it is of this type. */
  public <T> T value(String axis, Class<T> type) {
    Object value = byAxis.get(axis);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          value == null
              ? "there is no axis " + axis + ", only " + String.join(", ", byAxis.keySet())
              : "value " + value + " of axis " + axis + " is not a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  /** The number on an axis. */
  public double number(String axis) {
    return value(axis, Number.class).doubleValue();
  }

  /** The whole number on an axis; anything else is an error. */
  public int whole(String axis) {
    double number = number(axis);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "value " + number + " of axis " + axis + " must be a whole number");
    }
    return (int) number;
  }
}
