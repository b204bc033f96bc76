/**
 * For courses: a loop nest step by step, what a change would bring and why, and exercises that
 * check themselves.
 *
 * <pre>{@code
 * var walk = step(map("alexnet/conv3", "eyeriss"))
 * whySlow(map("alexnet/conv3", "eyeriss"))
 * }</pre>
 *
 * <p>Begin with {@link Walk}. Must not know notebooks and commands: what is shown as a drawing is
 * drawn in dance.notebook.
 */
package dance.lesson;
