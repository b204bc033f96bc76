package dance.simulate.mapper;

import dance.simulate.count.AffineSets;
import dance.simulate.count.CompiledEinsum;

/** Words of tiles by their extents, and of what is new when they move. */
final class TileGeometry {
  /** Distinct words of each tensor. */
  final double[] distinctWords;

  private final CompiledEinsum shape;
  private final int[] bounds;

  /** Whether gaps of a tile count, as in TIMELOOP accounting. */
  private final boolean boundingBoxes;

  private final long[] extents;

  TileGeometry(CompiledEinsum shape, boolean boundingBoxes) {
    this.shape = shape;
    this.boundingBoxes = boundingBoxes;
    bounds = shape.bounds;
    extents = new long[Math.max(1, shape.maxTerms)];
    distinctWords = new double[shape.tensors];
    for (int t = 0; t < distinctWords.length; t++) {
      distinctWords[t] = 1;
      for (int a = 0; a < shape.axisDimensions[t].length; a++) {
        int[] axis = shape.axisDimensions[t][a];
        for (int i = 0; i < axis.length; i++) {
          extents[i] = bounds[axis[i]];
        }
        distinctWords[t] *= AffineSets.size(shape.axisCoefficients[t][a], extents, axis.length);
      }
    }
  }

  /** Whether tiles of some tensor overlap when they move. */
  boolean slide() {
    for (boolean plain : shape.plain) {
      if (!plain) {
        return true;
      }
    }
    return false;
  }

  /** Words of a tile with these extents. */
  double words(int t, int[] extent) {
    double product = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      clip(t, a, extent);
      product *= size(t, a);
    }
    return product;
  }

  /** Elements along an axis of a set with the extents in {@link #extents}. */
  private long size(int t, int a) {
    int[] c = shape.axisCoefficients[t][a];
    if (c.length == 0) {
      return 1;
    }
    if (c.length == 1 && !boundingBoxes) {
      return extents[0];
    }
    return boundingBoxes
        ? AffineSets.box(c, extents, c.length)
        : AffineSets.size(c, extents, c.length);
  }

  /**
   * Words of all tiles of a tensor with these extents and this number of tiles along each
   * dimension; each instance alone, without credit for overlap.
   */
  double allWords(int t, int[] extent, int[] count) {
    double product = 1;
    for (int d = 0; d < bounds.length; d++) {
      if (shape.axisOf[t][d] < 0) {
        product *= count[d];
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      product *= allElements(t, a, extent, count);
    }
    return product;
  }

  /** Elements of all tiles along one axis. */
  double allElements(int t, int a, int[] extent, int[] count) {
    int[] axis = shape.axisDimensions[t][a];
    if (axis.length == 0) {
      return 1;
    }
    if (axis.length == 1 && !(boundingBoxes && shape.axisCoefficients[t][a][0] > 1)) {
      return bounds[axis[0]];
    }
    double total = 0;
    for (int partial = 0; partial < 1 << axis.length; partial++) {
      double times = 1;
      for (int i = 0; i < axis.length; i++) {
        int d = axis[i];
        long last = bounds[d] - (long) (count[d] - 1) * extent[d];
        boolean isLast = (partial >> i & 1) == 1;
        extents[i] = isLast ? last : extent[d];
        times *= isLast ? 1 : count[d] - 1;
      }
      if (times > 0) {
        total += times * size(t, a);
      }
    }
    return total;
  }

  /**
   * Lower bound of the fraction of a tile that is new when it moves: 1 if tiles never overlap.
   *
   * @param extent of the tile
   * @param step distance of successive tiles
   * @param count tiles along each dimension; loops move it along those with more than one
   */
  double leastNew(int t, int[] extent, int[] step, int[] count) {
    double least = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] axis = shape.axisDimensions[t][a];
      if (axis.length < 2) {
        continue;
      }
      long common = 0;
      boolean moves = false;
      boolean full = true;
      for (int i = 0; i < axis.length; i++) {
        int d = axis[i];
        extents[i] = Math.min(extent[d], bounds[d]);
        full &= bounds[d] % extents[i] == 0;
        if (count[d] > 1) {
          moves = true;
          common = gcd((long) shape.axisCoefficients[t][a][i] * step[d], common);
        }
      }
      if (moves) {
        long size = size(t, a);
        long box = AffineSets.box(shape.axisCoefficients[t][a], extents, axis.length);
        long fresh = size == box || boundingBoxes ? Math.min(size, common) : 1;
        if (full && fresh == 1 && size > 1 && !boundingBoxes) {
          fresh = size - mostShared(shape.axisCoefficients[t][a], axis.length, common, box);
        }
        double share = (double) fresh / size;
        // A tile that returns to its place, such as row 2·0 + 2 = 2·1 + 0, fetches nothing; but it
        // must have moved away before.
        least = Math.min(least, mayReturn(t, a, step, count) ? share / 2 : share);
      }
    }
    return least;
  }

  /**
   * Elements along an axis that a tile shares with itself after a shift; all of them for none.
   *
   * @param tile extents
   */
  long shared(int t, int a, int[] tile, long shift) {
    int terms = clip(t, a, tile);
    int[] c = shape.axisCoefficients[t][a];
    boolean isApart = Math.abs(shift) >= AffineSets.box(c, extents, terms);
    return isApart ? 0 : AffineSets.overlap(c, extents, extents, shift, terms);
  }

  /** Elements along an axis of the smallest interval around a tile. */
  long box(int t, int a, int[] tile) {
    int terms = clip(t, a, tile);
    return AffineSets.box(shape.axisCoefficients[t][a], extents, terms);
  }

  /** Sets {@link #extents} along an axis to those of a tile; returns the number of dimensions. */
  private int clip(int t, int a, int[] extent) {
    int[] axis = shape.axisDimensions[t][a];
    for (int i = 0; i < axis.length; i++) {
      extents[i] = Math.min(extent[axis[i]], bounds[axis[i]]);
    }
    return axis.length;
  }

  /**
   * The most elements that a tile shares with itself after it moved by a multiple of a distance.
   */
  private long mostShared(int[] coefficients, int terms, long distance, long box) {
    long most = 0;
    for (long shift = distance; shift < box; shift += distance) {
      most = Math.max(most, AffineSets.overlap(coefficients, extents, extents, shift, terms));
    }
    return most;
  }

  /** Whether a tile may return to its place along an axis after it moved along it. */
  boolean mayReturn(int t, int[] step, int[] count) {
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      if (mayReturn(t, a, step, count)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayReturn(int t, int a, int[] distance, int[] count) {
    int[] axis = shape.axisDimensions[t][a];
    int moving = 0;
    long[] step = new long[2];
    int[] times = new int[2];
    for (int i = 0; i < axis.length; i++) {
      int d = axis[i];
      if (count[d] > 1) {
        if (moving == 2) {
          return true;
        }
        step[moving] = (long) shape.axisCoefficients[t][a][i] * distance[d];
        times[moving++] = count[d] - 1;
      }
    }
    if (moving < 2) {
      return false;
    }
    long common = step[0] / gcd(step[0], step[1]) * step[1];
    return common / step[0] <= times[0] && common / step[1] <= times[1];
  }

  static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
