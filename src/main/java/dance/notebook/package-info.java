/**
 * Display of results in cells: tables, charts and drawings, as text, HTML and pictures, in any of
 * the kernels.
 *
 * <p>Begin with {@link Notebook}. Must not know the command line.
 */
package dance.notebook;
