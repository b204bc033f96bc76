package dance.simulate.mapper;

import dance.simulate.count.AffineSets;

/**
 * Along one axis of a tensor: what a tile may share with those before it, whatever happens along
 * the other axes. Most mappings have an axis in common with one before, so that the latest are
 * remembered.
 */
final class AxisOverlaps {
  /** Number of entries that are remembered, a power of two. */
  private static final int REMEMBERED = 1 << 10;

  private final MappingCosts problem;
  private final int tensor;
  private final int axis;
  private final int[] dims;
  private final int[] coefficients;
  private final long[] extents;
  private final Entry[] known = new Entry[REMEMBERED];

  // Those of the entry that is computed: [dimension].
  private int[] tile;
  private int[] step;
  private int[] inner;
  private int[] outer;
  private boolean decided;
  private double[] idle;

  /** Sizes and upper bounds of overlaps, in elements along the axis. */
  static final class Entry {
    private final int[] key;
    private final double[] idle;
    private final boolean decided;

    /** Elements of all tiles. */
    double full;

    /** Number of tiles. */
    double count = 1;

    /** Inner loops that move the tile. */
    int innerLoops;

    /** Dimensions that have loops. */
    int moving;

    /** Overlap when the loop over a dimension advances: [position in the axis]. */
    final double[] nextStep;

    /** When other loops next to a dimension's advance: [position in the axis]. */
    final double[] nextLoops;

    /** When the loops are reset, a dimension's first: [position in the axis]. */
    final double[] setBack;

    /** When loops of the outer level advance. */
    double farLoops;

    /** When any loop advances. */
    double any;

    /** Fraction of a tile that remains when all inner loops are reset. */
    double fractionKept;

    private Entry(int[] key, boolean decided, int dims) {
      this.key = key;
      this.decided = decided;
      idle = new double[dims];
      nextStep = new double[dims];
      nextLoops = new double[dims];
      setBack = new double[dims];
    }

    /** Whether a whole tile may be shared: more than two dimensions have loops. */
    boolean isCrowded() {
      return moving > 2;
    }
  }

  AxisOverlaps(MappingCosts problem, int tensor, int axis) {
    this.problem = problem;
    this.tensor = tensor;
    this.axis = axis;
    dims = problem.shape.axisDimensions[tensor][axis];
    coefficients = problem.shape.axisCoefficients[tensor][axis];
    extents = new long[dims.length];
  }

  /** Position of a dimension in the axis. */
  int position(int d) {
    int k = 0;
    while (dims[k] != d) {
      k++;
    }
    return k;
  }

  /** The entry of these tiles and loops, as in {@link SlidingWords#least}. */
  Entry of(
      int[] tile,
      int[] tiles,
      int[] step,
      int[] inner,
      int[] outer,
      boolean decided,
      double[] idle) {
    this.idle = idle;
    int hash = decided ? 1 : 0;
    for (int d : dims) {
      hash = 31 * hash + tile[d];
      hash = 31 * hash + tiles[d];
      hash = 31 * hash + step[d];
      hash = 31 * hash + inner[d];
      hash = 31 * hash + outer[d];
    }
    hash *= 0x9E3779B9;
    int place = hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(REMEMBERED);
    Entry entry = known[place];
    if (entry == null
        || entry.decided != decided
        || !isOf(entry, tile, tiles, step, inner, outer)) {
      entry = compute(tile, tiles, step, inner, outer, decided);
      known[place] = entry;
    }
    return entry;
  }

  private boolean isOf(Entry entry, int[] tile, int[] tiles, int[] step, int[] inner, int[] outer) {
    int[] key = entry.key;
    int at = 0;
    for (int d : dims) {
      if (entry.idle[at / 5] != idle[d]
          || key[at] != tile[d]
          || key[at + 1] != tiles[d]
          || key[at + 2] != step[d]
          || key[at + 3] != inner[d]
          || key[at + 4] != outer[d]) {
        return false;
      }
      at += 5;
    }
    return true;
  }

