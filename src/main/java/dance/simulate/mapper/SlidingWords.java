package dance.simulate.mapper;

/**
 * Lower bound of the words that the tiles of a tensor fetch when loops move them over all its
 * positions once.
 *
 * <p>Along an axis with several dimensions, neighbouring tiles overlap, and shared words need not
 * be fetched again. The innermost loop that moves the tensor shifts it by one step; any other loop
 * advances one dimension by a step and resets those of the loops inside, so that only few shifts
 * are possible. Along an axis of one dimension, a tile that moves shares nothing. So one axis is
 * credited with its own shifts, and a second one only together with the reset of the first. A loop
 * that does not move the tensor resets the loops inside of it, too: what the last tile of a pass
 * shares with the first one need not be fetched in the next pass.
 *
 * <p>An instance that idles in the last round over the array has one iteration less of a loop. That
 * resets it by less, and of a loop of two nothing is left: the next one may be the first to move
 * its tile. What such instances may share beyond all others is credited for their part of the
 * tiles.
 */
final class SlidingWords {
  private final MappingCosts problem;

  /** [tensor][axis] */
  private final AxisOverlaps[][] overlaps;

  /** Of the tensor bounded last: [axis]. */
  private final AxisOverlaps.Entry[] along;

  /** Fraction of the tiles whose instances idle in the last round: [dimension]. */
  private double[] idle;

  // The arguments of least.
  private int[] inner;
  private int[] outer;
  private boolean decided;
  private boolean comesBack;

  SlidingWords(MappingCosts problem) {
    this.problem = problem;
    int axes = 1;
    overlaps = new AxisOverlaps[problem.tensors][];
    for (int t = 0; t < problem.tensors; t++) {
      overlaps[t] = new AxisOverlaps[problem.shape.axisDimensions[t].length];
      axes = Math.max(axes, overlaps[t].length);
      for (int a = 0; a < overlaps[t].length; a++) {
        overlaps[t][a] = new AxisOverlaps(problem, t, a);
      }
    }
    along = new AxisOverlaps.Entry[axes];
    idle = new double[problem.dims];
  }

  /** Sets the fraction of the tiles whose instances idle in the last round: [dimension]. */
  void idle(double[] parts) {
    idle = parts;
  }

  /**
   * Words, in all instances together, for one pass over the dimensions that move the tensor.
   *
   * @param tile extents of a tile
   * @param tiles tiles along each dimension, in all instances
   * @param step distance between successive tiles of an instance
   * @param inner iterations of the loops next to the tile
   * @param outer iterations of the loops around those
   * @param decided whether these are the loops, or divisors of them may still be moved outwards
   * @param first dimensions whose loop may be the first to move the tile
   * @param second dimension of the inner loop that is the second to move it, or -1 if any may be
   */
  double least(
      int t,
      int[] tile,
      int[] tiles,
      int[] step,
      int[] inner,
      int[] outer,
      boolean decided,
      DimensionSet first,
      int second) {
    if (problem.shape.plain[t] && !problem.boundingBoxes) {
      return problem.words[t];
    }
    int[][] axes = problem.shape.axisDimensions[t];
    double all = 1;
    int near = 0;
    for (int i = 0; i < axes.length; i++) {
      along[i] = overlaps[t][i].of(tile, tiles, step, inner, outer, decided, idle);
      all *= along[i].full;
      near += along[i].innerLoops;
    }
    if (problem.shape.plain[t]) {
      return all;
    }
    this.inner = inner;
    this.outer = outer;
    this.decided = decided;
    comesBack = comesBack(t);
    double least = all;
    double saved = 0;
    double back = 0;
    for (int i = 0; i < axes.length; i++) {
      for (int k = 0; axes[i].length > 1 && k < axes[i].length; k++) {
        int f = axes[i][k];
        boolean moves = near > 0 ? inner[f] > 1 && first.contains(f) : outer[f] > 1;
        double part = moves ? 1 : near > 0 ? mayBeFirst(t, f, first) : 0;
        if (part > 0) {
          double own = comesBack ? along[i].setBack[k] : 0;
          double words = startingWith(t, i, k, moves ? second : -1, near, all, own);
          least = moves ? Math.min(least, words) : least;
          saved = moves ? saved : Math.max(saved, part * (all - words));
          back = Math.max(back, own);
        }
      }
    }
    least = Math.max(0, least - saved);
    // Every word is fetched in every pass, unless some are still there from the pass before.
    return back > 0 ? least : Math.max(least, problem.words[t]);
  }

