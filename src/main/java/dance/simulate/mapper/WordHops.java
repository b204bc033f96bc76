package dance.simulate.mapper;

/**
 * What a word of each tensor costs on the interconnect between the buffer and an array: by the
 * unrolling, and by the register tile where that decides who receives the same words.
 */
final class WordHops {
  /** Energy of a word of each tensor on the way to the array, by the extent of a tile there. */
  private interface Network {
    /** [tensor], or null if it costs nothing. */
    double[] pjPerWord(int[] steps);
  }

  private Network network;
  private double[] pjPerWord;

  /** Sets the unrolling. */
  void unroll(ArrayUnrolling unrolling) {
    network = unrolling::pjPerWord;
    pjPerWord = unrolling.pjPerWord();
  }

  /** Sets the unrolling, whose hops cost nothing until they are {@linkplain #measure measured}. */
  void unroll(Spatial.Unrolling choice, HopCosts costs) {
    network = steps -> costs.pjPerWord(1, choice, steps);
    pjPerWord = null;
  }

  /** Measures the hops of an unrolling, unless they depend on the tile. */
  double[] measure(JoinShape shape) {
    pjPerWord = shape.meets ? null : network.pjPerWord(shape.ones());
    return pjPerWord;
  }

  /** Sets the tile that the shape has. */
  void inner(JoinShape shape) {
    if (shape.meets) {
      pjPerWord = network.pjPerWord(shape.extent);
    }
  }

  /** Energy of a word: [tensor]; null if it depends on the tile, or costs nothing. */
  double[] pjPerWord() {
    return pjPerWord;
  }
}
