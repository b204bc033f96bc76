package dance.search;

/**
 * Corrects the gradient of a search while constraints are violated: HDX (arXiv 2301.09312, our
 * reading). If the gradient g of the loss and the gradient g_c of the violation have a product
 * below δ, the search descends along
 *
 * <pre>  g + (δ − g·g_c) / ‖g_c‖² · g_c,</pre>
 *
 * the nearest direction whose product with g_c is δ. δ grows while constraints are violated and is
 * reset when all are satisfied. It is relative to ‖g‖ ‖g_c‖, which makes it independent of scale.
 */
final class GradientManipulation {
  /** Our choices. */
  static final double FIRST = 0.01;

  private static final double GROWTH = 1.1;
  private static final double LARGEST = 100;

  private double delta = FIRST;

  /** δ relative to the norms. */
  double delta() {
    return delta;
  }

  void delta(double value) {
    delta = value;
  }

  /**
   * Corrects the gradient if necessary.
   *
   * @param excess constraint violation; 0 if feasible
   * @param gradient of the loss, changed
   * @param byExcess gradient of the violation
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
