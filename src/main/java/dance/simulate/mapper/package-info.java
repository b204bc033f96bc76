/**
 * The best mapping of an einsum on an accelerator, with proof: the map space, lower bounds, and
 * branch and bound.
 *
 * <p>Begin with {@link Mapper}. Must not know dataflows, which are map spaces defined in
 * dance.simulate, and networks of more than one layer.
 */
package dance.simulate.mapper;
