package dance.simulate.mapper;

import dance.simulate.count.AffineSets;

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
  private final long[] extents;
  private final double[] full;
  private final double[] count;

  /** Fraction of the tiles whose instances idle in the last round: [dimension]; null if none. */
  private double[] idle;

  // The arguments of least.
  private int[] tile;
  private int[] step;
  private int[] inner;
  private int[] outer;
  private boolean decided;
  private boolean comesBack;

  SlidingWords(MappingCosts problem) {
    this.problem = problem;
    int axes = 1;
    for (int[][] of : problem.shape.axisDimensions) {
      axes = Math.max(axes, of.length);
    }
    extents = new long[Math.max(1, problem.shape.maxTerms)];
    full = new double[axes];
    count = new double[axes];
  }

  /**
   * Sets the fraction of the tiles whose instances idle in the last round: [dimension], or null.
   */
  void idle(double[] parts) {
    idle = parts;
  }

  private double idle(int d) {
    return idle == null ? 0 : idle[d];
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
   * @param first bit d: a loop over dimension d may be the first to move the tile
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
      long first,
      int second) {
    int[][] axes = problem.shape.axisDimensions[t];
    double all = 1;
    boolean near = false;
    for (int i = 0; i < axes.length; i++) {
      full[i] = problem.allTilesAlong(t, i, tile, tiles);
      all *= full[i];
      count[i] = 1;
      for (int d : axes[i]) {
        count[i] *= tiles[d];
        near |= inner[d] > 1;
      }
    }
    if (problem.shape.plain[t]) {
      return all;
    }
    this.tile = tile;
    this.step = step;
    this.inner = inner;
    this.outer = outer;
    this.decided = decided;
    comesBack = problem.tilesReturn() && comesBack(t);
    double least = all;
    double saved = 0;
    double back = 0;
    for (int i = 0; i < axes.length; i++) {
      for (int f : axes[i].length > 1 ? axes[i] : NONE) {
        boolean moves = near ? inner[f] > 1 && (first >> f & 1) != 0 : outer[f] > 1;
        double part = moves ? 1 : near && idle != null ? mayBeFirst(t, f, first) : 0;
        if (part > 0) {
          double own = comesBack ? setBack(t, i, f) : 0;
          double words = startingWith(t, i, f, moves ? second : -1, all, own);
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
      if (!problem.isRelevant(t, d) && total(d) > 1) {
        return true;
      }
    }
    return false;
  }

  private static final int[] NONE = {};

  /**
   * Fraction of the tiles whose instances idle in the loops that would be the first to move them,
   * if they have no other iteration, so that the loop over f is the first.
   *
   * @param first bit d: a loop over dimension d may be the first if no instance idles
   */
  private double mayBeFirst(int t, int f, long first) {
    if (total(f) == 1) {
      return 0;
    }
    boolean far = inner[f] == 1;
    double part = far ? 1 : 0;
    for (int d = 0; d < problem.dims; d++) {
      if (d != f && inner[d] > 1 && problem.isRelevant(t, d)) {
        double vanishes = (decided ? inner[d] == 2 : inner[d] % 2 == 0) ? idle(d) : 0;
        if (far) {
          part = Math.min(part, vanishes);
        } else if ((first >> d & 1) != 0) {
          part = Math.max(part, vanishes);
        }
      }
    }
    return part;
  }

  /**
   * Words if a loop over dimension f of axis i is the first to move the tile.
   *
   * @param returning its {@link #setBack} if a loop that does not move the tensor follows, else 0
   */
  private double startingWith(int t, int i, int f, int second, double all, double returning) {
    int[][] axes = problem.shape.axisDimensions[t];
    boolean far = inner[f] == 1;
    double shared = shared(t, i, Math.abs(shift(t, f, 1, f, 1)));
    double rest = Math.max(nextLoops(t, i, f, second), far ? 0 : farLoops(t, i, f));
    // A loop that does not move the tensor advances, which resets the loops inside.
    rest = Math.max(rest, returning);
    int loop = far ? outer[f] : inner[f];
    int fewest = decided ? loop : shortest(loop);
    boolean alone = decided && !far && outer[f] > 1;
    for (int[] axis : axes) {
      for (int d : axis) {
        alone &= d == f || inner[d] == 1;
      }
    }
    // Its outer loop may follow at once, or any other.
    double run = rest > shared ? fewest : alone ? (double) loop * outer[f] : loop;
    double each = (1 - 1 / run) * shared + rest / run;
    double idles = idle(f);
    if (idles > 0 && run > 1 && rest > shared) {
      double less = (1 - 1 / (run - 1)) * shared + rest / (run - 1);
      each += idles * (less - each);
    }
    double credit = count[i] * each;
    double cross = 0;
    for (int j = 0; j < axes.length; j++) {
      if (j != i && axes[j].length > 1) {
        double back = comesBack ? returning : setBack(t, i, f);
        double others = all / full[i] / full[j];
        double runs = count[i] / (idles > 0 ? Math.max(1, fewest - 1) : fewest);
        cross = Math.max(cross, back == 0 ? 0 : runs * back * any(t, j) * count[j] * others);
      }
    }
    return (full[i] - credit) * all / full[i] - cross;
  }

  /** Elements along an axis that a tile shares with itself, shifted. */
  private double shared(int t, int i, long shift) {
    int[] axis = problem.shape.axisDimensions[t][i];
    for (int k = 0; k < axis.length; k++) {
      extents[k] = Math.min(tile[axis[k]], problem.bounds[axis[k]]);
    }
    int[] c = problem.shape.axisCoefficients[t][i];
    return AffineSets.overlap(c, extents, extents, shift, axis.length);
  }

  /**
   * Overlap along axis i when dimension d advances by a step and m iterations of dimension e are
   * reset, or one less in an instance that idles in the last.
   */
  private double sharedReset(int t, int i, int d, int e, long m) {
    double whole = shared(t, i, Math.abs(shift(t, d, 1, e, m)));
    double part = m > 1 ? idle(e) : 0;
    return part == 0 ? whole : more(whole, part, shared(t, i, Math.abs(shift(t, d, 1, e, m - 1))));
  }

  /** An overlap if it is larger for a fraction of the tiles. */
  private static double more(double whole, double part, double larger) {
    return whole + part * Math.max(0, larger - whole);
  }

  /** Upper bound of the fraction of the tiles whose instances idle along an axis. */
  private double idleAlong(int[] axis) {
    double part = 0;
    for (int d : axis) {
      part += idle(d);
    }
    return Math.min(1, part);
  }

  /** Shift when dimension d advances by a step and m iterations of dimension e are reset. */
  private long shift(int t, int d, int advance, int e, long m) {
    long forward = (long) problem.shape.coefficientOf[t][d] * step[d] * advance;
    return forward - (m - 1) * problem.shape.coefficientOf[t][e] * step[e];
  }

  /** Smallest number of iterations of a loop that is split off another. */
  private static int shortest(int loop) {
    return loop > 1 ? Spatial.divisorsOf(loop)[1] : 1;
  }

  private long total(int d) {
    return (long) inner[d] * outer[d];
  }

  /** Dimensions of an axis that have loops. */
  private int moving(int[] axis) {
    int moving = 0;
    for (int d : axis) {
      moving += total(d) > 1 ? 1 : 0;
    }
    return moving;
  }

  /**
   * Upper bound of the overlap along axis i when loops of the same level after that over f advance.
   */
  private double nextLoops(int t, int i, int f, int second) {
    int[] axis = problem.shape.axisDimensions[t][i];
    if (moving(axis) > 2) {
      return shared(t, i, 0);
    }
    boolean near = inner[f] > 1;
    double most = 0;
    for (int g : axis) {
      if (g != f && (near ? inner[g] : outer[g]) > 1) {
        most = Math.max(most, mostShared(t, i, g, f, near ? inner[f] : outer[f], 2));
        if (!decided) {
          most = Math.max(most, mostShared(t, i, f, g, inner[g], 1));
        }
      }
    }
    int beside = second < 0 ? i : problem.shape.axisOf[t][second];
    // Every loop after the first two resets the second one, too.
    return beside == i ? most : most * setBack(t, beside, second) * count[beside] / full[beside];
  }

  /** Upper bound of the overlap along axis i when outer loops advance, which resets all others. */
  private double farLoops(int t, int i, int f) {
    int[][] axes = problem.shape.axisDimensions[t];
    double most = 0;
    for (int g : axes[i]) {
      if (outer[g] > 1 && moving(axes[i]) > 2) {
        most = shared(t, i, 0);
      } else if (outer[g] > 1) {
        boolean alone = true;
        for (int e : axes[i]) {
          if (e != g && total(e) > 1) {
            alone = false;
            most = Math.max(most, sharedReset(t, i, g, e, inner[e]));
            most = Math.max(most, sharedReset(t, i, g, e, total(e)));
          }
        }
        most = alone ? Math.max(most, shared(t, i, shift(t, g, 1, g, 1))) : most;
      }
    }
    double part = most;
    for (int j = 0; j < axes.length && part > 0; j++) {
      part *= j == i ? 1 : partKept(t, j);
    }
    return part;
  }

  /**
   * Upper bound of the fraction of a tile that remains along an axis when all near loops are reset.
   */
  private double partKept(int t, int j) {
    int[] axis = problem.shape.axisDimensions[t][j];
    long near = 0;
    long all = 0;
    int loops = 0;
    for (int d : axis) {
      loops += inner[d] > 1 ? 1 : 0;
      near += -shift(t, d, 0, d, inner[d]);
      all += -shift(t, d, 0, d, total(d));
    }
    if (loops == 0) {
      return 1;
    }
    if (axis.length == 1) {
      return inner[axis[0]] == 2 ? idle(axis[0]) : 0;
    }
    double whole = shared(t, j, 0);
    double kept =
        moving(axis) > 1 ? anyAtLeast(t, j, near) : Math.max(shared(t, j, near), shared(t, j, all));
    return more(kept, idleAlong(axis), whole) / whole;
  }

  /** Upper bound of the overlap along an axis at this shift or a longer one. */
  private double anyAtLeast(int t, int j, long shift) {
    double most = shared(t, j, shift);
    long box = box(t, j);
    for (long s = shift + 1; s < box; s++) {
      most = Math.max(most, shared(t, j, s));
    }
    return most;
  }

  /**
   * Upper bound of the overlap when d advances and e is reset, by its nearest loop, all its loops,
   * or none of them; by any part of its loops of {@code least} iterations or more unless they are
   * decided.
   */
  private double mostShared(int t, int i, int d, int e, int nearest, int least) {
    if (decided) {
      double most = Math.max(sharedReset(t, i, d, e, nearest), sharedReset(t, i, d, e, total(e)));
      return least == 1 ? Math.max(most, shared(t, i, Math.abs(shift(t, d, 1, e, 1)))) : most;
    }
    double most = 0;
    long box = shared(t, i, 0) == 0 ? 0 : box(t, i);
    for (int m : Spatial.divisorsOf((int) total(e))) {
      if (m < least) {
        continue;
      }
      most = Math.max(most, sharedReset(t, i, d, e, m));
      if (shift(t, d, 1, e, m - (idle(e) > 0 ? 1 : 0)) <= -box) {
        break;
      }
    }
    return most;
  }

  private long box(int t, int i) {
    return AffineSets.box(
        problem.shape.axisCoefficients[t][i], extents, problem.shape.axisDimensions[t][i].length);
  }

  /** Upper bound of the overlap along axis i when its loops, of which f is the first, are reset. */
  private double setBack(int t, int i, int f) {
    int[] axis = problem.shape.axisDimensions[t][i];
    double most;
    if (!decided && moving(axis) > 1) {
      // Parts of loops are reset, at least two iterations of f: by one step or more.
      most = anyAtLeast(t, i, Math.abs(shift(t, f, 1, f, 1)));
    } else {
      most = moving(axis) > 2 ? shared(t, i, 0) : setBackOfFew(t, i, f);
    }
    double part = idleAlong(axis);
    return part == 0 ? most : more(most, part, shared(t, i, 0));
  }

  /** The same where no instance idles and at most two loops move the axis. */
  private double setBackOfFew(int t, int i, int f) {
    int[] axis = problem.shape.axisDimensions[t][i];
    long all = inner[f] > 1 ? inner[f] : outer[f];
    long least = decided ? all : shortest((int) all);
    double most = 0;
    for (long m : new long[] {least, decided ? total(f) : least}) {
      long back = -shift(t, f, 0, f, m);
      most = Math.max(most, shared(t, i, back));
      for (int g : axis) {
        if (g != f && total(g) > 1) {
          most = Math.max(most, shared(t, i, back - shift(t, g, 0, g, inner[g])));
          most = Math.max(most, shared(t, i, back - shift(t, g, 0, g, total(g))));
        }
      }
    }
    return most;
  }

  /** Upper bound of the overlap along axis j when any of its loops advances. */
  private double any(int t, int j) {
    int[] axis = problem.shape.axisDimensions[t][j];
    double most = 0;
    int moving = moving(axis);
    if (moving > 2) {
      return shared(t, j, 0);
    }
    for (int d : axis) {
      if (total(d) > 1) {
        most = Math.max(most, shared(t, j, shift(t, d, 1, d, 1)));
        for (int e : axis) {
          if (e != d && total(e) > 1) {
            most = Math.max(most, mostShared(t, j, d, e, inner[e] > 1 ? inner[e] : outer[e], 1));
          }
        }
      }
    }
    return most;
  }
}
