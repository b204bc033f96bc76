package dance.search;

/**
 * What a search has cost.
 *
 * <p><b>How a gradient step is counted.</b> A step with probabilities runs, in a supernet, every
 * operation of every block once: as much as so many networks as a block has operations, so it
 * counts as that many evaluations. A step with a sample counts as one. So does each look at a
 * derived network. A table answers a step with probabilities from all its entries at once; {@code
 * read} says how many different accuracies that were.
 *
 * @param seconds of the search; training of the evaluator included, that of the network that was
 *     found, once the search is over, not
 * @param evaluations of accuracy, in evaluations of one network
 * @param read accuracies of different networks that had to be known; all of a table for an expected
 *     accuracy
 * @param trainings networks that were trained from scratch
 * @param costModelCalls prices of one network, relaxed or not, on one accelerator; an exact choice
 *     among all accelerators is one for each, a call of a neural evaluator is one
 * @param evaluatorSeconds part of the seconds for training the evaluator
 */
public record SearchCost(
    double seconds,
    long evaluations,
    long read,
    long trainings,
    long costModelCalls,
    double evaluatorSeconds) {}
