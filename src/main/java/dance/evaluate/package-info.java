/**
 * Costs of every network of a space on every accelerator of a space: exact tables, the hardware
 * oracle, and the exact differentiable evaluator.
 *
 * <pre>{@code
 * var table = CostTable.bundled(NetworkSpace.mini(), AcceleratorSpace.dance())
 * oracle(table, "mb3e6,mb5e3,mb3e6,mb3e3")
 * }</pre>
 *
 * <p>Begin with {@link CostTable}. Must not know how costs are simulated, DJL, and searches for
 * networks.
 */
package dance.evaluate;
