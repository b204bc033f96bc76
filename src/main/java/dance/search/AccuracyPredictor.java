package dance.search;

import dance.evaluate.RankCorrelation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Accuracies of networks that were not trained, by a Gaussian process on the networks that were:
 * the covariance of two networks is {@code ρ^d}, d the number of blocks in which they differ, plus
 * noise ν on the diagonal. Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006,
 * equation 2.25; ρ and ν have the smallest leave-one-out error, equation 5.12. A fifth of the
 * networks is held out from both to measure the error, then all are used.
 */
final class AccuracyPredictor {
  /** Below this, the held-out fifth says nothing; our choice. */
  static final int FEWEST = 20;

  /** More than these take minutes and gigabytes. */
  static final int MOST = 2_000;

  private static final double[] CORRELATIONS = {0.5, 0.7, 0.8, 0.9, 0.95, 0.98};
  private static final double[] NOISES = {0.003, 0.01, 0.03, 0.1, 0.3, 1};
  private static final long SEED = 1;
  private static final long MOST_PRODUCTS = 4_000_000_000L;

  private final Fit fit;
  private final double error;
  private final double rankCorrelation;

  private AccuracyPredictor(Fit fit, double error, double rankCorrelation) {
    this.fit = fit;
    this.error = error;
    this.rankCorrelation = rankCorrelation;
  }

  /**
   * Trains and validates a predictor.
   *
   * @param choices {@code [networks, blocks]}
   * @param accuracies of these networks
   * @param all number of networks that will be predicted
   * @throws IllegalArgumentException if there are too few or too many networks, or if the mean
   *     predicts as well
   */
  static AccuracyPredictor train(int[][] choices, double[] accuracies, int all) {
    int n = choices.length;
    require(n >= FEWEST, "at least " + FEWEST + " networks are needed");
    require(n <= MOST, "at most " + MOST + " networks are used. Maybe a sample of them.");
    require((long) n * all <= MOST_PRODUCTS, "the space is too large for this many networks");
    int[] order = shuffled(n);
    int held = n / 5;
    int[] test = Arrays.copyOf(order, held);
    int[] train = Arrays.copyOfRange(order, held, n);
    Fit fit = Fit.best(pick(choices, train), pick(accuracies, train));
    double[] truth = pick(accuracies, test);
    double[] said = Arrays.stream(test).mapToDouble(i -> fit.predict(choices[i])).toArray();
    double mean = Arrays.stream(pick(accuracies, train)).average().orElseThrow();
    double error = rootMeanSquare(truth, said);
    double flat = rootMeanSquare(truth, Arrays.stream(truth).map(t -> mean).toArray());
    require(
        error < flat,
        String.format(
            java.util.Locale.ROOT,
            "the error on %d held-out networks is %.2f points, that of their mean alone %.2f. Maybe"
                + " more networks help.",
            held,
            100 * error,
            100 * flat));
    double rank = RankCorrelation.kendall(said, truth);
    return new AccuracyPredictor(
        Fit.of(choices, accuracies, fit.correlation(), fit.noise()),
        error,
        Double.isNaN(rank) ? 0 : rank);
  }

  private static void require(boolean rule, String message) {
    if (!rule) {
      throw new IllegalArgumentException(message);
    }
  }

  private static int[] shuffled(int n) {
    int[] order = new int[n];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static int[][] pick(int[][] all, int[] indices) {
    return Arrays.stream(indices).mapToObj(i -> all[i]).toArray(int[][]::new);
  }

  private static double[] pick(double[] all, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> all[i]).toArray();
  }

  private static double rootMeanSquare(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }

  /** The predicted accuracy; not limited to 0…1. */
  double predict(int[] choice) {
    return fit.predict(choice);
  }

  /** Root mean square error on the held-out networks, a fraction. */
  double error() {
    return error;
  }

  /** Kendall's τ-b on the held-out networks. */
  double rankCorrelation() {
    return rankCorrelation;
  }

  /**
   * A Gaussian process.
   *
   * @param choices networks that it was fitted to
   * @param weights {@code K⁻¹(y − mean)}
   * @param error root mean square leave-one-out error
   */
  private record Fit(
      int[][] choices,
      double mean,
      double[] weights,
      double correlation,
      double noise,
      double error) {

    static Fit best(int[][] choices, double[] values) {
      Fit best = null;
      for (double correlation : CORRELATIONS) {
        for (double noise : NOISES) {
          Fit fit = of(choices, values, correlation, noise);
          if (best == null || fit.error < best.error) {
            best = fit;
          }
        }
      }
      return best;
    }

    static Fit of(int[][] choices, double[] values, double correlation, double noise) {
      int n = choices.length;
      double mean = Arrays.stream(values).average().orElseThrow();
      double[][] covariance = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double value = covariance(choices[i], choices[j], correlation);
          covariance[i][j] = value + (i == j ? noise : 0);
          covariance[j][i] = covariance[i][j];
        }
      }
      RealMatrix inverse =
          new CholeskyDecomposition(MatrixUtils.createRealMatrix(covariance))
              .getSolver()
              .getInverse();
      double[] centred = Arrays.stream(values).map(v -> v - mean).toArray();
      double[] weights = inverse.operate(new ArrayRealVector(centred, false)).toArray();
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double left = weights[i] / inverse.getEntry(i, i);
        sum += left * left;
      }
      return new Fit(choices, mean, weights, correlation, noise, Math.sqrt(sum / n));
    }

    private static double covariance(int[] a, int[] b, double correlation) {
      double product = 1;
      for (int i = 0; i < a.length; i++) {
        product *= a[i] == b[i] ? 1 : correlation;
      }
      return product;
    }

    double predict(int[] choice) {
      double sum = mean;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * covariance(choice, choices[i], correlation);
      }
      return sum;
    }
  }
}
