/**
 * Rules with all violations at once, nearest names, files that are written whole or not at all.
 *
 * <p>Begin with {@link Rules}. Must not know any other package of ours.
 */
package dance.check;
