/**
 * Costs: metrics with units, the ledger of energy, objectives and constraints, designs and Pareto
 * fronts.
 *
 * <pre>{@code
 * new Metrics(2, 3, 5, 1).latencyMs() // → 2.0
 * Objective.EDP.cost(new Metrics(2, 3, 5, 1)) // → 6.0
 * }</pre>
 *
 * <p>Begin with {@link Metrics}. Must not know how costs are computed: dance.simulate and
 * dance.evaluate are cost models among others.
 */
package dance.cost;
