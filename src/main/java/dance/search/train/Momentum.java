package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
    Step step = begin(learningRate, scratch);
    for (int i = 0; i < weights.size(); i++) {
      step.take(i);
    }
  }

  /** Begins a step of which some weights take part. */
  Step begin(double learningRate, NDManager scratch) {
    return new Step(learningRate, scratch);
  }

  /**
   * A step. Its factors are filled in on the device: a number from Java would be copied there for
   * each weight, and each copy waits for all that the device has still to do.
   */
  final class Step {
    private final NDManager scratch;
    private final NDArray kept;
    private final NDArray rate;
    private final NDArray shrunk;

    private Step(double learningRate, NDManager scratch) {
      this.scratch = scratch;
      kept = scratch.full(new Shape(), KEPT);
      rate = scratch.full(new Shape(), (float) learningRate);
      shrunk = scratch.full(new Shape(), (float) (1 - learningRate * decay));
    }

    /** Changes the weight of this number and clears its gradient. */
    void take(int i) {
      NDArray weight = weights.get(i);
      NDArray gradient = weight.getGradient();
      gradient.attach(scratch);
      NDArray velocity = velocities.get(i);
      velocity.muli(kept).addi(gradient);
      NDArray change = velocity.mul(rate);
      change.attach(scratch);
      if (weight.getShape().dimension() > 1) {
        weight.muli(shrunk);
      }
      weight.subi(change);
      gradient.subi(gradient);
    }
  }

  /** Its state. */
  List<NDArray> velocities() {
    return velocities;
  }
}
