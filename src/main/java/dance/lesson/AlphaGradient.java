package dance.lesson;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.evaluate.Evaluator;
import dance.evaluate.ExactEvaluator;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The derivative of an evaluator's objective with respect to every architecture parameter α, where
 * p = softmax(α) block by block.
 *
 * @param evaluator its kind: exact or neural
 * @param objective what is differentiated
 * @param space of the networks
 * @param design label of the accelerator chosen for these probabilities
 * @param cost the objective
 * @param byAlpha {@code [blocks, operations]}, flattened: the derivatives; of an operation that a
 *     block does not offer 0
 */
public record AlphaGradient(
    String evaluator,
    String objective,
    NetworkSpace space,
    String design,
    double cost,
    List<Double> byAlpha) {
  /** Copies the list: the record is immutable. */
  public AlphaGradient {
    byAlpha = List.copyOf(byAlpha);
  }

  /**
   * The derivatives at some α.
   *
   * @param alpha {@code [blocks, operations]}, flattened; without any, all are 0
   */
  public static AlphaGradient of(Evaluator evaluator, double... alpha) {
    NetworkSpace space = evaluator.networkSpace();
    double[] at = alphas(space, alpha);
    double[] p = Softmax.of(space, at);
    double[] gradient = new double[p.length];
    double cost = evaluator.expected(p, evaluator.objective(), new double[3], gradient);
    return new AlphaGradient(
        evaluator instanceof ExactEvaluator ? "exact" : "neural",
        evaluator.objective().name(),
        space,
        evaluator.acceleratorSpace().label(evaluator.designIndex(p)),
        cost,
        Arrays.stream(Softmax.back(space.blocks(), p, gradient)).boxed().toList());
  }

  static double[] alphas(NetworkSpace space, double... alpha) {
    int size = space.blocks() * space.operations().size();
    new Rules()
        .require(
            alpha.length == 0 || alpha.length == size,
            "%d α do not fit space %s, which has %d pairs of block and operation",
            alpha.length,
            space.name(),
            size)
        .check();
    return alpha.length == 0 ? new double[size] : alpha.clone();
  }

  /** The derivative by the α of an operation in a block. */
  public double at(int block, int operation) {
    return byAlpha.get(block * space.operations().size() + operation);
  }

  @Override
  public String toString() {
    int largest = 0;
    for (int i = 0; i < byAlpha.size(); i++) {
      largest = Math.abs(byAlpha.get(i)) > Math.abs(byAlpha.get(largest)) ? i : largest;
    }
    int operations = space.operations().size();
    return "derivative of %s (%s) by α, %s evaluator: largest %s, by %s of %s; accelerator %s"
        .formatted(
            objective.toUpperCase(Locale.ROOT),
            SignificantDigits.brief(cost),
            evaluator,
            SignificantDigits.brief(byAlpha.get(largest)),
            space.operations().get(largest % operations),
            space.blockNames().get(largest / operations),
            design);
  }
}
