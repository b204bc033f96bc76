/**
 * Why a count, a time or an energy has its value: formula, substituted values, and the responsible
 * loops, counted again by the same code.
 *
 * <p>Begin with {@link Explainer}. Must not know how a mapping was found.
 */
package dance.simulate.explain;
