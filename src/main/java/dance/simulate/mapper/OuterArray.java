package dance.simulate.mapper;

import java.util.Arrays;

/**
 * The outermost of several arrays, unrolled in one way: what its instances share, cost and leave is
 * then known before the levels inside are decided.
 */
final class OuterArray {
  private final MappingCosts problem;

  /** Level whose fan-out it is. */
  final int level;

  private final Spatial.Unrolling unrolling;
  private final SharingChoices.Choice choice;

  /** Lower bound of the instances that need the same words, as no dimension moves them. */
  private final double[] copies;

  /** Fraction of the tiles that a loop of two rounds moves at least: [dimension][tiles]. */
  private final double[][] moved;

  private final int[] left;
  private final MovedWords words;

  OuterArray(MappingCosts problem, int level, Spatial.Unrolling unrolling, SharingChoices sharing) {
    this.problem = problem;
    this.level = level;
    this.unrolling = unrolling;
    choice = sharing.of(unrolling);
    copies = new double[problem.tensors];
    moved = new double[problem.dims][];
    left = new int[problem.dims];
    Arrays.fill(copies, 1);
    for (int d = 0; d < problem.dims; d++) {
      int factor = unrolling.factor()[d];
      for (int t = 0; t < problem.tensors; t++) {
        copies[t] *= problem.isRelevant(t, d) ? 1 : unrolling.leastInUse(d);
      }
      if (factor > 1) {
        moved[d] = new double[problem.bounds[d] + 1];
        Arrays.fill(moved[d], Double.NaN);
      }
    }
    words = new MovedWords(problem, this);
  }

  /** The outermost level with a fan-out if there are several, or -1. */
  static int levelOf(MappingCosts problem) {
    int outermost = -1;
    int arrays = 0;
    for (int l = problem.levels - 1; l >= 0; l--) {
      if (problem.fanout[l] > 1) {
        outermost = l;
        arrays++;
      }
    }
    return arrays > 1 ? outermost : -1;
  }

  /** Lower bound of the instances in use, for each one inside. */
  double instances() {
    return choice.instances();
  }

  /** Lower bound of the instances that need every word of a tensor. */
  double copies(int t) {
    return copies[t];
  }

  /** Upper bound of the instances that share a tile. */
  double share(int t) {
    return choice.share()[t];
  }

  /** Lower bound of the energy on the interconnect, for each word before sharing. */
  double hopPj(int t) {
    return choice.hopPj()[t];
  }

  /** Whether these tiles can be unrolled in this way. */
  boolean fits(int[] count) {
    return unrolling.fits(count, problem.space.spatialRemainders);
  }

  /** Tiles of each instance; the array is overwritten by the next call. */
  int[] remaining(int[] count) {
    for (int d = 0; d < left.length; d++) {
      left[d] = remaining(d, count[d]);
    }
    return left;
  }

  private int remaining(int d, int n) {
    return Spatial.remaining(n, unrolling.x()[d], unrolling.y()[d]);
  }

  /** Words that tiles inside take. */
  MovedWords words() {
    return words;
  }

  /** Tiles along each dimension, or one where every instance has one. */
  int[] moving(int[] count) {
    int[] moving = count.clone();
    for (int d = 0; d < left.length; d++) {
      moving[d] = remaining(d, count[d]) == 1 ? 1 : count[d];
    }
    return moving;
  }

  /** Lower bound of the rounds of these tiles. */
  double rounds(int[] count) {
    double rounds = 1;
    for (int d = 0; d < left.length; d++) {
      rounds *= remaining(d, count[d]);
    }
    return rounds;
  }

  /**
   * Fraction of the tiles of a tensor that a loop outside of the array surely moves: as {@link
   * LowerBound} has it for any array, of all divisors of these tiles that may be unrolled.
   */
  double surelyMoved(int t, int[] count) {
    double least = 1;
    for (int d = 0; d < left.length; d++) {
      if (moved[d] != null && problem.isRelevant(t, d)) {
        least = Math.min(least, surelyMoved(d, count[d]));
      }
    }
    return least;
  }

  /** As {@link #surelyMoved(int, int[])}, of a loop over one dimension. */
  double surelyMoved(int d, int tiles) {
    if (moved[d] == null) {
      return 1;
    }
    if (Double.isNaN(moved[d][tiles])) {
      double least = 1;
      for (int n : Spatial.divisorsOf(tiles)) {
        int rounds = remaining(d, n);
        if (rounds % 2 == 0 && unrolling.fits(d, n, problem.space.spatialRemainders)) {
          double idle = (double) unrolling.factor()[d] * rounds - n;
          least = Math.min(least, 1 - Math.min(1, idle / (n - 1)));
        }
      }
      moved[d][tiles] = least;
    }
    return moved[d][tiles];
  }

  /** The dimensions that are unrolled. */
  DimensionSet unrolled() {
    DimensionSet set = DimensionSet.NONE;
    for (int d = 0; d < left.length; d++) {
      set = unrolls(d) ? set.with(d) : set;
    }
    return set;
  }

  /** Whether a dimension is unrolled. */
  boolean unrolls(int d) {
    return moved[d] != null;
  }
}
