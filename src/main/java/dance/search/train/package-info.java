/**
 * Training of accuracies: images, the supernet, trainings of single networks from scratch. One of
 * two packages that know DJL.
 *
 * <p>Begin with {@link ImageTask}. Must not know the simulator, and how a search chooses.
 */
package dance.search.train;
