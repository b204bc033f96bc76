package dance.simulate.count;

import java.util.BitSet;

/**
 * Sharing along an axis that several spatial loops move together, such as the rows of an input when
 * output rows and filter rows are unrolled over the array: instances whose indices have the same
 * sum need the same tile.
 *
 * <p>If the last tiles of such an axis are partial, the instances are enumerated, because those of
 * a diagonal may have worked for different times. The cost grows with the number of instances along
 * the axis, not with the number of tiles.
 */
final class Diagonals {
  private final CompiledEinsum shape;
  private final ListedInstances[] listed;
  private final SharedTiles tiles;
  private final int[] moment;
  private final int[] odometer;
  private int[] coefficients = new int[64];
  private long[] sizes = new long[64];
  private CompiledMapping nest;
  private int tensor;
  private int axis;
  private boolean boxes;

  /** Elements along the axis of all new tiles, shared ones counted once. */
  long all;

  /** Those of them that every instance with this tile held before. */
  long kept;

  Diagonals(CompiledEinsum shape) {
    this.shape = shape;
    listed = new ListedInstances[shape.maxTerms];
    for (int i = 0; i < listed.length; i++) {
      listed[i] = new ListedInstances();
    }
    tiles = new SharedTiles(shape.maxTerms);
    moment = new int[shape.maxTerms];
    odometer = new int[shape.maxTerms];
  }

  /**
   * The fraction of some words that remains when each position between two levels counts once; all
   * instances behave alike.
   *
   * @param words of all instances together
   */
  long shared(long words, CompiledMapping target, int t, int a, int outer, int inner) {
    if (sizes.length < target.size) {
      coefficients = new int[target.size];
      sizes = new long[target.size];
    }
    int terms = 0;
    long instances = 1;
    for (int i = target.start[outer]; i < target.start[inner]; i++) {
      int d = target.dimension[i];
      if (target.kind[i] != CompiledMapping.TEMPORAL && shape.axisOf[t][d] == a) {
        coefficients[terms] = Math.toIntExact(shape.coefficientOf[t][d] * target.stride[i]);
        sizes[terms++] = target.bound[i];
        instances *= target.bound[i];
      }
    }
    return words / instances * AffineSets.size(coefficients, sizes, terms);
  }

  /** Enumerates the instances between two levels along an axis. */
  void list(
      CompiledMapping target,
      int t,
      int a,
      int outer,
      int inner,
      long[] tileExtent,
      boolean boundingBoxes,
      boolean busiest) {
    nest = target;
    tensor = t;
    axis = a;
    boxes = boundingBoxes;
    int[] dims = shape.axisDimensions[t][a];
    for (int i = 0; i < dims.length; i++) {
      int d = dims[i];
      listed[i].list(nest, d, shape.bounds[d], outer, inner, tileExtent[d], busiest);
    }
  }

  /**
   * Sums the elements along the axis over the advances of a loop and the distinct tiles of each,
   * into {@link #all} and {@link #kept}.
   *
   * @param loop the loop that advances, or -1 for the first tiles
   */
  void measure(int loop) {
    int n = shape.axisDimensions[tensor][axis].length;
    boolean more = true;
    for (int i = 0; i < n; i++) {
      listed[i].splitAdvances(loop);
      moment[i] = 0;
      more &= listed[i].kinds > 0;
      if (more) {
        listed[i].advance(loop, listed[i].sample[0]);
      }
    }
    all = 0;
    kept = 0;
    while (more) {
      long times = times(n);
      collect(n);
      tiles.measure(boxes);
      all = Math.addExact(all, Math.multiplyExact(times, tiles.all));
      kept += times * tiles.kept;
      more = false;
      for (int i = 0; i < n && !more; i++) {
        more = ++moment[i] < listed[i].kinds;
        moment[i] = more ? moment[i] : 0;
        listed[i].advance(loop, listed[i].sample[moment[i]]);
      }
    }
  }

  /** Σ over all cycles of the distinct elements along the axis that the MACs need. */
  long visits() {
    int n = shape.axisDimensions[tensor][axis].length;
    for (int i = 0; i < n; i++) {
      listed[i].splitVisits();
      moment[i] = 0;
      listed[i].visit(listed[i].sample[0]);
    }
    long total = 0;
    for (boolean more = true; more; ) {
      collect(n);
      total = Math.addExact(total, Math.multiplyExact(times(n), tiles.size()));
      more = false;
      for (int i = 0; i < n && !more; i++) {
        more = ++moment[i] < listed[i].kinds;
        moment[i] = more ? moment[i] : 0;
        listed[i].visit(listed[i].sample[moment[i]]);
      }
    }
    return total;
  }

  private long times(int n) {
    long times = 1;
    for (int i = 0; i < n; i++) {
      times = Math.multiplyExact(times, listed[i].count[moment[i]]);
    }
    return times;
  }

  /** The distinct tiles of the working instances. */
  private void collect(int n) {
    int[] c = shape.axisCoefficients[tensor][axis];
    tiles.clear(c, listed);
    for (int i = 0; i < n; i++) {
      odometer[i] = 0;
    }
    for (boolean more = true; more; ) {
      tiles.add(odometer);
      more = false;
      for (int i = 0; i < n && !more; i++) {
        more = ++odometer[i] < listed[i].size;
        odometer[i] = more ? odometer[i] : 0;
      }
    }
  }

  /** Σ over the listed instances of the distinct elements along the axis that each touches. */
  long held(long[] tileExtent) {
    int[] dims = shape.axisDimensions[tensor][axis];
    int[] c = shape.axisCoefficients[tensor][axis];
    BitSet[][] touched = new BitSet[dims.length][];
    int total = 1;
    for (int i = 0; i < dims.length; i++) {
      int d = dims[i];
      touched[i] = new BitSet[listed[i].size];
      for (int x = 0; x < listed[i].size; x++) {
        BitSet set = new BitSet();
        for (long v = 0; v < listed[i].visits[x]; v++) {
          long from = listed[i].start(x, v);
          long to = Math.min(from + tileExtent[d], shape.bounds[d]);
          for (long e = from; e < to; e++) {
            set.set(Math.toIntExact(e * c[i]));
          }
        }
        touched[i][x] = set;
      }
      total *= listed[i].size;
    }
    long words = 0;
    for (int code = 0; code < total; code++) {
      int rest = code;
      BitSet sum = new BitSet();
      sum.set(0);
      for (BitSet[] sets : touched) {
        BitSet wider = new BitSet();
        BitSet add = sets[rest % sets.length];
        rest /= sets.length;
        for (int e = add.nextSetBit(0); e >= 0; e = add.nextSetBit(e + 1)) {
          for (int s = sum.nextSetBit(0); s >= 0; s = sum.nextSetBit(s + 1)) {
            wider.set(s + e);
          }
        }
        sum = wider;
      }
      words += sum.cardinality();
    }
    return words;
  }
}
