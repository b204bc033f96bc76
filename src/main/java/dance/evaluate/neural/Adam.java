package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1, with its constants). DJL's own implementation keeps
 * its moments in arrays that cannot be closed.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> squares = new ArrayList<>();
  private int steps;

  /** Optimiser of the weights of a network; its moments belong to the manager. */
  Adam(ResidualPerceptron network, NDManager manager) {
    for (Parameter parameter : network.getParameters().values()) {
      if (parameter.requiresGradient()) {
        NDArray weight = parameter.getArray();
        weight.setRequiresGradient(true);
        weights.add(weight);
        means.add(manager.zeros(weight.getShape()));
        squares.add(manager.zeros(weight.getShape()));
      }
    }
  }

  /**
   * Takes a step along the gradients and clears them.
   *
   * @param scratch owner of what is computed meanwhile
   */
  void step(double learningRate, NDManager scratch) {
    steps++;
    double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    float rate = (float) (learningRate * correction);
    for (int i = 0; i < weights.size(); i++) {
      NDArray gradient = weights.get(i).getGradient();
      gradient.attach(scratch);
      NDArray mean = means.get(i);
      NDArray square = squares.get(i);
      mean.muli((float) BETA1).addi(gradient.mul((float) (1 - BETA1)));
      square.muli((float) BETA2).addi(gradient.square().muli((float) (1 - BETA2)));
      // the root is the first operand, so that it and all after it would belong to the moments
      NDArray root = square.sqrt();
      root.attach(scratch);
      NDArray change = mean.div(root.addi(EPSILON));
      change.attach(scratch);
      weights.get(i).subi(change.muli(rate));
      gradient.subi(gradient);
    }
  }
}
