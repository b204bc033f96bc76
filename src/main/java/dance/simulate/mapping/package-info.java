/**
 * The data types of a simulation: mappings, loop nests, access counts, evaluations.
 *
 * <pre>{@code
 * Mapping.parse("DRAM: K=4") // → DRAM: K=4; keeps Inputs, Outputs, Weights
 * }</pre>
 *
 * <p>Begin with {@link Mapping}. Must not know how anything is counted or searched: the other
 * sub-packages of dance.simulate know this one.
 */
package dance.simulate.mapping;
