package dance.lesson;

import dance.space.NetworkSpace;

/** The softmax of architecture parameters, block by block, over what a block offers. */
final class Softmax {
  private Softmax() {}

  /**
   * The probabilities.
   *
   * @param alpha {@code [blocks, operations]}
   */
  static double[] of(NetworkSpace space, double[] alpha) {
    int operations = space.operations().size();
    double[] p = new double[alpha.length];
    for (int b = 0; b < space.blocks(); b++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int o = 0; o < operations; o++) {
        largest = space.allows(b, o) ? Math.max(largest, alpha[b * operations + o]) : largest;
      }
      double sum = 0;
      for (int i = b * operations; i < (b + 1) * operations; i++) {
        p[i] = space.allows(b, i % operations) ? Math.exp(alpha[i] - largest) : 0;
        sum += p[i];
      }
      for (int i = b * operations; i < (b + 1) * operations; i++) {
        p[i] /= sum;
      }
    }
    return p;
  }

  /**
   * A gradient with respect to the probabilities, carried on to α: ∂L/∂α_i = p_i (g_i − Σ p g).
   *
   * @param blocks of the space
   */
  static double[] back(int blocks, double[] p, double[] gradient) {
    int operations = p.length / blocks;
    double[] byAlpha = new double[p.length];
    for (int b = 0; b < blocks; b++) {
      double mean = 0;
      for (int i = b * operations; i < (b + 1) * operations; i++) {
        mean += p[i] * gradient[i];
      }
      for (int i = b * operations; i < (b + 1) * operations; i++) {
        byAlpha[i] = p[i] * (gradient[i] - mean);
      }
    }
    return byAlpha;
  }
}
