package dance.search;

/**
 * Cost of a search.
 *
 * <p><b>How a gradient step is counted.</b> In a supernet, a step with probabilities runs every
 * operation of every block once: as much as n networks if a block has n operations, so it counts as
 * n evaluations. A step with a sample counts as one, and so does each evaluation of a derived
 * network. A table computes a step with probabilities from all its entries at once; {@code read}
 * counts the different accuracies.
 *
 * @param seconds of the search; includes the training of the evaluator, excludes the final training
 *     of the network found
 * @param evaluations of accuracy, in evaluations of one network
 * @param read number of networks whose accuracy was used; all of a table for an expected accuracy
 * @param trainings networks trained from scratch
 * @param costModelCalls evaluations of the cost of one network, relaxed or not, on one accelerator;
 *     an exact choice among all accelerators counts one for each, a call of a neural evaluator
 *     counts one
 * @param evaluatorSeconds share of the seconds for training the evaluator
 */
public record SearchCost(
    double seconds,
    long evaluations,
    long read,
    long trainings,
    long costModelCalls,
    double evaluatorSeconds) {}
