package dance.search;

/**
 * Cost of a search.
 *
 * <p><b>What an evaluation is.</b> One network trained from scratch whose accuracy the search used.
 * Every different network that influenced a search counts once, however often and however it was
 * read: a black box reads one at a time; the gradient of a table of accuracies at a one-hot
 * architecture reads that network and all that differ from it in one block; at probabilities it
 * reads the whole table ({@link Information#FULL}). A supernet reads none: its price is its own
 * training, in seconds.
 *
 * @param seconds of the search; includes the training of the evaluator, excludes the final training
 *     of the network found
 * @param used accuracies that it used
 * @param costModelCalls evaluations of the cost of one network, relaxed or not, on one accelerator;
 *     an exact choice among all accelerators counts one for each, a call of a neural evaluator
 *     counts one
 * @param evaluatorSeconds share of the seconds for training the evaluator
 */
public record SearchCost(double seconds, Used used, long costModelCalls, double evaluatorSeconds) {

  /**
   * Accuracies that a search used.
   *
   * @param information which ones it could see
   * @param evaluations different networks whose accuracy it used; all of a table with full
   *     information, none of a supernet
   * @param steps of a gradient, or designs compared one by one
   * @param trainings networks that were trained from scratch by the search
   * @param images validation images that were passed through networks of a trained supernet; 0
   *     without one
   */
  public record Used(
      Information information, long evaluations, long steps, long trainings, long images) {

    /** Without images of a supernet. */
    public Used(Information information, long evaluations, long steps, long trainings) {
      this(information, evaluations, steps, trainings, 0);
    }
  }

  /** What the search knew of accuracies. */
  public Information information() {
    return used.information;
  }

  /** Different networks whose accuracy it used. */
  public long evaluations() {
    return used.evaluations;
  }

  /** Steps of a gradient, or designs compared one by one. */
  public long steps() {
    return used.steps;
  }

  /** Validation images that were passed through networks of a trained supernet. */
  public long images() {
    return used.images;
  }

  /** Networks that were trained from scratch. */
  public long trainings() {
    return used.trainings;
  }
}
