package dance.simulate.count;

import dance.simulate.count.InstanceClasses.Along;
import java.util.Arrays;

/**
 * Moves of the tiles of all {@linkplain InstanceClasses classes} of instances when one loop
 * advances: per dimension a few entries of identical moves. Since dimensions are independent, the
 * words of all tiles along an axis are a sum over the combinations of its dimensions' entries.
 *
 * <p>Loops are processed from the innermost outwards: only the moves along their own dimension
 * change.
 */
final class TileMoves {
  private final CompiledEinsum shape;
  private CompiledMapping nest;
  private Along[] instances;

  /** Number of such moves, over all instances: [dimension][entry]. */
  private final long[][] count;

  /** Extent of the tile after and before the move: [dimension][entry]. */
  private final long[][] newExtent;

  private final long[][] oldExtent;

  /** Displacement of the tile: [dimension][entry]. */
  private final long[][] shift;

  /** Number of entries: [dimension]. */
  private final int[] entries;

  /** Dimensions whose entries are needed, not only their sums. */
  private long listed;

  /** Moves along a dimension, over all instances: [dimension]. */
  final long[] moves;

  /** Elements along a dimension of all new tiles: [dimension]. */
  private final long[] elements;

  /** Moves by zero, and the elements of these tiles: [dimension]. */
  private final long[] rests;

  private final long[] restElements;

  /** Loops processed so far, their iterations and their displacement of the tile: [dimension]. */
  private final int[][] passed;

  private final int[] passedCount;
  private final long[] inside;
  private final long[] span;

  /** Whether the entries are those of a loop over another dimension that advances: [dimension]. */
  private final boolean[] rewound;

  private final long[] newSizes;
  private final long[] oldSizes;
  private final int[] odometer;

  /** Elements along the axis that was measured last of all new tiles. */
  long all;

  /** Those of them that the old tiles held too. */
  long kept;

  TileMoves(CompiledEinsum shape) {
    this.shape = shape;
    int dims = shape.dimensions;
    count = new long[dims][8];
    newExtent = new long[dims][8];
    oldExtent = new long[dims][8];
    shift = new long[dims][8];
    entries = new int[dims];
    moves = new long[dims];
    elements = new long[dims];
    rests = new long[dims];
    restElements = new long[dims];
    passed = new int[dims][16];
    passedCount = new int[dims];
    inside = new long[dims];
    span = new long[dims];
    rewound = new boolean[dims];
    newSizes = new long[shape.maxTerms];
    oldSizes = new long[shape.maxTerms];
    odometer = new int[shape.maxTerms];
  }

  /** Begins with the tiles of a tensor in these instances. No loop is processed yet. */
  void begin(CompiledMapping target, Along[] classes, int t) {
    nest = target;
    listed = shape.summed[t];
    instances = classes;
    for (int d : shape.moving) {
      passedCount[d] = 0;
      inside[d] = 1;
      span[d] = 0;
      rewound[d] = false;
    }
  }

  /** The first tile of every instance, without a predecessor. */
  void firstTiles() {
    for (int d : shape.moving) {
      clear(d);
      Along along = instances[d];
      for (int c = 0; c < along.number; c++) {
        boolean only = along.visits[c] == 1;
        add(d, along.multiplicity[c], only ? along.lastExtent[c] : along.extent, 0, 0);
      }
    }
  }

  /**
   * The moves when a loop advances, after all inner loops: along its own dimension to the next
   * tile, along others back to the first of the inner loops.
   */
  void advance(int loop) {
    int own = nest.dimension[loop];
    for (int d : shape.moving) {
      if (d != own && !rewound[d]) {
        rewind(d);
        rewound[d] = true;
      }
    }
    step(own, loop);
    rewound[own] = false;
  }

  private void step(int d, int loop) {
    Along along = instances[d];
    long within = inside[d];
    long full = along.extent;
    long move = nest.stride[loop] - span[d];
    long b = nest.bound[loop];
    clear(d);
    for (int c = 0; c < along.number; c++) {
      long times = along.multiplicity[c];
      long last = along.visits[c] - 1;
      long round = last / within;
      long steps = round - round / b;
      boolean endsHere = last > 0 && round * within == last && round % b != 0;
      add(d, times * (endsHere ? steps - 1 : steps), full, full, move);
      add(d, endsHere ? times : 0, along.lastExtent[c], full, move);
    }
  }

