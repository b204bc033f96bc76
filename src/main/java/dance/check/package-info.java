/**
 * Rules that report all violations at once, nearest names, atomic files.
 *
 * <pre>{@code
 * dance.check.Nearest.to("alexnit", List.of("alexnet", "vgg16")).orElse("") // → alexnet
 * }</pre>
 *
 * <p>Begin with {@link Rules}. Must not know any other package of ours.
 */
package dance.check;
