package dance.simulate.mapper;

import java.util.Arrays;

/**
 * Lower bound of the fraction of a sliding tile that is new when it moves, by the loops that move
 * it first.
 *
 * <p>Of the visits of tiles, all but one in f are steps of the first loop that moves the tensor, of
 * f iterations: it shifts the tile by one step. Any other loop that advances sets back those
 * inside, or carries over to their own continuation outside, so that a tile is shifted along the
 * axis of the first loop in any case if no other dimension moves it along this axis. Loops of which
 * the order is not prescribed may be the first, any of them; the least counts. An instance that
 * idles in the last round has one iteration less.
 */
final class MovedFraction {
  /** Loops whose order is tried. */
  private static final int MOST_LOOPS = 3;

  private final MappingCosts problem;

  /** How far loops inside are set back: [axis]. */
  private final long[] back;

  /** Whether some loop moves the tensor. */
  private boolean moved;

  // The arguments of least.
  private int t;
  private int[] tile;
  private int[] step;
  private int[] count;
  private double[] idle;
  private int[] order;

  /** Loops before this one leave the tile stationary. */
  private int first;

  private int fixed;
  private int[] factor;

  /** Loops inside of the one that advances. */
  private DimensionSet done;

  private double generic;

  private final NestFractions nests;

  /** What is known of loops outside of these, or null. */
  private NestFractions.Table outside;

  private final int[] inside;

  MovedFraction(MappingCosts problem) {
    this.problem = problem;
    back = new long[problem.dims + 1];
    nests = new NestFractions(problem);
    inside = new int[problem.dims];
  }

