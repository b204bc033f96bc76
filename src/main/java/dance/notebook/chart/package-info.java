/**
 * Charts of results, one per file, with common colors and fonts.
 *
 * <p>Begin with {@link Charts}. Must not know cells and kernels: a chart is a value.
 */
package dance.notebook.chart;
