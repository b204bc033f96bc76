/**
 * For courses: a loop nest step by step, what a change would bring and why, and exercises that
 * check themselves.
 *
 * <p>Begin with {@link Walk}. Must not know notebooks and commands: what is shown as a drawing is
 * drawn in dance.notebook.
 */
package dance.lesson;
