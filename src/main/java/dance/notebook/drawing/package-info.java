/**
 * Drawings of accelerators, mappings and networks as SVG; the interface of a value that renders
 * itself.
 *
 * <pre>{@code
 * nest(map("alexnet/conv3", "eyeriss"))
 * }</pre>
 *
 * <p>Begin with {@link Drawing}. Must not know cells and kernels: a drawing is a value.
 */
package dance.notebook.drawing;
