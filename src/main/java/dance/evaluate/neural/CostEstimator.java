package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dance.evaluate.neural.EvaluatorOptions.Form;
import dance.space.AcceleratorSpace;

/**
 * The cost estimation network: latency, energy and area of a relaxed architecture on an
 * accelerator, differentiable in both. A residual perceptron of five layers (Choi et al., DAC 2021)
 * in one of the forms of {@link EvaluatorOptions.Form}; without feature forwarding its input is the
 * accelerator only.
 */
public final class CostEstimator {
  private final boolean forwarded;
  private final boolean paper;
  private final ArchitectureInput input;
  final int inputs;

  /** Latency of the rows and of the fixed layers, the same for energy, and area. */
  final int outputs;

  final ResidualPerceptron network;

  CostEstimator(AcceleratorSpace designs, ArchitectureInput input, EvaluatorOptions options) {
    forwarded = options.featureForwarding();
    paper = options.form() == Form.PAPER;
    this.input = input;
    inputs = designs.encodingSize() + (paper && forwarded ? input.size : 0);
    outputs = weighs() ? 2 * (input.size + 1) + 1 : 3;
    network = new ResidualPerceptron(options.width(), outputs, !paper, paper);
  }

  /** Whether the outputs are metrics, not logarithms. */
  boolean paper() {
    return paper;
  }

  /** Whether probabilities weight the outputs of the network. */
  boolean weighs() {
    return forwarded && !paper;
  }

  /**
   * Expected metrics. Arrays belong to the owner of the designs.
   *
   * @param designs {@code [batch, encodingSize]} as {@link AcceleratorSpace#encode}, or relaxed
   * @param probabilities {@code [batch, blocks × operations]}
   * @return {@code [batch, 3]}: latency in ms, energy in mJ, area in mm²
   */
  public NDArray estimate(NDArray designs, NDArray probabilities) {
    return estimate(designs, probabilities, false);
  }

  NDArray estimate(NDArray designs, NDArray probabilities, boolean training) {
    if (paper) {
      NDArray both =
          forwarded ? NDArrays.concat(new NDList(designs, input.read(probabilities)), 1) : designs;
      return network.apply(both, training);
    }
    NDArray costs = contributions(designs, training).exp();
    return weighs() ? weigh(costs, input.read(probabilities)) : costs;
  }

  /** Logarithms of the outputs for each design, {@code [batch, outputs]}. */
  NDArray contributions(NDArray designs, boolean training) {
    return network.apply(designs, training);
  }

  private NDArray weigh(NDArray costs, NDArray sums) {
    int rows = input.size;
    NDList metrics = new NDList();
    for (int begin = 0; begin < 2 * (rows + 1); begin += rows + 1) {
      NDArray own = costs.get(":, {}:{}", begin, begin + rows).mul(sums);
      NDArray fixed = costs.get(":, {}:{}", begin + rows, begin + rows + 1);
      metrics.add(own.sum(new int[] {1}, true).add(fixed));
    }
    metrics.add(costs.get(":, {}:{}", outputs - 1, outputs));
    return NDArrays.concat(metrics, 1);
  }
}
