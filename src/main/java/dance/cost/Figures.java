package dance.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Formats numbers and names for display. */
public final class Figures {
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Figures() {}

  /** All digits, with thousands separators. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Four significant digits, with thousands separators; powers of ten outside 0.0001…10^15. */
  public static String measure(double value) {
    if (value == 0) {
      return "0";
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "unknown" : value > 0 ? "∞" : "-∞";
    }
    double magnitude = Math.abs(value);
    if (magnitude < 1e-4 || magnitude >= 1e15) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
    int wholeDigits = rounded.precision() - rounded.scale();
    int decimals = Math.max(0, FOUR_DIGITS.getPrecision() - wholeDigits);
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** Three significant digits without trailing zeros; scientific notation for large exponents. */
  public static String brief(double value) {
    double magnitude = Math.abs(value);
    if (!Double.isFinite(value)) {
      return measure(value);
    }
    if (value != 0 && (magnitude < 1e-6 || magnitude >= 1e12)) {
      int exponent = (int) Math.floor(Math.log10(magnitude));
      return brief(value / Math.pow(10, exponent)) + "·" + power(exponent);
    }
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
    int decimals = rounded.signum() == 0 ? 0 : rounded.stripTrailingZeros().scale();
    return String.format(Locale.ROOT, "%,." + Math.max(0, decimals) + "f", rounded);
  }

  /** {@code 1 layer}, {@code 2 layers}. */
  public static String plural(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  /** A power of ten in superscript: {@code 10⁻³}. */
  public static String power(int exponent) {
    StringBuilder raised = new StringBuilder("10");
    Integer.toString(exponent)
        .chars()
        .forEach(c -> raised.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0')));
    return raised.toString();
  }

  /** The name of a constant in prose: lower case, with spaces. */
  public static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The quotient of two counts: whole where it is whole, else a decimal. */
  public static Number quotient(long dividend, long divisor) {
    if (dividend % divisor == 0) {
      return dividend / divisor;
    }
    return (double) dividend / divisor;
  }
}