  /** Whether a loop that does not move the tensor may follow one that does, and reset it. */
  private boolean comesBack(int t) {
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(t, d) && (long) inner[d] * outer[d] > 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Fraction of the tiles whose instances idle in the loops that would be the first to move them,
   * if they have no other iteration, so that the loop over f is the first.
   *
   * @param first dimensions whose loop may be the first if no instance idles
   */
  private double mayBeFirst(int t, int f, DimensionSet first) {
    if ((long) inner[f] * outer[f] == 1) {
      return 0;
    }
    boolean far = inner[f] == 1;
    double part = far ? 1 : 0;
    for (int d = 0; d < problem.dims; d++) {
      if (d != f && inner[d] > 1 && problem.isRelevant(t, d)) {
        double vanishes = (decided ? inner[d] == 2 : inner[d] % 2 == 0) ? idle[d] : 0;
        if (far) {
          part = Math.min(part, vanishes);
        } else if (first.contains(d)) {
          part = Math.max(part, vanishes);
        }
      }
    }
    return part;
  }

  /**
   * Words if the loop over the k-th dimension of axis i is the first to move the tile.
   *
   * @param near number of the inner loops that move the tensor
   * @param returning how much is left if it is set back and a loop that does not move the tensor
   *     follows, else 0
   */
  private double startingWith(
      int t, int i, int k, int second, int near, double all, double returning) {
    int[][] axes = problem.shape.axisDimensions[t];
    int f = axes[i][k];
    boolean far = inner[f] == 1;
    double full = along[i].full;
    double count = along[i].count;
    double shared = along[i].nextStep[k];
    double rest = Math.max(nextLoops(t, i, k, second), far ? 0 : farLoops(i, axes.length));
    // A loop that does not move the tensor advances, which resets the loops inside.
    rest = Math.max(rest, returning);
    int loop = far ? outer[f] : inner[f];
    int fewest = decided ? loop : AxisOverlaps.shortest(loop);
    // Its outer loop may follow at once, or any other.
    boolean alone = decided && !far && outer[f] > 1 && near == 1;
    double run = rest > shared ? fewest : alone ? (double) loop * outer[f] : loop;
    double each = (1 - 1 / run) * shared + rest / run;
    double idles = idle[f];
    if (idles > 0 && run > 1 && rest > shared) {
      double less = (1 - 1 / (run - 1)) * shared + rest / (run - 1);
      each += idles * (less - each);
    }
    double credit = count * each;
    double cross = 0;
    for (int j = 0; j < axes.length; j++) {
      if (j != i && axes[j].length > 1) {
        double back = comesBack ? returning : along[i].setBack[k];
        double others = all / full / along[j].full;
        double runs = count / (idles > 0 ? Math.max(1, fewest - 1) : fewest);
        double both = runs * back * along[j].any * along[j].count * others;
        cross = Math.max(cross, back == 0 ? 0 : both);
      }
    }
    return (full - credit) * all / full - cross;
  }

  /**
   * Upper bound of the overlap along axis i when loops of the same level after that over its k-th
   * dimension advance.
   */
  private double nextLoops(int t, int i, int k, int second) {
    double most = along[i].nextLoops[k];
    int beside = second < 0 ? i : problem.shape.axisOf[t][second];
    if (along[i].isCrowded() || beside == i) {
      return most;
    }
    // Every loop after the first two resets the second one, too.
    AxisOverlaps.Entry other = along[beside];
    int at = overlaps[t][beside].position(second);
    return most * other.setBack[at] * other.count / other.full;
  }

  /** Upper bound of the overlap along axis i when outer loops advance, which resets all others. */
  private double farLoops(int i, int axes) {
    double part = along[i].farLoops;
    for (int j = 0; j < axes && part > 0; j++) {
      part *= j == i ? 1 : along[j].fractionKept;
    }
    return part;
  }
}
