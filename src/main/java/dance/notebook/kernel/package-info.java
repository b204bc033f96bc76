/**
 * The Java kernel for Jupyter, and adapters to other kernels.
 *
 * <p>Begin with {@link JavaKernel}. Must not know results and how they are shown: it renders any
 * value.
 */
package dance.notebook.kernel;
