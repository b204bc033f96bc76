/**
 * What a cell shows of a result: tables, charts, drawings, as text, HTML and pictures, in any of
 * the kernels.
 *
 * <p>Begin with {@link Notebook}. Must not know the command line.
 */
package dance.notebook;
