package dance.accelerator;

import dance.check.Copy;
import dance.check.Rules;
import java.util.List;

/**
 * How an energy or an area follows the size of a component: a monotone curve through published
 * points.
 *
 * <p>Between two points x₀ &lt; x₁ the curve is a power law, y = y₀ · (x / x₀)^e with e = ln(y₁/y₀)
 * / ln(x₁/x₀), a straight line on double logarithmic paper. Outside of the points it continues as a
 * power law with the given exponents. It passes exactly through its points and never decreases.
 *
 * @param quantity what the curve gives, with its unit, and of what
 * @param points by rising size
 * @param exponentBelow exponent under the first point, at least 0
 * @param exponentAbove exponent beyond the last point, at least 0
 */
public record ScalingRule(
    String quantity, List<Point> points, double exponentBelow, double exponentAbove) {

  /**
   * A published value.
   *
   * @param size words or bytes, as the rule says
   * @param value of the quantity at this size
   */
  public record Point(double size, double value) {}

  /**
   * @throws IllegalArgumentException if there is no point, a point is not positive, or the quantity
   *     falls with the size
   */
  public ScalingRule {
    points = List.copyOf(points);
    Rules rules = new Rules();
    rules.require(!points.isEmpty(), "%s needs at least one point", quantity);
    rules.require(
        exponentBelow >= 0 && exponentAbove >= 0,
        "%s must not fall with the size: exponents %s and %s must be at least 0",
        quantity,
        exponentBelow,
        exponentAbove);
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      rules.require(
          point.size() > 0 && point.value() > 0, "%s: %s must be positive", quantity, point);
      if (i > 0) {
        Point previous = points.get(i - 1);
        rules.require(
            point.size() > previous.size() && point.value() >= previous.value(),
            "%s must rise from %s to %s",
            quantity,
            previous,
            point);
      }
    }
    rules.check();
  }

  /** A curve that keeps the exponent of its outermost segments; at least two points. */
  public static ScalingRule through(String quantity, Point... points) {
    if (points.length < 2) {
      throw new IllegalArgumentException(
          quantity + " has " + points.length + " points: a slope needs at least 2");
    }
    int last = points.length - 1;
    return new ScalingRule(
        quantity,
        List.of(points),
        exponent(points[0], points[1]),
        exponent(points[last - 1], points[last]));
  }

  /** With another exponent beyond the last point. */
  public ScalingRule beyond(double exponent) {
    return Copy.with(this, "exponentAbove", exponent);
  }

  /** With all values multiplied by a factor, such as that of another technology node. */
  public ScalingRule times(double factor) {
    List<Point> scaled = points.stream().map(p -> new Point(p.size(), p.value() * factor)).toList();
    return Copy.with(this, "points", scaled);
  }

  /**
   * The quantity at a size.
   *
   * @throws IllegalArgumentException if the size is not positive and finite
   */
  public double at(double size) {
    if (!(size > 0) || Double.isInfinite(size)) {
      throw new IllegalArgumentException(
          quantity + " requested at size " + size + ": it must be positive and finite");
    }
    Point first = points.get(0);
    if (size <= first.size()) {
      return first.value() * Math.pow(size / first.size(), exponentBelow);
    }
    for (int i = 1; i < points.size(); i++) {
      Point high = points.get(i);
      if (size == high.size()) {
        return high.value();
      }
      if (size < high.size()) {
        Point low = points.get(i - 1);
        double value = low.value() * Math.pow(size / low.size(), exponent(low, high));
        // Rounding in pow must not lift the curve over its next point.
        return Math.min(value, high.value());
      }
    }
    Point last = points.get(points.size() - 1);
    return last.value() * Math.pow(size / last.size(), exponentAbove);
  }

  private static double exponent(Point low, Point high) {
    return Math.log(high.value() / low.value()) / Math.log(high.size() / low.size());
  }
}
