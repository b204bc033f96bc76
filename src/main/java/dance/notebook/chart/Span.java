package dance.notebook.chart;

import dance.cost.Figures;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * What an axis shows.
 *
 * @param low its lower end
 * @param high its upper end
 * @param log whether equal steps are equal ratios
 */
record Span(double low, double high, boolean log) {
  /** Data that spans more than this ratio gets a logarithmic axis: one and a half decades. */
  private static final double LOG_RATIO = 30;

  private static final double[] ROUND = {1, 2, 5};

  /** An axis for these values; what is not finite does not count. */
  static Span of(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double min = Arrays.stream(finite).min().orElse(0);
    double max = Arrays.stream(finite).max().orElse(1);
    if (min > 0 && max / min > LOG_RATIO) {
      return logarithmic(min, max);
    }
    double margin = max == min ? Math.max(Math.abs(max), 1) / 2 : (max - min) / 20;
    return new Span(min - margin, max + margin, false);
  }

  /** An axis for values that are shown as ratios, whatever they span; they must be positive. */
  static Span logarithmic(double min, double max) {
    return new Span(round(min * 0.95, false), round(max * 1.05, true), true);
  }

  /** An axis for both. */
  static Span of(double[] some, double[] more) {
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

  /** The value that lies a part of the axis farther up than another; of a logarithmic axis. */
  double at(double value, double part) {
    return value * Math.pow(high / low, part);
  }

  /** How far two values lie apart, as a part of the axis; of a logarithmic axis. */
  double distance(double some, double other) {
    return Math.abs(Math.log(some / other)) / Math.log(high / low);
  }

  /** Makes this the horizontal axis. */
  void horizontal(AxesChartStyler styler) {
    styler
        .setXAxisMin(low)
        .setXAxisMax(high)
        .setXAxisLogarithmic(log)
        .setXAxisTickLabelsFormattingFunction(log ? labels() : Figures::brief);
    if (log) {
      styler.setXAxisLogarithmicDecadeOnly(false);
    }
  }

  /** Makes this the vertical axis. */
  void vertical(AxesChartStyler styler) {
    styler
        .setYAxisMin(low)
        .setYAxisMax(high)
        .setYAxisLogarithmic(log)
        .setYAxisTickLabelsFormattingFunction(log ? labels() : Figures::brief);
    if (log) {
      styler.setYAxisLogarithmicDecadeOnly(false);
    }
  }

  /** Labels of decades only, or of 1, 2 and 5 where there are few decades. */
  private Function<Double, String> labels() {
    // three decades at most; the ends are rounded, their ratio nearly so
    boolean few = high / low < 1001;
    return value -> {
      int exponent = (int) Math.floor(Math.log10(value) + 1e-9);
      long digit = Math.round(value / Math.pow(10, exponent));
      // the axis cannot lay out a label of no characters
      return digit == 1 || few && (digit == 2 || digit == 5) ? label(digit, exponent) : " ";
    };
  }

  private static String label(long digit, int exponent) {
    if (exponent >= -3 && exponent <= 4) {
      return Figures.brief(digit * Math.pow(10, exponent));
    }
    String power = Integer.toString(exponent);
    StringBuilder raised = new StringBuilder(digit == 1 ? "10" : digit + "·10");
    power.chars().forEach(c -> raised.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0')));
    return raised.toString();
  }
}
