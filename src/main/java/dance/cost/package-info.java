/**
 * Costs: metrics with units, the ledger of energy, objectives and constraints, designs and Pareto
 * fronts.
 *
 * <p>Begin with {@link Metrics}. Must not know how costs are computed: dance.simulate and
 * dance.evaluate are cost models among others.
 */
package dance.cost;
