package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The architecture parameters α of a search: a logit for each operation of each block, with the
 * moments of the optimiser Adam (Kingma and Ba, ICLR 2015, algorithm 1).
 *
 * <p>Probabilities are p = softmax((α + n) / T) over the operations that a block offers, with or
 * without Gumbel noise n, at temperature T; operations that a block does not offer have 0.
 */
final class ArchitectureParameters {
  /** As is usual for architecture parameters (DARTS: Liu, Simonyan and Yang, ICLR 2019). */
  private static final double BETA1 = 0.5;

  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final NetworkSpace space;
  private final int operations;
  private final int[][] offered;
  private final double[] alpha;
  private final double[] mean;
  private final double[] square;
  private int steps;

  /** All operations equally probable up to normal noise of this standard deviation. */
  ArchitectureParameters(NetworkSpace space, double deviation, RandomGenerator random) {
    this.space = space;
    operations = space.operations().size();
    offered = AccuracyTable.offered(space);
    alpha = new double[offered.length * operations];
    mean = new double[alpha.length];
    square = new double[alpha.length];
    for (int b = 0; b < offered.length; b++) {
      for (int o : offered[b]) {
        alpha[b * operations + o] = deviation * random.nextGaussian();
      }
    }
  }

  /** {@code blocks × operations}. */
  int size() {
    return alpha.length;
  }

  /**
   * Writes the probabilities.
   *
   * @param noise generator of the Gumbel noise; null for none
   */
  void probabilities(double temperature, RandomGenerator noise, double[] into) {
    Arrays.fill(into, 0);
    for (int b = 0; b < offered.length; b++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int o : offered[b]) {
        int i = b * operations + o;
        double gumbel = noise == null ? 0 : -Math.log(-Math.log(1 - noise.nextDouble()));
        into[i] = (alpha[i] + gumbel) / temperature;
        largest = Math.max(largest, into[i]);
      }
      double sum = 0;
      for (int o : offered[b]) {
        int i = b * operations + o;
        into[i] = Math.exp(into[i] - largest);
        sum += into[i];
      }
      for (int o : offered[b]) {
        into[b * operations + o] /= sum;
      }
    }
  }

  /**
   * Writes the most probable operation of each block, the first of equal ones, as one-hot vectors.
   */
  void hard(double[] probabilities, double[] into) {
    Arrays.fill(into, 0);
    for (int b = 0; b < offered.length; b++) {
      int best = offered[b][0];
      for (int o : offered[b]) {
        best = probabilities[b * operations + o] > probabilities[b * operations + best] ? o : best;
      }
      into[b * operations + best] = 1;
    }
  }

  /** The network of the largest α. */
  Genotype genotype() {
    return space.decode(alpha);
  }

  /**
   * Backpropagates a gradient from probabilities to α: ∂L/∂α_i = p_i (g_i − Σ p g) / T; adds it.
   *
   * @param probabilities at the temperature and with the noise of the forward pass
   * @param gradient with respect to the probabilities
   * @param byAlpha added to
   */
  void backward(double[] probabilities, double temperature, double[] gradient, double[] byAlpha) {
    for (int b = 0; b < offered.length; b++) {
      double sum = 0;
      for (int o : offered[b]) {
        int i = b * operations + o;
        sum += probabilities[i] * gradient[i];
      }
      for (int o : offered[b]) {
        int i = b * operations + o;
        byAlpha[i] += probabilities[i] * (gradient[i] - sum) / temperature;
      }
    }
  }

  /**
   * Entropy of the probabilities as a fraction of its maximum, mean over the blocks that offer a
   * choice.
   *
   * @param gradient written: derivatives with respect to the probabilities; null if not needed
   */
  double entropy(double[] probabilities, double[] gradient) {
    double sum = 0;
    int choices = 0;
    for (int[] block : offered) {
      choices += block.length > 1 ? 1 : 0;
    }
    if (gradient != null) {
      Arrays.fill(gradient, 0);
    }
    for (int b = 0; b < offered.length; b++) {
      if (offered[b].length < 2) {
        continue;
      }
      double scale = 1 / (choices * Math.log(offered[b].length));
      for (int o : offered[b]) {
        int i = b * operations + o;
        // p ln p → 0 with p; the derivative is clamped where it is negligible
        double log = Math.log(Math.max(probabilities[i], 1e-30));
        sum -= scale * probabilities[i] * log;
        if (gradient != null) {
          gradient[i] = -scale * (log + 1);
        }
      }
    }
    return sum;
  }

  /** One step of Adam along the negative gradient. */
  void step(double[] gradient, double learningRate) {
    steps++;
    double rate =
        learningRate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    for (int i = 0; i < alpha.length; i++) {
      mean[i] += (1 - BETA1) * (gradient[i] - mean[i]);
      square[i] += (1 - BETA2) * (gradient[i] * gradient[i] - square[i]);
      alpha[i] -= rate * mean[i] / (Math.sqrt(square[i]) + EPSILON);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(steps);
    for (double[] values : new double[][] {alpha, mean, square}) {
      for (double value : values) {
        out.writeDouble(value);
      }
    }
  }

  void read(DataInput in) throws IOException {
    steps = in.readInt();
    for (double[] values : new double[][] {alpha, mean, square}) {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
    }
  }
}
