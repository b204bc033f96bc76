package dance.search;

/**
 * Divides the budget of a gradient search: attempts of the default length if it is large enough,
 * otherwise one shorter attempt.
 *
 * @param restarts number of attempts
 * @param epochs of each
 * @param stepsPerEpoch of each
 */
record AttemptSchedule(int restarts, int epochs, int stepsPerEpoch) {

  /**
   * Schedule within a budget.
   *
   * @param perStep evaluations per step
   */
  static AttemptSchedule of(CoExplorerOptions options, Budget budget, int perStep) {
    boolean steps = budget.unit() == Budget.Unit.STEPS;
    boolean seconds = budget.unit() == Budget.Unit.SECONDS;
    int stepsPerEpoch = options.stepsPerEpoch();
    if (budget.endless() || seconds) {
      int restarts =
          seconds ? Integer.MAX_VALUE / options.epochs() / stepsPerEpoch : options.restarts();
      return new AttemptSchedule(Math.max(1, restarts), options.epochs(), stepsPerEpoch);
    }
    // an epoch ends with an evaluation of the derived network
    double ofEpoch = steps ? stepsPerEpoch : (double) stepsPerEpoch * perStep + 1;
    long epochs = (long) Math.min(Integer.MAX_VALUE, budget.amount() / ofEpoch);
    if (epochs < 1) {
      double left = steps ? budget.amount() : (budget.amount() - 1) / perStep;
      return new AttemptSchedule(1, 1, Math.max(1, (int) left));
    }
    int restarts = (int) Math.max(1, epochs / options.epochs());
    return new AttemptSchedule(restarts, (int) (epochs / restarts), stepsPerEpoch);
  }

  int stepsOfAttempt() {
    return epochs * stepsPerEpoch;
  }

  long steps() {
    return (long) restarts * stepsOfAttempt();
  }
}