  /** Whether every tile is a full one along the axes that slide. */
  static boolean isFull(MappingCosts problem, int t, int[] tile) {
    for (int[] axis : problem.shape.axisDimensions[t]) {
      for (int d : axis) {
        if (axis.length > 1 && problem.bounds[d] % tile[d] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The fraction for all visits.
   *
   * @param partial before the loops
   * @param tile extents of the tile that no loop inside has moved
   * @param order of the loops, innermost first; some may leave the tile stationary at first
   * @param fixed loops of which the order is prescribed
   * @param factor iterations: [dimension]
   * @param unrolled dimensions that an array outside may unroll
   * @param any the fraction for any loops
   */
  double least(
      PartialMapping partial,
      int t,
      int[] tile,
      int[] order,
      int fixed,
      int[] factor,
      DimensionSet unrolled,
      double any) {
    begin(t, tile, partial.extent, partial.count, partial.idle, any);
    outside = nests(unrolled);
    outside = idleAlong() > 0 ? null : outside;
    this.order = order;
    this.fixed = fixed;
    this.factor = factor;
    done = DimensionSet.NONE;
    first = 0;
    while (first < order.length && problem.shape.axisOf[t][order[first]] < 0) {
      first++;
    }
    return Math.max(any, from(first, MOST_LOOPS));
  }

  /** The fraction for the visits when the loops from the i-th on advance. */
  private double from(int i, int depth) {
    if (i < fixed) {
      return next(order[i], i + 1, depth);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int k = Math.max(fixed, first); k < order.length && depth > 0; k++) {
      int d = order[k];
      boolean stays = problem.shape.axisOf[t][d] < 0 && !moved;
      if (!done.contains(d) && !stays) {
        least = Math.min(least, next(d, fixed, depth - 1));
      }
    }
    return least == Double.POSITIVE_INFINITY ? outside() : Math.max(least, generic);
  }

  /** The fraction if the loop over a dimension is the next one. */
  private double next(int d, int i, int depth) {
    int f = factor[d];
    int axis = problem.shape.axisOf[t][d];
    double steps = 1 - kept(d, axis);
    boolean before = moved;
    done = done.with(d);
    if (axis >= 0) {
      back[axis] += (f - 1) * shift(d);
      moved = true;
    }
    double rest = from(i, depth);
    if (axis >= 0) {
      back[axis] -= (f - 1) * shift(d);
    }
    moved = before;
    done = done.without(d);
    return ofRun(d, f, steps, rest);
  }

  /** Those of all nests, if the steps of the loops that slide the tile are known, or null. */
  private NestFractions.Table nests(DimensionSet unrolled) {
    for (int d = 0; d < problem.dims; d++) {
      if (unrolled.contains(d) && slides(d)) {
        return null;
      }
    }
    return nests.of(t, tile, step, count);
  }

  /**
   * The fraction for instances that idle in the last round along sliding dimensions. In the second
   * of two rounds, a loop over the dimension is none to them; that they keep their tile for a loop
   * that does not move the tensor is bounded elsewhere, by the fraction for any loops.
   */
  private double ofIdle(double any) {
    DimensionSet mayIdle = DimensionSet.NONE;
    for (int d = 0; d < problem.dims; d++) {
      boolean idles = slides(d) && idle[d] > 0;
      boolean other = problem.shape.axisOf[t][d] < 0;
      if (idles && count[d] != 2 || other && count[d] > 1) {
        return any;
      }
      mayIdle = idles ? mayIdle.with(d) : mayIdle;
    }
    double least = 1;
    int[] all = count;
    for (DimensionSet without : mayIdle.subsets()) {
      count = all.clone();
      for (int d = 0; d < problem.dims; d++) {
        count[d] = without.contains(d) ? 1 : count[d];
      }
      NestFractions.Table table = nests.of(t, tile, step, count);
      least = Math.min(least, table == null ? any : table.least());
    }
    count = all;
    return least;
  }

  /** Whether loops over a dimension may leave a part of the tile. */
  private boolean slides(int d) {
    return count[d] > 1 && problem.slides(t, d);
  }

  /** Fraction of the visits by instances that idle in the last round along a sliding dimension. */
  private double idleAlong() {
    double part = 0;
    for (int d = 0; d < problem.dims && idle != null; d++) {
      part += slides(d) ? idle[d] * (count[d] - 1) : 0;
    }
    return Math.min(1, part);
  }

  /** The fraction when loops outside of those advance. */
  private double outside() {
    if (outside != null) {
      for (int d = 0; d < problem.dims; d++) {
        inside[d] = done.contains(d) ? factor[d] : 1;
      }
      return Math.max(generic, outside.outside(inside));
    }
    double kept = 1;
    for (int a = 0; a < problem.shape.axisDimensions[t].length; a++) {
      long common = 0;
      for (int d : problem.shape.axisDimensions[t][a]) {
        int own = done.contains(d) ? factor[d] : 1;
        common = count[d] > own ? TileGeometry.gcd(own * shift(d), common) : common;
      }
      kept *= common == 0 ? overlap(a, -back[a]) : most(a, -back[a], common, true);
    }
    return Math.max(generic, 1 - kept);
  }

  /**
   * The fraction for all visits if no loop outside of the tile is decided: any may be the first,
   * with the least number of iterations.
   *
   * @param tile extents
   * @param step distances of successive tiles
   * @param count tiles along each dimension
   * @param idle fraction of the tiles whose instances idle in the last round, or null if none does
   * @param unrolled dimensions that an array outside may unroll, which makes their steps longer
   * @param unknown dimensions along which instances may yet idle
   * @param any the fraction for any loops
   */
  double least(
      int t,
      int[] tile,
      int[] step,
      int[] count,
      double[] idle,
      DimensionSet unrolled,
      DimensionSet unknown,
      double any) {
    begin(t, tile, step, count, idle, any);
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < problem.dims; d++) {
      int axis = problem.shape.axisOf[t][d];
      if (axis >= 0 && count[d] > 1) {
        int f = AxisOverlaps.shortest(count[d]);
        boolean known = !unknown.contains(d);
        double steps = 1 - (unrolled.contains(d) ? most(axis, 0, shift(d), false) : kept(d, axis));
        least = Math.min(least, known ? ofRun(d, f, steps, after(d)) : any);
      }
    }
    least = least == Double.POSITIVE_INFINITY ? any : Math.max(least, any);
    NestFractions.Table all = least < 1 ? nests(unrolled) : null;
    if (all != null) {
      double part = idleAlong();
      double rest = part == 0 ? 0 : Math.min(all.least(), ofIdle(any));
      least = Math.max(least, (1 - part) * all.least() + part * rest);
    }
    return least;
  }

  private void begin(
      int tensor, int[] extents, int[] steps, int[] counts, double[] idleParts, double any) {
    t = tensor;
    tile = extents;
    step = steps;
    count = counts;
    idle = idleParts;
    // On the average of all visits, one that returns follows one that does not.
    generic = problem.tiles.mayReturn(tensor, steps, counts) ? 0 : any;
    Arrays.fill(back, 0);
    moved = false;
  }

  /** The fraction for visits of which a run of f are steps of one loop, but for the first. */
  private double ofRun(int d, int f, double steps, double first) {
    double full = (1 - 1.0 / f) * steps + first / f;
    double part = idle(d, f);
    if (part == 0) {
      return full;
    }
    int shorter = f - 1;
    double less = (1 - 1.0 / shorter) * steps + generic / shorter;
    return (1 - part) * full + part * Math.min(full, less);
  }

  /** Fraction of the visits that are in a run of a loop that is shorter by an idle instance. */
  private double idle(int d, int f) {
    return idle == null ? 0 : Math.min(1, idle[d] * (f - 1));
  }

  /** The fraction when another loop than this one advances, if it is the first. */
  private double after(int own) {
    int a = problem.shape.axisOf[t][own];
    for (int d : problem.shape.axisDimensions[t][a]) {
      if (d != own && count[d] > 1) {
        return generic;
      }
    }
    // It is set back, or continues outside.
    return Math.max(generic, 1 - most(a, 0, shift(own), false));
  }

  /**
   * The fraction of a tile that stays when the loop over a dimension advances, and those inside are
   * set back.
   */
  private double kept(int d, int axis) {
    double kept = 1;
    for (int a = 0; a < problem.shape.axisDimensions[t].length; a++) {
      kept *= overlap(a, (a == axis ? shift(d) : 0) - back[a]);
    }
    return kept;
  }

  private long shift(int d) {
    return (long) problem.shape.coefficientOf[t][d] * step[d];
  }

  /** The fraction of a tile along an axis that is still there after a shift. */
  private double overlap(int a, long shift) {
    if (shift == 0) {
      return 1;
    }
    return shared(a, shift) / shared(a, 0);
  }

  /**
   * The greatest fraction of a tile along an axis that is still there after a shift, or one that
   * differs from it by a multiple of some distance; without one by 0 unless that counts.
   */
  private double most(int a, long shift, long multiple, boolean zero) {
    long rest = Math.floorMod(shift, multiple);
    if (rest == 0 && zero) {
      return 1;
    }
    double size = shared(a, 0);
    long box = problem.tiles.box(t, a, tile);
    double most = 0;
    for (long s = rest == 0 ? multiple : rest; s < box; s += multiple) {
      most = Math.max(most, shared(a, s));
      if (size == box) {
        break;
      }
    }
    for (long s = multiple - rest; s < box; s += multiple) {
      most = Math.max(most, shared(a, s));
      if (size == box) {
        break;
      }
    }
    return most / size;
  }

  private double shared(int a, long shift) {
    return problem.tiles.shared(t, a, tile, shift);
  }
}