  /** Processes the next loop: from now on it is inside the advancing loop. */
  void pass(int loop) {
    int d = nest.dimension[loop];
    inside[d] *= nest.bound[loop];
    span[d] += (nest.bound[loop] - 1) * nest.stride[loop];
    if (passedCount[d] == passed[d].length) {
      passed[d] = Arrays.copyOf(passed[d], 2 * passedCount[d]);
    }
    passed[d][passedCount[d]++] = loop;
    rewound[d] = false;
  }

  /** The moves along a dimension when a loop over another one advances. */
  private void rewind(int d) {
    Along along = instances[d];
    long within = inside[d];
    long full = along.extent;
    clear(d);
    for (int c = 0; c < along.number; c++) {
      long times = along.multiplicity[c];
      long tiles = along.visits[c];
      long last = along.lastExtent[c];
      long before = (tiles - 1) / within;
      long rest = tiles - before * within;
      add(d, times * before, full, full, -span[d]);
      if (rest == 1) {
        add(d, times, last, last, 0);
      } else {
        add(d, times, full, last, -value(d, rest - 1));
      }
    }
  }

  /** Index along a dimension at the given iteration of the processed loops. */
  private long value(int d, long iteration) {
    if (iteration == inside[d] - 1) {
      return span[d];
    }
    long rest = iteration;
    long value = 0;
    for (int p = 0; rest > 0; p++) {
      int i = passed[d][p];
      long next = rest / nest.bound[i];
      value += (rest - next * nest.bound[i]) * nest.stride[i];
      rest = next;
    }
    return value;
  }

  private void clear(int d) {
    entries[d] = 0;
    moves[d] = 0;
    elements[d] = 0;
    rests[d] = 0;
    restElements[d] = 0;
  }

  private void add(int d, long times, long extentNow, long extentBefore, long move) {
    if (times == 0) {
      return;
    }
    moves[d] += times;
    if ((shape.bit[d] & listed) == 0) {
      elements[d] += times * extentNow;
      if (move == 0 && extentBefore > 0) {
        rests[d] += times;
        restElements[d] += times * extentNow;
      }
      return;
    }
    int n = entries[d];
    for (int e = 0; e < n; e++) {
      if (newExtent[d][e] == extentNow && oldExtent[d][e] == extentBefore && shift[d][e] == move) {
        count[d][e] += times;
        return;
      }
    }
    if (n == count[d].length) {
      count[d] = Arrays.copyOf(count[d], 2 * n);
      newExtent[d] = Arrays.copyOf(newExtent[d], 2 * n);
      oldExtent[d] = Arrays.copyOf(oldExtent[d], 2 * n);
      shift[d] = Arrays.copyOf(shift[d], 2 * n);
    }
    count[d][n] = times;
    newExtent[d][n] = extentNow;
    oldExtent[d][n] = extentBefore;
    shift[d][n] = move;
    entries[d]++;
  }

  /**
   * Sums the elements along an axis of a tensor over all moves, into {@link #all} and {@link
   * #kept}.
   */
  void measure(int t, int a, boolean boxes) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    int n = dims.length;
    if (n == 1) {
      // Tiles along a single dimension are disjoint: they hold the same elements or none in common.
      int d = dims[0];
      int gaps = boxes ? c[0] - 1 : 0;
      all = elements[d] + gaps * (elements[d] - moves[d]);
      kept = restElements[d] + gaps * (restElements[d] - rests[d]);
      return;
    }
    all = n == 0 ? 1 : 0;
    kept = all;
    boolean any = n > 0;
    for (int i = 0; i < n; i++) {
      odometer[i] = 0;
      any &= entries[dims[i]] > 0;
    }
    while (any) {
      long times = 1;
      long move = 0;
      for (int i = 0; i < n; i++) {
        int d = dims[i];
        int e = odometer[i];
        times = Math.multiplyExact(times, count[d][e]);
        newSizes[i] = newExtent[d][e];
        oldSizes[i] = oldExtent[d][e];
        move += c[i] * shift[d][e];
      }
      long words = boxes ? AffineSets.box(c, newSizes, n) : AffineSets.size(c, newSizes, n);
      long shared = 0;
      if (oldSizes[0] > 0) {
        shared =
            boxes
                ? AffineSets.intervals(AffineSets.box(c, oldSizes, n), words, move)
                : AffineSets.overlap(c, oldSizes, newSizes, move, n);
      }
      all = Math.addExact(all, Math.multiplyExact(times, words));
      kept += times * shared;
      int i = 0;
      while (i < n && ++odometer[i] == entries[dims[i]]) {
        odometer[i++] = 0;
      }
      any = i < n;
    }
  }
}
