/**
 * Searches for networks together with accelerators: the problem, its exhaustive optimum, gradient
 * and black-box methods, and comparisons between them.
 *
 * <pre>{@code
 * var found = explore("mini", o -> o.seed(3))
 * found.point().genotype()
 * found.metrics()
 * }</pre>
 *
 * <p>Begin with {@link SearchProblem}. Must not know the simulator, DJL, and how accuracies are
 * trained: that is behind {@link Task}.
 */
package dance.search;
