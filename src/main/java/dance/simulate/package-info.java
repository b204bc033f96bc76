/**
 * The exact simulator: networks and layers on an accelerator, each layer under its best mapping.
 * Its sub-packages: dance.simulate.mapping has the data types, count the closed form, mapper the
 * search for the best mapping, explain the explanations.
 *
 * <pre>{@code
 * var evaluation = simulate("alexnet", "template:14x12:rf16:rs")
 * evaluation.cycles()
 * evaluation.energyByLevelPj()
 * }</pre>
 *
 * <p>Begin with {@link Simulator}. Must not know spaces, tables and searches over designs.
 */
package dance.simulate;
