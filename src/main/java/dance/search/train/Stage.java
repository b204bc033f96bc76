package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import dance.evaluate.neural.Torch;
import dance.space.BlockShape;
import dance.space.Classifier;
import dance.space.Convolution;
import dance.space.Identity;
import dance.space.MbConv;
import dance.space.Operation;
import dance.space.Zero;

/** A part of a network with its weights. */
@FunctionalInterface
interface Stage {
  /** Decay of the running means and variances per batch (as PyTorch). */
  float KEPT = 0.9f;

  /** Added to a variance (as PyTorch). */
  float EPSILON = 1e-5f;

  /**
   * Forward pass.
   *
   * @param x {@code [batch, channels, rows, columns]}; the result belongs to its owner
   * @param training whether batches are normalised by their own statistics, which are then recorded
   */
  NDArray apply(NDArray x, boolean training);

  /** This stage followed by another. */
  default Stage then(Stage next) {
    return (x, training) -> next.apply(apply(x, training), training);
  }

  /**
   * The stage of an operation, with random weights.
   *
   * @throws IllegalArgumentException if the operation cannot be trained
   */
  static Stage of(Operation operation, BlockShape shape, Weights weights) {
    if (operation instanceof Zero) {
      return (x, training) -> x;
    }
    if (operation instanceof Convolution convolution) {
      return conv(shape.inputs(), shape.outputs(), convolution.kernel(), shape.stride(), 1, weights)
          .then(norm(shape.outputs(), weights))
          .then(RELU6);
    }
    if (operation instanceof Identity) {
      return shape.kept()
          ? (x, training) -> x
          : conv(shape.inputs(), shape.outputs(), 1, shape.stride(), 1, weights)
              .then(norm(shape.outputs(), weights));
    }
    if (operation instanceof MbConv block) {
      return inverted(block, shape, weights);
    }
    if (operation instanceof Classifier classifier) {
      return classifier(classifier, shape, weights);
    }
    throw new IllegalArgumentException(
        "operation "
            + operation.label()
            + " cannot be trained, only convolutions, inverted residual blocks, zero, identity and"
            + " classifiers");
  }

  /** min(max(0, x), 6) (Sandler et al., CVPR 2018). */
  Stage RELU6 = (x, training) -> Activation.relu(x).minimum(Torch.number(x, 6));

  private static Stage inverted(MbConv block, BlockShape shape, Weights weights) {
    int hidden = shape.inputs() * block.expansion();
    Stage stage = (x, training) -> x;
    if (block.expansion() > 1) {
      stage =
          conv(shape.inputs(), hidden, 1, 1, 1, weights).then(norm(hidden, weights)).then(RELU6);
    }
    Stage all =
        stage
            .then(conv(hidden, hidden, block.kernel(), shape.stride(), hidden, weights))
            .then(norm(hidden, weights))
            .then(RELU6)
            .then(conv(hidden, shape.outputs(), 1, 1, 1, weights))
            .then(norm(shape.outputs(), weights));
    return shape.kept() ? (x, training) -> x.add(all.apply(x, training)) : all;
  }

  private static Stage classifier(Classifier classifier, BlockShape shape, Weights weights) {
    Stage before =
        classifier.normalized() ? norm(shape.inputs(), weights).then(RELU6) : (x, training) -> x;
    NDArray matrix = weights.kernel(shape.outputs(), shape.inputs(), 0);
    NDArray bias = weights.vector(shape.outputs(), 0);
    return before.then(
        (x, training) ->
            Linear.linear(x.mean(new int[] {3}).mean(new int[] {2}), matrix, bias)
                .singletonOrThrow());
  }

  private static Stage conv(
      int inputs, int outputs, int kernel, int stride, int groups, Weights weights) {
    NDArray weight = weights.kernel(outputs, inputs / groups, kernel);
    Shape step = new Shape(stride, stride);
    Shape padding = new Shape(kernel / 2, kernel / 2);
    Shape dilation = new Shape(1, 1);
    return (x, training) ->
        Conv2d.conv2d(x, weight, null, step, padding, dilation, groups).singletonOrThrow();
  }

  private static Stage norm(int channels, Weights weights) {
    NDArray gamma = weights.vector(channels, 1);
    NDArray beta = weights.vector(channels, 0);
    NDArray mean = weights.statistic(channels, 0);
    NDArray variance = weights.statistic(channels, 1);
    return (x, training) ->
        BatchNorm.batchNorm(x, mean, variance, gamma, beta, 1, KEPT, EPSILON, training)
            .singletonOrThrow();
  }
}
