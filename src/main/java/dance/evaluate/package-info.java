/**
 * What every network of a space costs on every accelerator of a space: exact tables, the best
 * accelerator by them, and a differentiable evaluator without training.
 *
 * <p>Begin with {@link CostTable}. Must not know how costs are simulated, DJL, and searches for
 * networks.
 */
package dance.evaluate;
