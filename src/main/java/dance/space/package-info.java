/**
 * Search spaces of networks and of accelerators, genotypes, sampling and encoding.
 *
 * <p>Begin with {@link NetworkSpace}. Must not know the costs of the choices.
 */
package dance.space;
