/**
 * Search spaces of networks and of accelerators, genotypes, sampling and encoding.
 *
 * <pre>{@code
 * NetworkSpace.mini().count() // → 36
 * AcceleratorSpace.dance().size() // → 4335
 * NetworkSpace.mini().network(Genotype.parse("mb3e6,mb5e3,mb3e6,mb3e3")).macs() // → 940056
 * }</pre>
 *
 * <p>Begin with {@link NetworkSpace}. Must not know the costs of the choices.
 */
package dance.space;
