/**
 * Why a count, a time or an energy is what it is: formula, substituted values, and the loops
 * responsible, counted once more by what counted them.
 *
 * <p>Begin with {@link Explainer}. Must not know how a mapping was found.
 */
package dance.simulate.explain;
