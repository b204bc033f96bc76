package dance.search;

/** The cost term of a gradient search, which also chooses the accelerator. Not thread-safe. */
interface CostTerm {
  /** One line that identifies the term. */
  String identity();

  /**
   * The cost of a relaxed architecture divided by the reference.
   *
   * @param metrics {@code [3]}, written: predicted latency, energy and area; NaN if it does not
   *     predict them
   * @param gradient {@code [blocks, operations]}, written: derivatives with respect to the
   *     probabilities
   */
  double expected(double[] probabilities, double[] metrics, double[] gradient);

  /**
   * Sum of the relative constraint violations of a relaxed architecture.
   *
   * @param gradient written; 0 if feasible
   */
  double excess(double[] probabilities, double[] metrics, double[] gradient);

  /** The accelerator for a network. */
  int designIndex(int[] choice);

  /**
   * The cost divided by the reference by which derived networks are compared.
   *
   * @param exact exact cost divided by the reference
   */
  double judged(int[] choice, double exact);

  /**
   * Predicted metrics of a network on an accelerator.
   *
   * @return {@code [3]}; null if they are the exact ones
   */
  default double[] believed(int[] choice, int designIndex) {
    return null;
  }

  /** Number of cost-model calls so far. */
  long calls();

  /** Resumes counting from here. */
  void calls(long count);
}
