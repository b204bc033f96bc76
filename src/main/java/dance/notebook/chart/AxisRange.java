package dance.notebook.chart;

import dance.cost.SignificantDigits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * Range of an axis.
 *
 * @param low its lower end
 * @param high its upper end
 * @param log whether it is logarithmic
 */
record AxisRange(double low, double high, boolean log) {
  /** Data of a larger ratio gets a logarithmic axis: one and a half decades. */
  private static final double LOG_RATIO = 30;

  /** Axes of more decades are divided evenly in the exponent, instead of nine ticks per decade. */
  private static final int MOST_DECADES = 15;

  /** Relative differences below this count as equal. */
  private static final double NEAREST = 1e-6;

  private static final double[] ROUND = {1, 2, 5};

  /** An axis for these values; those that are not finite are ignored. */
  static AxisRange of(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double min = Arrays.stream(finite).min().orElse(0);
    double max = Arrays.stream(finite).max().orElse(1);
    if (min > 0 && min < max / LOG_RATIO) {
      return logarithmic(min, max);
    }
    double most = Math.max(Math.abs(min), Math.abs(max));
    // halves, as the difference of the ends may overflow
    double half = max / 2 - min / 2;
    double margin = half <= NEAREST * most / 2 ? (most == 0 ? 1 : most) / 2 : half / 10;
    return new AxisRange(within(min - margin), within(max + margin), false);
  }

  /** An axis from 0 up to these values, for bars; those that are not finite are ignored. */
  static AxisRange fromZero(double... values) {
    double max = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
    return new AxisRange(0, max > 0 ? within(1.04 * max) : 1, false);
  }

  private static double within(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  /** A logarithmic axis for values of any range; they must be positive. */
  static AxisRange logarithmic(double min, double max) {
    return new AxisRange(
        Math.max(Double.MIN_VALUE, round(min * 0.95, false)),
        within(round(max * 1.05, true)),
        true);
  }

  /** An axis for both. */
  static AxisRange of(double[] some, double[] more) {
    return of(DoubleStream.concat(Arrays.stream(some), Arrays.stream(more)).toArray());
  }

  /** The next of 1, 2, 5, 10, … */
  private static double round(double value, boolean up) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double best = up ? 10 * decade : decade;
    for (double digit : ROUND) {
      double candidate = digit * decade;
      if (up ? candidate >= value && candidate < best : candidate <= value && candidate > best) {
        best = candidate;
      }
    }
    return best;
  }

  /** The value at a fraction of a logarithmic axis above another. */
  double at(double value, double part) {
    return value * Math.pow(high / low, part);
  }

  /** Distance of two values as a fraction of a logarithmic axis. */
  double distance(double some, double other) {
    return Math.abs(Math.log(some / other)) / Math.log(high / low);
  }

  /**
   * Position of a value on the axis: the value itself, unless the library would search for ticks
   * for minutes; then its mantissa of the axis' power of ten or, over many decades, its logarithm.
   * NaN if it has no position, as 0 on a logarithmic axis.
   */
  double place(double value) {
    if (!Double.isFinite(value) || log && value <= 0) {
      return Double.NaN;
    }
    return byExponent() ? Math.log10(value) : value / unit();
  }

  /** Positions of values. */
  double[] places(double... values) {
    return Arrays.stream(values).map(this::place).toArray();
  }

  private boolean byExponent() {
    return log && Math.log10(high) - Math.log10(low) > MOST_DECADES;
  }

  private double unit() {
    double most = Math.max(Math.abs(low), Math.abs(high));
    return log || most < 1e9 && high - low > 1e-6 ? 1 : Math.pow(10, exponent(most));
  }

  private static int exponent(double value) {
    return (int) Math.floor(Math.log10(value) + 1e-9);
  }

  /** Configures the horizontal axis. */
  void horizontal(AxesChartStyler styler) {
    styler
        .setXAxisMin(place(low))
        .setXAxisMax(place(high))
        .setXAxisLogarithmic(log && !byExponent())
        .setXAxisTickLabelsFormattingFunction(labels());
    if (log) {
      styler.setXAxisLogarithmicDecadeOnly(false);
    }
  }

  /** Configures the vertical axis. */
  void vertical(AxesChartStyler styler) {
    styler
        .setYAxisMin(place(low))
        .setYAxisMax(place(high))
        .setYAxisLogarithmic(log && !byExponent())
        .setYAxisTickLabelsFormattingFunction(labels());
    if (log) {
      styler.setYAxisLogarithmicDecadeOnly(false);
    }
  }

  /** Labels by position on the axis. */
  Function<Double, String> labels() {
    if (byExponent()) {
      return place ->
          place == Math.rint(place) ? label(1, (int) Math.rint(place)) : fraction(place);
    }
    return log ? this::decade : this::even;
  }

  /** As many decimals as distinguish ticks, without trailing zeros. */
  private String even(double place) {
    double unit = unit();
    double length = high / unit - low / unit;
    BigDecimal rounded = new BigDecimal(place).setScale(3 - exponent(length), RoundingMode.HALF_UP);
    int decimals = rounded.signum() == 0 ? 0 : Math.max(0, rounded.stripTrailingZeros().scale());
    String digits = String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    return unit == 1 || rounded.signum() == 0
        ? digits
        : digits + "·" + SignificantDigits.power(exponent(unit));
  }

  /** Labels of decades only, or of 1, 2 and 5 where there are few decades. */
  private String decade(double value) {
    // three decades at most; the ends are rounded, so their ratio is approximate
    boolean few = high / low < 1001;
    int exponent = exponent(value);
    long digit = Math.round(value / Math.pow(10, exponent));
    // the axis cannot lay out an empty label
    return digit == 1 || few && (digit == 2 || digit == 5) ? label(digit, exponent) : " ";
  }

  private static String fraction(double exponent) {
    return "10^" + SignificantDigits.brief(exponent);
  }

  private static String label(long digit, int exponent) {
    if (exponent >= -3 && exponent <= 4) {
      return SignificantDigits.brief(digit * Math.pow(10, exponent));
    }
    return digit == 1
        ? SignificantDigits.power(exponent)
        : digit + "·" + SignificantDigits.power(exponent);
  }
}
