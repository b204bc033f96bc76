package dance.simulate.mapper;

/** The tensors that each level keeps, and what follows from that for all mappings. */
final class TensorPlacement {
  private static final int[] NONE = {};

  final MappingCosts problem;

  /** Bits of the tensors that each level keeps: [level]. */
  final int[] bits;

  /** Bits of the tensors that a loop over a dimension leaves stationary: [dimension]. */
  final int[] stationaryBits;

  /**
   * Level that holds the stationary tensor of each systolic array, or the number of levels:
   * [array].
   */
  final int[] holder;

  private final boolean[] nothingInside;

  TensorPlacement(MappingCosts problem, int[] bits) {
    this.problem = problem;
    this.bits = bits;
    stationaryBits = stationaryBits();
    nothingInside = nothingInside();
    holder = new int[problem.passes.levels.length];
    for (int i = 0; i < holder.length; i++) {
      boolean has = problem.passes.stationary[i] >= 0;
      holder[i] = has ? problem.passes.holder(i, bits) : problem.levels;
    }
  }

  /** Whether a level keeps a tensor. */
  boolean keeps(int level, int t) {
    return (bits[level] >> t & 1) != 0;
  }

  /** Whether no level inside an array keeps anything, and nothing else is unrolled there. */
  boolean keepsNothingInside(int level) {
    return nothingInside[level];
  }

  private int[] stationaryBits() {
    int[] classes = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d)) {
          classes[d] |= 1 << t;
        }
      }
    }
    return classes;
  }

  private boolean[] nothingInside() {
    boolean[] nothing = new boolean[problem.levels];
    boolean sofar = true;
    for (int l = problem.levels - 1; l >= 0; l--) {
      nothing[l] = sofar && problem.fanout[l] > 1;
      sofar &= bits[l] == 0 && problem.fanout[l] == 1;
    }
    return nothing;
  }

  /** Tensors of which no loop inside has moved some tile yet, as bits. */
  int open(PartialMapping partial, int level) {
    int open = partial.stationary | stationaryWithoutPass(partial, level);
    for (int t = 0; t < problem.tensors; t++) {
      for (int j = 0; j < problem.costs.counted; j++) {
        if (partial.open[j * problem.tensors + t] != 0) {
          open |= 1 << t;
        }
      }
    }
    return open;
  }

  /** Stationary tensors of systolic arrays that no loop has moved yet, as bits. */
  private int stationaryWithoutPass(PartialMapping partial, int level) {
    int bits = 0;
    for (int i = 0; i < partial.passes.length; i++) {
      boolean stays = level < holder[i] && partial.passes[i] == 0 && holder[i] < problem.levels;
      bits |= stays ? 1 << problem.passes.stationary[i] : 0;
    }
    return bits;
  }

  /** Counts the loops of this level around the stationary tiles of systolic arrays. */
  void countPasses(PartialMapping child, int level) {
    for (int i = 0; i < child.passes.length; i++) {
      for (int d : level < holder[i] && holder[i] < problem.levels ? child.order : NONE) {
        if (child.passes[i] > 0 || problem.isRelevant(problem.passes.stationary[i], d)) {
          child.passes[i] = Math.max(1, child.passes[i]) * child.temporal[d];
        }
      }
    }
  }
}
