/**
 * What may be chosen: spaces of networks and of accelerators, genotypes, sampling and encoding.
 *
 * <p>Begin with {@link NetworkSpace}. Must not know what the choices cost.
 */
package dance.space;
