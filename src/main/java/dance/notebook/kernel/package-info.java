/**
 * The Java kernel for Jupyter, and the doors to the kernels of others.
 *
 * <p>Begin with {@link JavaKernel}. Must not know results and how they are shown: it renders any
 * value.
 */
package dance.notebook.kernel;
