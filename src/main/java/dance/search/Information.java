package dance.search;

/**
 * What a search knew of accuracies. Methods are compared within one of these groups, never across:
 * their prices are in different currencies.
 */
public enum Information {
  /**
   * Everything: the gradient of a table at probabilities reads every network. No number of
   * evaluations means anything; its price is seconds.
   */
  FULL("full information"),
  /** Networks trained from scratch, one after the other; each different one counts once. */
  EVALUATIONS("by evaluations"),
  /** The accuracies of a supernet, whose price is its own training: seconds. */
  SUPERNET("supernet");

  private final String label;

  Information(String label) {
    this.label = label;
  }

  /** In words. */
  public String label() {
    return label;
  }
}