  private Entry compute(
      int[] tile, int[] tiles, int[] step, int[] inner, int[] outer, boolean decided) {
    int[] key = new int[5 * dims.length];
    int at = 0;
    for (int d : dims) {
      key[at++] = tile[d];
      key[at++] = tiles[d];
      key[at++] = step[d];
      key[at++] = inner[d];
      key[at++] = outer[d];
    }
    Entry entry = new Entry(key, decided, dims.length);
    for (int k = 0; k < dims.length; k++) {
      entry.idle[k] = idle[dims[k]];
    }
    this.tile = tile;
    this.step = step;
    this.inner = inner;
    this.outer = outer;
    this.decided = decided;
    entry.full = problem.tiles.allElements(tensor, axis, tile, tiles);
    for (int d : dims) {
      entry.count *= tiles[d];
      entry.innerLoops += inner[d] > 1 ? 1 : 0;
      entry.moving += total(d) > 1 ? 1 : 0;
    }
    for (int k = 0; k < dims.length; k++) {
      if (dims.length > 1 && total(dims[k]) > 1) {
        entry.nextStep[k] = shared(Math.abs(shift(dims[k], 1, dims[k], 1)));
        entry.nextLoops[k] = nextLoops(entry, dims[k]);
      }
      entry.setBack[k] = setBack(entry, dims[k]);
    }
    entry.fractionKept = fractionKept(entry);
    if (dims.length > 1) {
      entry.farLoops = farLoops(entry);
      entry.any = any(entry);
    }
    return entry;
  }

  /** Elements along the axis that a tile shares with itself, shifted. */
  private double shared(long shift) {
    for (int k = 0; k < dims.length; k++) {
      extents[k] = Math.min(tile[dims[k]], problem.bounds[dims[k]]);
    }
    return AffineSets.overlap(coefficients, extents, extents, shift, dims.length);
  }

  /**
   * Overlap when dimension d advances by a step and m iterations of dimension e are reset, or one
   * less in an instance that idles in the last.
   */
  private double sharedReset(int d, int e, long m) {
    double whole = shared(Math.abs(shift(d, 1, e, m)));
    double part = m > 1 ? idle[e] : 0;
    return part == 0 ? whole : more(whole, part, shared(Math.abs(shift(d, 1, e, m - 1))));
  }

  /** An overlap if it is larger for a fraction of the tiles. */
  private static double more(double whole, double part, double larger) {
    return whole + part * Math.max(0, larger - whole);
  }

  /** Upper bound of the fraction of the tiles whose instances idle along the axis. */
  private double idleAlong() {
    double part = 0;
    for (int d : dims) {
      part += idle[d];
    }
    return Math.min(1, part);
  }

  /** Shift when dimension d advances by a step and m iterations of dimension e are reset. */
  private long shift(int d, int advance, int e, long m) {
    int[] coefficientOf = problem.shape.coefficientOf[tensor];
    long forward = (long) coefficientOf[d] * step[d] * advance;
    return forward - (m - 1) * coefficientOf[e] * step[e];
  }

  /** Smallest number of iterations of a loop that is split off another. */
  static int shortest(int loop) {
    return loop > 1 ? Spatial.divisorsOf(loop)[1] : 1;
  }

  private long total(int d) {
    return (long) inner[d] * outer[d];
  }

  /** Upper bound of the overlap when loops of the same level after that over f advance. */
  private double nextLoops(Entry entry, int f) {
    if (entry.isCrowded()) {
      return shared(0);
    }
    boolean near = inner[f] > 1;
    double most = 0;
    for (int g : dims) {
      if (g != f && (near ? inner[g] : outer[g]) > 1) {
        most = Math.max(most, mostShared(g, f, near ? inner[f] : outer[f], 2));
        if (!decided) {
          most = Math.max(most, mostShared(f, g, inner[g], 1));
        }
      }
    }
    return most;
  }

