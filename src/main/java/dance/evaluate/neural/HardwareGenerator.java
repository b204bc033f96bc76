package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dance.space.AcceleratorSpace;
import java.util.random.RandomGenerator;

/**
 * The hardware generation network: approximates the exhaustive search for the best accelerator. A
 * residual perceptron of five layers maps a relaxed architecture to a head of logits for every
 * variable of the accelerator (Choi et al., DAC 2021; layers and heads are our reading of it).
 *
 * <p>A choice is near one-hot and still differentiable, by Gumbel-softmax (Jang, Gu and Poole, ICLR
 * 2017): one-hot at the largest logit plus noise in the forward pass, the softmax of (logits +
 * noise) / temperature in the backward pass.
 */
public final class HardwareGenerator {
  private final AcceleratorSpace designs;
  private final ArchitectureInput input;
  final ResidualPerceptron network;

  HardwareGenerator(AcceleratorSpace designs, ArchitectureInput input, int width, boolean smooth) {
    this.designs = designs;
    this.input = input;
    network = new ResidualPerceptron(width, designs.encodingSize(), smooth, false);
  }

  /**
   * The logits of all heads.
   *
   * @param probabilities {@code [batch, blocks × operations]}
   * @return {@code [batch, encodingSize]} in the order of {@link AcceleratorSpace#encode}
   */
  NDArray logits(NDArray probabilities, boolean training) {
    return network.apply(input.read(probabilities), training);
  }

  /** The logits of one axis. */
  NDArray head(NDArray logits, int axis) {
    int begin = designs.offset(axis);
    return logits.get(":, {}:{}", begin, begin + designs.axes().get(axis).size());
  }

  /**
   * The accelerators for relaxed architectures: one-hot in the forward pass, soft in the backward
   * pass. Arrays belong to the owner of the probabilities.
   *
   * @param probabilities {@code [batch, blocks × operations]}
   * @param temperature of the softmax
   * @param noise generator of the Gumbel noise; null for none: the most probable choice
   * @return {@code [batch, encodingSize]} as {@link AcceleratorSpace#encode}
   */
  public NDArray choose(NDArray probabilities, double temperature, RandomGenerator noise) {
    NDArray logits = logits(probabilities, false);
    if (noise != null) {
      logits = logits.add(gumbel(logits.getManager(), logits.getShape(), noise));
    }
    return straightThrough(logits, temperature);
  }

  /** One-hot in the forward pass, softmax in the backward pass, head by head. */
  NDArray straightThrough(NDArray logits, double temperature) {
    NDList chosen = new NDList();
    for (int a = 0; a < designs.axes().size(); a++) {
      NDArray head = head(logits, a);
      NDArray soft = head.div(Torch.number(head, temperature)).softmax(1);
      NDArray hard = head.argMax(1).oneHot(designs.axes().get(a).size());
      chosen.add(hard.sub(soft).stopGradient().add(soft));
    }
    return NDArrays.concat(chosen, 1);
  }

  /** −ln(−ln u), u uniform. */
  private static NDArray gumbel(NDManager manager, Shape shape, RandomGenerator random) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      double u = 1 - random.nextDouble(); // 0 has no logarithm
      values[i] = (float) -Math.log(-Math.log(u) + Double.MIN_NORMAL);
    }
    return Torch.array(manager, values, shape);
  }
}
