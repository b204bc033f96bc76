/**
 * How an einsum is executed, and what that costs: mappings, loop nests, access counts, evaluations.
 *
 * <p>Begin with {@link Mapping}. Must not know how anything is counted or searched: the other rooms
 * of dance.simulate know this one.
 */
package dance.simulate.mapping;
