/**
 * Networks together with their accelerators: the problem, its exhaustive optimum, searches by
 * gradient and without, and comparisons between them.
 *
 * <p>Begin with {@link SearchProblem}. Must not know the simulator, DJL, and how accuracies are
 * trained: a task answers for them.
 */
package dance.search;
