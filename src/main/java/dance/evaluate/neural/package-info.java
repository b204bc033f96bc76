/**
 * The paper's evaluator: a network that generates accelerators and one that estimates costs, and
 * their training. One of two packages that know DJL.
 *
 * <p>Begin with {@link NeuralEvaluator}. Must not know the simulator and searches for networks.
 */
package dance.evaluate.neural;
