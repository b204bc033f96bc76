package dance.space;

import dance.accelerator.Dataflow;
import dance.check.Rules;
import java.util.List;

/**
 * A parameter of accelerators and its values.
 *
 * @param name a word
 * @param values numbers, dataflows or anything else with a short text; all different
 */
public record DesignAxis(String name, List<Object> values) {
  /**
   * @throws IllegalArgumentException if the name is not a word, or values are missing or equal
   */
  public DesignAxis {
    values = List.copyOf(values);
    List<String> labels = values.stream().map(DesignAxis::label).toList();
    new Rules()
        .require(
            name != null && name.matches("[^:=,;\\s]+"), "name of axis \"%s\" must be a word", name)
        .require(!values.isEmpty(), "axis %s needs at least one value", name)
        .require(
            labels.stream().distinct().count() == labels.size(),
            "values %s of axis %s must differ",
            labels,
            name)
        .check();
  }

  /** An axis with these values. */
  public static DesignAxis of(String name, Object... values) {
    return new DesignAxis(name, List.of(values));
  }

  /** Number of values. */
  public int size() {
    return values.size();
  }

  /** Its values as they appear in the names of designs. */
  public List<String> labels() {
    return values.stream().map(DesignAxis::label).toList();
  }

  /** {@code rf=4,8,16}. */
  @Override
  public String toString() {
    return name + "=" + String.join(",", labels());
  }

  /** A value as it appears in the names of designs. */
  static String label(Object value) {
    return value instanceof Dataflow dataflow ? dataflow.label() : value.toString();
  }
}
