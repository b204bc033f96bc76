/**
 * The exact answer: networks and layers on an accelerator, each layer under its best mapping. Its
 * rooms are doors of their own: dance.simulate.mapping has the nouns, count the closed form, mapper
 * the search for the best mapping, explain the reasons.
 *
 * <p>Begin with {@link Simulator}. Must not know spaces, tables and searches over designs.
 */
package dance.simulate;
