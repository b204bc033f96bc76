package dance.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The loss of a gradient search, as a function of α:
 *
 * <pre>  accuracy loss(gates) + λ · ramp · cost(p) + w · entropy(p)</pre>
 *
 * The cost is that of the probabilities p without noise; the gates are p, or p with Gumbel noise,
 * or the one-hot maximum of each block with the straight-through gradient (Bengio, Léonard and
 * Courville, 2013).
 */
final class RelaxedLoss {
  private final SearchProblem problem;
  private final CoExplorerOptions options;
  private final CostTerm term;
  private final double[] probabilities;
  private final double[] gates;
  private final double[] sample;
  private final double[] gradient;
  private final double[] metrics = new double[3];
  private double temperature;

  /**
   * The terms of a loss.
   *
   * @param entropy of the probabilities, 0…1
   * @param training loss of the training of shared weights; NaN if nothing was trained
   * @param accuracy loss of the accuracy term; NaN while α is frozen
   * @param cost divided by the reference
   * @param total weighted sum
   */
  record Terms(double entropy, double training, double accuracy, double cost, double total) {}

  RelaxedLoss(SearchProblem problem, CoExplorerOptions options, CostTerm term, int size) {
    this.problem = problem;
    this.options = options;
    this.term = term;
    probabilities = new double[size];
    gates = new double[size];
    sample = new double[size];
    gradient = new double[size];
  }

  /** {@code [blocks, operations]}: p of the last {@link #at}. */
  double[] probabilities() {
    return probabilities;
  }

  /**
   * The loss and its gradient. While α is frozen, shared weights are trained and the gradient is 0.
   *
   * @param progress fraction of the attempt that is done, 0…1
   * @param noise generator of the Gumbel noise, if any
   * @param byAlpha {@code [blocks, operations]}, written
   */
  Terms at(
      ArchitectureParameters alpha,
      AccuracyModel model,
      double progress,
      RandomGenerator noise,
      double[] byAlpha) {
    double first = options.weightsFirst();
    double moving = Math.max(0, (progress - first) / (1 - first));
    temperature =
        options.temperature().first()
            * Math.pow(options.temperature().last() / options.temperature().first(), moving);
    Arrays.fill(byAlpha, 0);
    alpha.probabilities(temperature, null, probabilities);
    boolean noisy = options.gumbel() || model.sampled();
    alpha.probabilities(temperature, noisy ? noise : null, gates);
    double[] given = gates;
    if (model.sampled()) {
      alpha.hard(gates, sample);
      given = sample;
    }
    double training = model.train(given, progress);
    if (rests(progress)) {
      double entropy = alpha.entropy(probabilities, null);
      double cost = term.expected(probabilities, metrics, gradient);
      return new Terms(entropy, training, Double.NaN, cost, training);
    }
    double accuracy = model.loss(given, gradient);
    alpha.backward(gates, temperature, gradient, byAlpha);

    double cost = term.expected(probabilities, metrics, gradient);
    double ramp = options.warmUp() == 0 ? 1 : Math.min(1, moving / options.warmUp());
    double lambda = problem.lambda() * ramp;
    scale(gradient, lambda);
    alpha.backward(probabilities, temperature, gradient, byAlpha);

    double start = options.entropy().first();
    double weight = start + moving * (options.entropy().last() - start);
    double entropy = alpha.entropy(probabilities, gradient);
    scale(gradient, weight);
    alpha.backward(probabilities, temperature, gradient, byAlpha);
    double total = accuracy + lambda * cost + weight * entropy;
    return new Terms(entropy, training, accuracy, cost, total);
  }

  /** Whether α is frozen at this fraction of an attempt. */
  boolean rests(double progress) {
    return progress < options.weightsFirst();
  }

  /**
   * Constraint violation at the probabilities of the last {@link #at}.
   *
   * @param byAlpha written
   */
  double excess(ArchitectureParameters alpha, double[] byAlpha) {
    double excess = term.excess(probabilities, metrics, gradient);
    Arrays.fill(byAlpha, 0);
    alpha.backward(probabilities, temperature, gradient, byAlpha);
    return excess;
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
