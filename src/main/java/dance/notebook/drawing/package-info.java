/**
 * Drawings of accelerators, mappings and networks as SVG; what a value that draws itself is.
 *
 * <p>Begin with {@link Drawing}. Must not know cells and kernels: a drawing is a value.
 */
package dance.notebook.drawing;
