package dance.simulate;

/**
 * How the tiles of all {@linkplain InstanceClasses classes} of instances move when one loop
 * advances: per dimension a few entries of alike moves. Since dimensions are independent, the words
 * of all tiles along an axis are a sum over the combinations of its dimensions' entries.
 */
final class TileMoves {
  private final CompiledEinsum shape;
  private final InstanceClasses instances;

  /** Number of such moves, over all instances: [dimension][entry]. */
  private final long[][] count;

  /** Extent of the tile after and before the move: [dimension][entry]. */
  private final long[][] newExtent;

  private final long[][] oldExtent;

  /** By how much the tile moves: [dimension][entry]. */
  private final long[][] shift;

  /** Number of entries: [dimension]. */
  private final int[] entries;

  private final long[] newSizes;
  private final long[] oldSizes;
  private final int[] odometer;

  TileMoves(CompiledEinsum shape, InstanceClasses instances) {
    this.shape = shape;
    this.instances = instances;
    int dims = shape.dimensions;
    int most = 2 * InstanceClasses.MOST;
    count = new long[dims][most];
    newExtent = new long[dims][most];
    oldExtent = new long[dims][most];
    shift = new long[dims][most];
    entries = new int[dims];
    newSizes = new long[shape.maxTerms];
    oldSizes = new long[shape.maxTerms];
    odometer = new int[shape.maxTerms];
  }

  /** The first tile of every instance: a move from nowhere. */
  void firstTiles() {
    for (int d = 0; d < shape.dimensions; d++) {
      entries[d] = 0;
      for (int c = 0; c < instances.number[d]; c++) {
        boolean only = instances.visits[d][c] == 1;
        long extent = only ? instances.lastExtent[d][c] : instances.tileExtent[d];
        addEntry(d, instances.multiplicity[d][c], extent, 0, 0);
      }
    }
  }

  /** The moves of all tiles inside {@code outside} when temporal loop {@code loop} advances. */
  void advance(CompiledMapping nest, int loop, int outside) {
    for (int d = 0; d < shape.dimensions; d++) {
      advance(nest, d, loop, outside);
    }
  }

  private void advance(CompiledMapping nest, int d, int loop, int outside) {
    entries[d] = 0;
    boolean own = nest.dimension[loop] == d;
    long inside = Digits.iterations(nest, d, loop + 1, outside);
    long full = instances.tileExtent[d];
    long span = Digits.value(nest, d, loop + 1, outside, inside - 1);
    for (int c = 0; c < instances.number[d]; c++) {
      long times = instances.multiplicity[d][c];
      long tiles = instances.visits[d][c];
      long last = instances.lastExtent[d][c];
      if (own) {
        long b = nest.bound[loop];
        long steps = (tiles - 1) / inside - (tiles - 1) / (inside * b);
        boolean endsHere = tiles > 1 && (tiles - 1) % inside == 0 && (tiles - 1) / inside % b != 0;
        long move = nest.stride[loop] - span;
        addEntry(d, times * (endsHere ? steps - 1 : steps), full, full, move);
        addEntry(d, endsHere ? times : 0, last, full, move);
      } else {
        long rounds = (tiles + inside - 1) / inside;
        long rest = tiles - (rounds - 1) * inside;
        addEntry(d, times * (rounds - 1), full, full, -span);
        if (rest == 1) {
          addEntry(d, times, last, last, 0);
        } else {
          long back = Digits.value(nest, d, loop + 1, outside, rest - 1);
          addEntry(d, times, full, last, -back);
        }
      }
    }
  }

  private void addEntry(int d, long times, long extentNow, long extentBefore, long move) {
    if (times == 0) {
      return;
    }
    int e = entries[d]++;
    count[d][e] = times;
    newExtent[d][e] = extentNow;
    oldExtent[d][e] = extentBefore;
    shift[d][e] = move;
  }

  /** Number of moves along a dimension, over all instances. */
  long count(int d) {
    long times = 0;
    for (int e = 0; e < entries[d]; e++) {
      times += count[d][e];
    }
    return times;
  }

  /**
   * Σ over all moves of the elements along an axis of a tensor: those of the new tiles, or those
   * that the old tiles held too.
   */
  long words(int t, int a, boolean overlap, boolean boxes) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    if (dims.length == 0) {
      return 1;
    }
    for (int i = 0; i < dims.length; i++) {
      odometer[i] = 0;
      if (entries[dims[i]] == 0) {
        return 0;
      }
    }
    long total = 0;
    while (true) {
      long times = 1;
      long move = 0;
      for (int i = 0; i < dims.length; i++) {
        int d = dims[i];
        int e = odometer[i];
        times = Math.multiplyExact(times, count[d][e]);
        newSizes[i] = newExtent[d][e];
        oldSizes[i] = oldExtent[d][e];
        move += c[i] * shift[d][e];
      }
      long words;
      if (boxes) {
        long box = AffineSets.box(c, newSizes, dims.length);
        long old = overlap ? AffineSets.box(c, oldSizes, dims.length) : 0;
        words = overlap ? AffineSets.intervals(old, box, move) : box;
      } else {
        words =
            overlap
                ? AffineSets.overlap(c, oldSizes, newSizes, move, dims.length)
                : AffineSets.size(c, newSizes, dims.length);
      }
      total = Math.addExact(total, Math.multiplyExact(times, words));
      int i = 0;
      while (i < dims.length && ++odometer[i] == entries[dims[i]]) {
        odometer[i++] = 0;
      }
      if (i == dims.length) {
        return total;
      }
    }
  }
}
