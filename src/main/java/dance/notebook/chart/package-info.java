/**
 * Charts of results, one a file, and the colors and fonts that all of them share.
 *
 * <p>Begin with {@link Charts}. Must not know cells and kernels: a chart is a value.
 */
package dance.notebook.chart;
