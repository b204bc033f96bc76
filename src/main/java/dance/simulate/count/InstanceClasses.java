package dance.simulate.count;

import java.util.Arrays;

/**
 * The instances of a level if last tiles are partial, dimension by dimension.
 *
 * <p>The instances below a spatial loop then differ: those beyond the last tile visit one tile
 * less, one of them ends with a partial tile. For one dimension there are only a few such
 * <em>classes</em> of instances, found by walking the digits of the last tile's index through the
 * loops. An instance of a class sees a plain temporal nest of {@code visits} tiles, all full but
 * perhaps the last.
 */
final class InstanceClasses {
  private final CompiledEinsum shape;
  private final int places;
  private final Along[] known;
  private CompiledMapping nest;
  private long nests;

  /** Loops over each dimension, outermost first: [dimension][any]. */
  private final int[][] loops;

  private final int[] loopCount;

  InstanceClasses(CompiledEinsum shape, int levels) {
    this.shape = shape;
    places = levels + 1;
    known = new Along[places * places * places * shape.dimensions];
    loops = new int[shape.dimensions][16];
    loopCount = new int[shape.dimensions];
  }

  /** The classes along one dimension. */
  static final class Along {
    private long nest;

    /** Extent of a full tile. */
    long extent;

    /** Number of classes. */
    int number;

    /** Instances of each class. */
    long[] multiplicity = new long[4];

    /** Tiles that an instance of the class visits. */
    long[] visits = new long[4];

    /** Extent of the last of them. */
    long[] lastExtent = new long[4];

    /** Instances that work at some time. */
    long active;

    /** Indices of the dimension that these instances process, summed over them. */
    long points;

    private void add(long instances, long tiles, long last) {
      if (instances == 0 || tiles == 0) {
        return;
      }
      active += instances;
      points += instances * ((tiles - 1) * extent + last);
      for (int c = 0; c < number; c++) {
        if (visits[c] == tiles && lastExtent[c] == last) {
          multiplicity[c] += instances;
          return;
        }
      }
      if (number == visits.length) {
        multiplicity = Arrays.copyOf(multiplicity, 2 * number);
        visits = Arrays.copyOf(visits, 2 * number);
        lastExtent = Arrays.copyOf(lastExtent, 2 * number);
      }
      multiplicity[number] = instances;
      visits[number] = tiles;
      lastExtent[number++] = last;
    }
  }

  /**
   * Reads the loops of a nest.
   *
   * @param known whether it differs from the one before in the order of loops only, so that the
   *     classes are the same
   */
  void begin(CompiledMapping target, boolean known) {
    nest = target;
    nests += known ? 0 : 1;
    Arrays.fill(loopCount, 0);
    for (int l = 0; l + 1 < places; l++) {
      for (int i = nest.start[l]; i < nest.start[l + 1]; i++) {
        int d = nest.dimension[i];
        if (loopCount[d] == loops[d].length) {
          loops[d] = Arrays.copyOf(loops[d], 2 * loopCount[d]);
        }
        loops[d][loopCount[d]++] = i;
      }
    }
  }

  /** Extents of a full tile of a level, or of a MAC unit, also beyond the bounds: [dimension]. */
  long[] extents(int level) {
    return nest.inside[level];
  }

  /**
   * The classes of the instances of level {@code inner} along a dimension: spatial loops of levels
   * {@code from} to {@code until} (exclusive) count all their indices, the others only index 0,
   * which stands for all that share its accesses.
   */
  Along along(int d, int inner, int from, int until) {
    int slot = ((inner * places + from) * places + until) * shape.dimensions + d;
    Along along = known[slot];
    if (along == null) {
      along = new Along();
      known[slot] = along;
    }
    if (along.nest != nests) {
      along.nest = nests;
      along.extent = nest.inside[inner][d];
      along.number = 0;
      along.active = 0;
      along.points = 0;
      classify(along, d, nest.start[inner], nest.start[from], nest.start[until]);
    }
    return along;
  }

  private void classify(Along along, int d, int outside, int freeFrom, int freeUntil) {
    int[] over = loops[d];
    int number = 0;
    long after = 1;
    long instancesAfter = 1;
    for (; number < loopCount[d] && over[number] < outside; number++) {
      int i = over[number];
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        after *= nest.bound[i];
      } else if (i >= freeFrom && i < freeUntil) {
        instancesAfter *= nest.bound[i];
      }
    }
    long extent = along.extent;
    int bound = shape.bounds[d];
    if (nest.extent[d] == bound) {
      along.add(instancesAfter, after, extent);
      return;
    }
    // Where the last tile starts, less the digits of the loops so far.
    long rest = (bound - 1) / extent * extent;
    long partial = bound - rest;
    long before = 0;
    for (int n = 0; n < number; n++) {
      int i = over[n];
      long b = nest.bound[i];
      long digit = rest / nest.stride[i];
      rest -= digit * nest.stride[i];
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        before = before * b + digit;
        after /= b;
      } else if (i >= freeFrom && i < freeUntil) {
        instancesAfter /= b;
        along.add(digit * instancesAfter, (before + 1) * after, extent);
        along.add((b - 1 - digit) * instancesAfter, before * after, extent);
      } else if (digit > 0) {
        along.add(instancesAfter, (before + 1) * after, extent);
        return;
      }
    }
    along.add(1, before + 1, partial);
  }
}
