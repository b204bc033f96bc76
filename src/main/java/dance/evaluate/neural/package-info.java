/**
 * The paper's evaluator: the hardware generation network and the cost estimation network, and their
 * training. One of two packages that know DJL.
 *
 * <p>Begin with {@link NeuralEvaluator}. Must not know the simulator and searches for networks.
 */
package dance.evaluate.neural;
