/**
 * The lecturer's side of a lab: one source notebook becomes the students' version and the solution;
 * submissions run, each in a process of its own, and are graded.
 *
 * <p>Begin with {@link LabSource}. Must not know commands.
 */
package dance.notebook.lab;
