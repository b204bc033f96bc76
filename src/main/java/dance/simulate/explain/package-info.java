/**
 * Why a count, a time or an energy has its value: formula, substituted values, and the responsible
 * loops, counted again by the same code.
 *
 * <pre>{@code
 * var conv = map("alexnet/conv3", "eyeriss")
 * explain(conv, "cycles")
 * explain(conv, "DRAM.reads.Inputs")
 * }</pre>
 *
 * <p>Begin with {@link Explainer}. Must not know how a mapping was found.
 */
package dance.simulate.explain;
