package dance.search;

import dance.check.Library;
import dance.cost.SignificantDigits;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A mean with its 95 % confidence interval (Student's t).
 *
 * @param mean of the values
 * @param margin half the width of the interval; NaN for fewer than two values
 */
public record ConfidenceInterval(double mean, double margin) {
  private static final double UPPER = 0.975;

  /** Equal values have an empty interval despite the rounding of their mean. */
  private static final double ROUNDING = 1e-14;

  /** Of the mean of values, {@code [n]}. */
  public static ConfidenceInterval of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double margin = Double.NaN;
    if (n > 1) {
      Library.HIPPARCHUS.need("confidence intervals");
      double quantile = new TDistribution(n - 1.0).inverseCumulativeProbability(UPPER);
      margin = quantile * Math.sqrt(squares / (n - 1) / n);
      margin = margin <= ROUNDING * Math.abs(mean) ? 0 : margin;
    }
    return new ConfidenceInterval(mean, margin);
  }

  @Override
  public String toString() {
    return SignificantDigits.measure(mean)
        + (Double.isNaN(margin) ? "" : " ± " + SignificantDigits.measure(margin));
  }
}
