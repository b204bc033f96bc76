/**
 * Display of results in cells: tables, charts and drawings, as text, HTML and pictures, in any of
 * the kernels.
 *
 * <pre>{@code
 * energy(simulate("alexnet", "template:14x12:rf16:rs"))
 * }</pre>
 *
 * <p>Begin with {@link Notebook}. Must not know the command line.
 */
package dance.notebook;
