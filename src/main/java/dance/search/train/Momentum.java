package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent with momentum 0.9 and decoupled weight decay: v ← 0.9 v + g, w ← (1 − η λ) w − η
 * v (Loshchilov and Hutter, ICLR 2019, algorithm 1, without the schedule in the decay).
 */
final class Momentum {
  private static final float KEPT = 0.9f;

  private final List<NDArray> weights;
  private final List<NDArray> velocities = new ArrayList<>();
  private final double decay;

  /**
   * Optimiser of some weights.
   *
   * @param decay λ; for kernels and matrices only, not for vectors
   * @param manager owns the velocities
   */
  Momentum(List<NDArray> weights, double decay, NDManager manager) {
    this.weights = weights;
    this.decay = decay;
    for (NDArray weight : weights) {
      velocities.add(manager.zeros(weight.getShape()));
    }
  }

  /** Takes a step along the gradients of all weights and clears them. */
  void step(double learningRate, NDManager scratch) {
    for (int i = 0; i < weights.size(); i++) {
      step(i, learningRate, scratch);
    }
  }

  /** Takes a step for the weight of this number, and clears its gradient. */
  void step(int i, double learningRate, NDManager scratch) {
    NDArray weight = weights.get(i);
    NDArray gradient = weight.getGradient();
    gradient.attach(scratch);
    NDArray velocity = velocities.get(i);
    velocity.muli(KEPT).addi(gradient);
    NDArray change = velocity.mul((float) learningRate);
    change.attach(scratch);
    if (weight.getShape().dimension() > 1) {
      weight.muli((float) (1 - learningRate * decay));
    }
    weight.subi(change);
    gradient.subi(gradient);
  }

  /** Its state. */
  List<NDArray> velocities() {
    return velocities;
  }
}
