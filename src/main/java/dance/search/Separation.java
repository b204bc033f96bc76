package dance.search;

/** A way to choose network and accelerator one after the other. */
public enum Separation {
  /** The most accurate network, then its best accelerator. */
  NETWORK_FIRST("network first"),
  /** The best accelerator for a typical network, then the best network on it. */
  TYPICAL_NETWORK("accelerator of typical network"),
  /** The accelerator that is the best on average over all networks, then the best network on it. */
  ACCELERATOR_FIRST("best accelerator on average"),
  /** As {@link #ACCELERATOR_FIRST}; the network found then gets its own best accelerator. */
  ACCELERATOR_FIRST_AGAIN("average, network, accelerator"),
  /** The best network on an array of 14 × 12, row-stationary as Eyeriss, and no other chip. */
  EYERISS("chip like Eyeriss"),
  /** As {@link #EYERISS}; the network found then gets its own best accelerator. */
  EYERISS_AGAIN("Eyeriss, network, accelerator"),
  /**
   * The network of the largest accuracy − μ · MACs, then its best accelerator, with the μ that is
   * the best in hindsight. MACs as FLOPs are commonly counted: pooling, sums and skips have none.
   */
  MACS("best penalty on MACs"),
  /** As {@link #MACS}, with the operations of pooling and sums. */
  OPERATIONS("best penalty on all operations"),
  /**
   * The most accurate network within a budget of MACs, then its best accelerator, with the budget
   * that is the best in hindsight.
   */
  MAC_BUDGET("best budget of MACs");

  private final String label;

  Separation(String label) {
    this.label = label;
  }

  /** In at most 32 letters, for tables and legends. */
  public String label() {
    return label;
  }
}
