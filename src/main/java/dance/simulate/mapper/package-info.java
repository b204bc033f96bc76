/**
 * The best mapping of an einsum on an accelerator, with proof: the map space, lower bounds, and
 * branch and bound.
 *
 * <pre>{@code
 * var best = map(Layer.conv("conv", 64, 64).kernel(3).output(16), "template:8x8:rf32:ws")
 * best.optimal() // → true
 * best.mapping()
 * }</pre>
 *
 * <p>Begin with {@link Mapper}. Must not know dataflows, which are map spaces defined in
 * dance.simulate, and networks of more than one layer.
 */
package dance.simulate.mapper;
