package dance.simulate;

import java.util.Arrays;

/**
 * The instances of a level where last tiles are partial, dimension by dimension.
 *
 * <p>The instances below a spatial loop then differ: those beyond the last tile make one visit
 * less, one of them ends with a partial tile. For one dimension there are only a few such
 * <em>classes</em> of instances, found by walking the digits of the last tile's index through the
 * loops. An instance of a class sees a plain temporal nest of {@code visits} tiles, all full but
 * perhaps the last.
 */
final class InstanceClasses {
  /** More classes than this no dimension has. */
  static final int MOST = 2 * CompiledMapping.MOST_SPATIAL_LOOPS + 2;

  private final CompiledEinsum shape;
  private CompiledMapping nest;

  /** Instances of each class: [dimension][class]. */
  final long[][] multiplicity;

  /** Tiles that an instance of the class visits: [dimension][class]. */
  final long[][] visits;

  /** Extent of the last of them: [dimension][class]. */
  final long[][] lastExtent;

  /** Number of classes: [dimension]. */
  final int[] number;

  /** Extent of a full tile: [dimension]. */
  final long[] tileExtent;

  InstanceClasses(CompiledEinsum shape) {
    this.shape = shape;
    int dims = shape.dimensions;
    multiplicity = new long[dims][MOST];
    visits = new long[dims][MOST];
    lastExtent = new long[dims][MOST];
    number = new int[dims];
    tileExtent = new long[dims];
  }

  void begin(CompiledMapping target) {
    nest = target;
  }

  /** Sets the tile to that of a level, or of a MAC unit; call it before {@link #classify}. */
  void measure(int level) {
    Arrays.fill(tileExtent, 1);
    for (int i = nest.start[level]; i < nest.size; i++) {
      tileExtent[nest.dimension[i]] *= nest.bound[i];
    }
  }

  /** Indices of a dimension that the counted instances meet, summed over the instances. */
  long points(int d) {
    long sum = 0;
    for (int c = 0; c < number[d]; c++) {
      long each = (visits[d][c] - 1) * tileExtent[d] + lastExtent[d][c];
      sum += multiplicity[d][c] * each;
    }
    return sum;
  }

  /** Instances of a dimension that work at some time. */
  long active(int d) {
    long sum = 0;
    for (int c = 0; c < number[d]; c++) {
      sum += multiplicity[d][c];
    }
    return sum;
  }

  /**
   * Finds the classes of the instances of level {@code inner} along a dimension: spatial loops of
   * levels {@code from} to {@code until} (exclusive) count all their indices, the others only index
   * 0, which stands for all that share its accesses.
   */
  void classify(int d, int inner, int from, int until) {
    int outside = nest.start[inner];
    int freeFrom = nest.start[from];
    int freeUntil = nest.start[until];
    long extent = tileExtent[d];
    long last = (shape.bounds[d] - 1) / extent;
    long partial = shape.bounds[d] - last * extent;
    long before = 0;
    long after = 1;
    long instancesAfter = 1;
    for (int i = 0; i < outside; i++) {
      if (nest.dimension[i] == d) {
        if (nest.kind[i] == CompiledMapping.TEMPORAL) {
          after *= nest.bound[i];
        } else if (i >= freeFrom && i < freeUntil) {
          instancesAfter *= nest.bound[i];
        }
      }
    }
    number[d] = 0;
    for (int i = 0; i < outside; i++) {
      if (nest.dimension[i] != d) {
        continue;
      }
      long b = nest.bound[i];
      long digit = last / (nest.stride[i] / extent) % b;
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        before = before * b + digit;
        after /= b;
      } else if (i >= freeFrom && i < freeUntil) {
        instancesAfter /= b;
        addClass(d, digit * instancesAfter, (before + 1) * after, extent);
        addClass(d, (b - 1 - digit) * instancesAfter, before * after, extent);
      } else if (digit > 0) {
        addClass(d, instancesAfter, (before + 1) * after, extent);
        return;
      }
    }
    addClass(d, 1, before + 1, partial);
  }

  private void addClass(int d, long instances, long tiles, long last) {
    if (instances == 0 || tiles == 0) {
      return;
    }
    for (int c = 0; c < number[d]; c++) {
      if (visits[d][c] == tiles && lastExtent[d][c] == last) {
        multiplicity[d][c] += instances;
        return;
      }
    }
    int c = number[d]++;
    multiplicity[d][c] = instances;
    visits[d][c] = tiles;
    lastExtent[d][c] = last;
  }
}