  /** Upper bound of the overlap when outer loops advance, which resets all others. */
  private double farLoops(Entry entry) {
    double most = 0;
    for (int g : dims) {
      if (outer[g] > 1 && entry.isCrowded()) {
        most = shared(0);
      } else if (outer[g] > 1) {
        boolean alone = true;
        for (int e : dims) {
          if (e != g && total(e) > 1) {
            alone = false;
            most = Math.max(most, sharedReset(g, e, inner[e]));
            most = Math.max(most, sharedReset(g, e, total(e)));
          }
        }
        most = alone ? Math.max(most, shared(shift(g, 1, g, 1))) : most;
      }
    }
    return most;
  }

  /** Upper bound of the fraction of a tile that remains when all inner loops are reset. */
  private double fractionKept(Entry entry) {
    if (entry.innerLoops == 0) {
      return 1;
    }
    if (dims.length == 1) {
      return inner[dims[0]] == 2 ? idle[dims[0]] : 0;
    }
    long near = 0;
    long all = 0;
    for (int d : dims) {
      near += -shift(d, 0, d, inner[d]);
      all += -shift(d, 0, d, total(d));
    }
    double whole = shared(0);
    double kept = entry.moving > 1 ? anyAtLeast(near) : Math.max(shared(near), shared(all));
    return more(kept, idleAlong(), whole) / whole;
  }

  /** Upper bound of the overlap at this shift or a longer one. */
  private double anyAtLeast(long shift) {
    double most = shared(shift);
    long box = box();
    for (long s = shift + 1; s < box; s++) {
      most = Math.max(most, shared(s));
    }
    return most;
  }

  /**
   * Upper bound of the overlap when d advances and e is reset, by its nearest loop, all its loops,
   * or none of them; by any part of its loops of {@code least} iterations or more unless they are
   * decided.
   */
  private double mostShared(int d, int e, int nearest, int least) {
    if (decided) {
      double most = Math.max(sharedReset(d, e, nearest), sharedReset(d, e, total(e)));
      return least == 1 ? Math.max(most, shared(Math.abs(shift(d, 1, e, 1)))) : most;
    }
    double most = 0;
    long box = shared(0) == 0 ? 0 : box();
    for (int m : Spatial.divisorsOf((int) total(e))) {
      if (m < least) {
        continue;
      }
      most = Math.max(most, sharedReset(d, e, m));
      if (shift(d, 1, e, m - (idle[e] > 0 ? 1 : 0)) <= -box) {
        break;
      }
    }
    return most;
  }

  private long box() {
    return AffineSets.box(coefficients, extents, dims.length);
  }

  /** Upper bound of the overlap when the loops, of which f is the first, are reset. */
  private double setBack(Entry entry, int f) {
    double most;
    if (!decided && entry.moving > 1) {
      // Parts of loops are reset, at least two iterations of f: by one step or more.
      most = anyAtLeast(Math.abs(shift(f, 1, f, 1)));
    } else {
      most = entry.isCrowded() ? shared(0) : setBackOfFew(f);
    }
    double part = idleAlong();
    return part == 0 ? most : more(most, part, shared(0));
  }

  /** The same where no instance idles and at most two loops move the axis. */
  private double setBackOfFew(int f) {
    long all = inner[f] > 1 ? inner[f] : outer[f];
    long least = decided ? all : shortest((int) all);
    double most = 0;
    for (long m : new long[] {least, decided ? total(f) : least}) {
      long back = -shift(f, 0, f, m);
      most = Math.max(most, shared(back));
      for (int g : dims) {
        if (g != f && total(g) > 1) {
          most = Math.max(most, shared(back - shift(g, 0, g, inner[g])));
          most = Math.max(most, shared(back - shift(g, 0, g, total(g))));
        }
      }
    }
    return most;
  }

  /** Upper bound of the overlap when any of the loops advances. */
  private double any(Entry entry) {
    if (entry.isCrowded()) {
      return shared(0);
    }
    double most = 0;
    for (int d : dims) {
      if (total(d) > 1) {
        most = Math.max(most, shared(shift(d, 1, d, 1)));
        for (int e : dims) {
          if (e != d && total(e) > 1) {
            most = Math.max(most, mostShared(d, e, inner[e] > 1 ? inner[e] : outer[e], 1));
          }
        }
      }
    }
    return most;
  }
}
