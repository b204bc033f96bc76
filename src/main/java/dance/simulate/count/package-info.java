/**
 * The closed form: from a mapping to tiles, moves, accesses, cycles and energy, interconnects
 * included; one term per loop, independent of its bound.
 *
 * <p>Begin with {@link Analysis}. Must not know map spaces and the search for the best mapping.
 */
package dance.simulate.count;
