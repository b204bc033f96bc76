package dance.search;

/**
 * Turns the gradient of a search towards limits that are exceeded: HDX (arXiv 2301.09312, our
 * reading). While the limits are exceeded and the gradient g of the loss and that of the excess,
 * g_c, agree less than δ, the search goes down
 *
 * <pre>  g + (δ − g·g_c) / ‖g_c‖² · g_c,</pre>
 *
 * the nearest direction whose product with g_c is δ. δ grows while limits are exceeded and begins
 * anew when all are kept. We give it in parts of ‖g‖ ‖g_c‖, so that it means the same on every
 * scale.
 */
final class GradientManipulation {
  /** Our choices. */
  static final double FIRST = 0.01;

  private static final double GROWTH = 1.1;
  private static final double LARGEST = 100;

  private double delta = FIRST;

  /** δ in parts of the norms. */
  double delta() {
    return delta;
  }

  void delta(double value) {
    delta = value;
  }

  /**
   * Changes the gradient where it must be.
   *
   * @param excess by how much limits are exceeded; 0 if all are kept
   * @param gradient of the loss, changed
   * @param byExcess gradient of the excess
   */
  void apply(double excess, double[] gradient, double[] byExcess) {
    if (excess <= 0) {
      delta = FIRST;
      return;
    }
    double product = 0;
    double norm = 0;
    double normOfExcess = 0;
    for (int i = 0; i < gradient.length; i++) {
      product += gradient[i] * byExcess[i];
      norm += gradient[i] * gradient[i];
      normOfExcess += byExcess[i] * byExcess[i];
    }
    double wanted = delta * Math.sqrt(norm * normOfExcess);
    if (product < wanted && normOfExcess > 0) {
      double along = (wanted - product) / normOfExcess;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += along * byExcess[i];
      }
    }
    delta = Math.min(LARGEST, delta * GROWTH);
  }
}
