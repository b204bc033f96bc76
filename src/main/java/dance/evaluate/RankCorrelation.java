package dance.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Rank correlations of two samples, −1…1; 1 where both are constant. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Spearman's ρ: the correlation of the ranks; equal values share their mean rank.
   *
   * @param a {@code [n]}
   * @param b {@code [n]}
   */
  public static double spearman(double[] a, double[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double mean = (a.length - 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return ratio(xy, xx, yy);
  }

  /**
   * Kendall's τ_b: concordant minus discordant pairs, corrected for ties. O(n²).
   *
   * @param a {@code [n]}
   * @param b {@code [n]}
   */
  public static double kendall(double[] a, double[] b) {
    long xy = 0;
    long xx = 0;
    long yy = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        int x = Double.compare(a[i], a[j]);
        int y = Double.compare(b[i], b[j]);
        xy += (long) x * y;
        xx += Math.abs(x);
        yy += Math.abs(y);
      }
    }
    return ratio(xy, xx, yy);
  }

  private static double ratio(double xy, double xx, double yy) {
    return xx == 0 && yy == 0 ? 1 : xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0, to = 0; from < order.length; from = to) {
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }
}
