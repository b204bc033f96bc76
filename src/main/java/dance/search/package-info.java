/**
 * Searches for networks together with accelerators: the problem, its exhaustive optimum, gradient
 * and black-box methods, and comparisons between them.
 *
 * <p>Begin with {@link SearchProblem}. Must not know the simulator, DJL, and how accuracies are
 * trained: that is behind {@link Task}.
 */
package dance.search;
