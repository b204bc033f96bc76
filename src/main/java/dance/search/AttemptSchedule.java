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

  /** Schedule within a budget of steps or seconds; one of evaluations ends the search by itself. */
  static AttemptSchedule of(CoExplorerOptions options, Budget budget) {
    boolean seconds = budget.unit() == Budget.Unit.SECONDS;
    int stepsPerEpoch = options.stepsPerEpoch();
    if (budget.endless() || seconds) {
      int restarts =
          seconds ? Integer.MAX_VALUE / options.epochs() / stepsPerEpoch : options.restarts();
      return new AttemptSchedule(Math.max(1, restarts), options.epochs(), stepsPerEpoch);
    }
    long epochs = (long) Math.min(Integer.MAX_VALUE, budget.amount() / stepsPerEpoch);
    if (epochs < 1) {
      return new AttemptSchedule(1, 1, Math.max(1, (int) budget.amount()));
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
