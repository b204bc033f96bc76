package dance.search;

/**
 * The cost term of a gradient search, and who chooses the accelerator. One thread at a time may use
 * it.
 */
interface CostTerm {
  /** One line that differs between terms that answer differently. */
  String identity();

  /**
   * The cost of a relaxed architecture over its reference.
   *
   * @param metrics {@code [3]}, written: what it believes latency, energy and area are; NaN if it
   *     has no opinion
   * @param gradient {@code [blocks, operations]}, written: derivatives by the probabilities
   */
  double expected(double[] probabilities, double[] metrics, double[] gradient);

  /**
   * The parts of the limits by which a relaxed architecture exceeds them, added up.
   *
   * @param gradient written; 0 if all limits are kept
   */
  double excess(double[] probabilities, double[] metrics, double[] gradient);

  /** The accelerator for a network. */
  int design(int[] choice);

  /**
   * The cost over its reference by which derived networks are compared.
   *
   * @param exact what the exact costs say
   */
  double judged(int[] choice, double exact);

  /**
   * What it believes a network costs on an accelerator.
   *
   * @return {@code [3]}; null if it knows no better than the exact costs
   */
  double[] believed(int[] choice, int design);

  /** Cost-model calls so far. */
  long calls();

  /** Goes on counting from here. */
  void calls(long count);
}
