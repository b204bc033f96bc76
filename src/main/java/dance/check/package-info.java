/**
 * Rules that report all violations at once, nearest names, atomic files.
 *
 * <p>Begin with {@link Rules}. Must not know any other package of ours.
 */
package dance.check;
