/**
 * Costs of every network of a space on every accelerator of a space: exact tables, the hardware
 * oracle, and the exact differentiable evaluator.
 *
 * <p>Begin with {@link CostTable}. Must not know how costs are simulated, DJL, and searches for
 * networks.
 */
package dance.evaluate;
