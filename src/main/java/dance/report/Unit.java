package dance.report;

import dance.cost.Metric;

/**
 * Unit of a value.
 *
 * @param symbol shown in brackets after a heading; empty if the value has no unit
 * @param scale displayed value per stored value
 */
public record Unit(String symbol, double scale) {
  /** No unit: a count, a ratio, a text. */
  public static final Unit NONE = of("");

  /** Unit of a fraction, 0…1 in JSON and CSV, displayed as per cent. */
  public static final Unit FRACTION = new Unit("%", 100);

  /** Seconds. */
  public static final Unit SECONDS = of("s");

  /** Picojoules. */
  public static final Unit PJ = of("pJ");

  /** Millijoules, {@link Metric#ENERGY}. */
  public static final Unit MJ = of(Metric.ENERGY.unit());

  /** Words of a tensor. */
  public static final Unit WORDS = of("words");

  /** A unit with the same number in files and for display. */
  public static Unit of(String symbol) {
    return new Unit(symbol, 1);
  }

  /** A heading with the unit: {@code latency [ms]}. */
  String behind(String heading) {
    return symbol.isEmpty() ? heading : heading + " [" + symbol + "]";
  }

  /** The value for display. */
  Object shown(Object value) {
    return value instanceof Double number && scale != 1 ? (Object) (scale * number) : value;
  }
}
