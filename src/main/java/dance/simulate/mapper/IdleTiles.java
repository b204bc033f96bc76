package dance.simulate.mapper;

/**
 * Lower bound of the fraction of the tiles of a tensor that surely move, where an unrolling leaves
 * instances idle in its last round: an instance that idles in the second round of a loop of two
 * still has its tile when an outer loop returns to it.
 */
final class IdleTiles {
  private final MappingCosts problem;

  /** Register tiles along each dimension, and rounds over the array: [dimension]. */
  private int[] tiles;

  private int[] rounds;
  private int[] factor;

  IdleTiles(MappingCosts problem) {
    this.problem = problem;
  }

  /** Sets the unrolled tiles. */
  void begin(int[] tiles, int[] rounds, int[] factor) {
    this.tiles = tiles;
    this.rounds = rounds;
    this.factor = factor;
  }

  /** The fraction whatever the loops. */
  double moving(int t) {
    double most = 0;
    boolean comesBack = false;
    for (int d = 0; d < problem.dims; d++) {
      comesBack |= rounds[d] > 1 && !problem.isRelevant(t, d);
      most = Math.max(most, rounds[d] % 2 == 0 && problem.isRelevant(t, d) ? idle(d) : 0);
    }
    return comesBack ? 1 - most : 1;
  }

  /** Fraction of the tiles along a dimension whose instances idle in the last round. */
  private double idle(int d) {
    long idle = (long) factor[d] * rounds[d] - tiles[d];
    return idle > 0 && rounds[d] > 1 ? Math.min(1, (double) idle / (tiles[d] - 1)) : 0;
  }

  /**
   * The fraction given the loops. Everything that moves the tensor inside a loop that does not must
   * be a loop of two in which the instance idles. For the stationary tensor of the innermost loops,
   * all of the buffer's other loops are inside; for another tensor at least the innermost one is.
   *
   * @param first dimensions whose loop of the buffer's may be the first to move the tensor
   */
  double moving(int t, BufferTiles.Tile out, int stationaryTensor, DimensionSet first) {
    boolean comesBack = false;
    boolean near = false;
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(t, d)) {
        comesBack |= out.outer()[d] > 1 || (t != stationaryTensor && out.inner()[d] > 1);
      } else {
        near |= out.inner()[d] > 1;
      }
    }
    if (!comesBack) {
      return 1;
    }
    double all = 1;
    double most = 0;
    for (int d = 0; d < problem.dims; d++) {
      int loop = near ? out.inner()[d] : out.outer()[d];
      if (loop > 1 && problem.isRelevant(t, d)) {
        double part = loop == 2 ? idle(d) : 0;
        all *= part;
        most = Math.max(most, first.contains(d) ? part : 0);
      }
    }
    return 1 - (near && t == stationaryTensor ? all : most);
  }
}
