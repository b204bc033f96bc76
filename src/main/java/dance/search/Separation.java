package dance.search;

/** A way to choose network and accelerator one after the other. */
public enum Separation {
  /** The most accurate network, then its best accelerator. */
  NETWORK_FIRST("network first"),
  /** The best accelerator for a typical network, then the best network on it. */
  TYPICAL_NETWORK("accelerator for the typical network, then the network for it"),
  /** The accelerator that is the best on average over all networks, then the best network on it. */
  ACCELERATOR_FIRST("best accelerator on average, then the network for it"),
  /** As {@link #ACCELERATOR_FIRST}; the network found then gets its own best accelerator. */
  ACCELERATOR_FIRST_AGAIN("the same, then the accelerator for that network"),
  /** The best network on an array of 14 × 12, row-stationary as Eyeriss, and no other chip. */
  EYERISS("network for a fixed chip like Eyeriss"),
  /** As {@link #EYERISS}; the network found then gets its own best accelerator. */
  EYERISS_AGAIN("the same, then the accelerator for that network"),
  /**
   * The network of the largest accuracy − μ · MACs, then its best accelerator, with the μ that is
   * the best in hindsight. MACs as FLOPs are commonly counted: pooling, sums and skips have none.
   */
  MACS("penalty on MACs, best weight in hindsight"),
  /** As {@link #MACS}, with the operations of pooling and sums. */
  OPERATIONS("penalty on all operations, best weight in hindsight"),
  /**
   * The most accurate network within a budget of MACs, then its best accelerator, with the budget
   * that is the best in hindsight.
   */
  MAC_BUDGET("budget of MACs, best budget in hindsight");

  private final String label;

  Separation(String label) {
    this.label = label;
  }

  /** In words, for tables. */
  public String label() {
    return label;
  }
}
