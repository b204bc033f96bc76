/**
 * Charts of results, one per file, with common colors and fonts.
 *
 * <pre>{@code
 * roofline(simulate("alexnet", "template:14x12:rf16:rs"))
 * }</pre>
 *
 * <p>Begin with {@link Charts}. Must not know cells and kernels: a chart is a value.
 */
package dance.notebook.chart;
