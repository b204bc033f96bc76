package dance.report;

import dance.cost.Metric;

/**
 * What a value is counted in.
 *
 * @param symbol as brackets behind a heading show it; empty if the value has no unit
 * @param scale what people are shown for each one of the value
 */
public record Unit(String symbol, double scale) {
  public static final Unit NONE = of("");

  /** Of a fraction, 0…1, which programs read as it is and people as per cent. */
  public static final Unit FRACTION = new Unit("%", 100);

  public static final Unit SECONDS = of("s");
  public static final Unit PJ = of("pJ");
  public static final Unit MJ = of(Metric.ENERGY.unit());
  public static final Unit WORDS = of("words");

  /** A unit in which people and programs read the same number. */
  public static Unit of(String symbol) {
    return new Unit(symbol, 1);
  }

  /** A heading with the unit: {@code latency [ms]}. */
  String behind(String heading) {
    return symbol.isEmpty() ? heading : heading + " [" + symbol + "]";
  }

  /** The value as people are shown it. */
  Object shown(Object value) {
    return value instanceof Double number && scale != 1 ? (Object) (scale * number) : value;
  }
}
