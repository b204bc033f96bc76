package dance.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** Formats numbers and names for display. */
public final class SignificantDigits {
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  /** Digits of the longest number of a column, beyond which powers of ten are easier to read. */
  private static final int MOST_COLUMN_DIGITS = 9;

  private SignificantDigits() {}

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
      return exponential(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
    return String.format(Locale.ROOT, "%,." + decimals(magnitude) + "f", rounded);
  }

  /**
   * One format for the numbers of a column: at least four significant digits of each and the same
   * number of decimals, or powers of ten for all where plain digits would become too long.
   */
  public static DoubleFunction<String> column(DoubleStream values) {
    double[] finite = values.filter(v -> v != 0 && Double.isFinite(v)).map(Math::abs).toArray();
    int decimals = 0;
    double largest = 1;
    boolean powers = false;
    for (double value : finite) {
      powers |= value < 1e-4 || value >= 1e15;
      decimals = Math.max(decimals, decimals(value));
      largest = Math.max(largest, value);
    }
    powers |= decimals > 0 && Math.log10(largest) + decimals > MOST_COLUMN_DIGITS;
    String pattern = "%,." + decimals + "f";
    DoubleFunction<String> format =
        powers
            ? SignificantDigits::exponential
            : decimals == 0
                ? SignificantDigits::measure
                : v -> String.format(Locale.ROOT, pattern, v);
    return v -> v == 0 || !Double.isFinite(v) ? measure(v) : format.apply(v);
  }

  private static String exponential(double value) {
    return String.format(Locale.ROOT, "%.3e", value);
  }

  /** Decimals of a value with four significant digits. */
  private static int decimals(double magnitude) {
    BigDecimal rounded = new BigDecimal(magnitude).round(FOUR_DIGITS);
    return Math.max(0, FOUR_DIGITS.getPrecision() - (rounded.precision() - rounded.scale()));
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
