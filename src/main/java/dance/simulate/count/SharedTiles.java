package dance.simulate.count;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The distinct tiles that enumerated instances need at the same time, along one axis, and the
 * elements that these instances held before. Mutable and reusable.
 */
final class SharedTiles {
  private static final int BUCKETS = 64;

  private int[] c;
  private ListedInstances[] listed;
  private int n;
  private int size;

  /** First element of each tile, and extents of its terms: [tile], [tile · n + term]. */
  private long[] starts = new long[16];

  private long[] extents = new long[32];

  /** Instances of the outer level to which its instances belong: [tile · n + term]. */
  private int[] groups = new int[32];

  /** Hash buckets: first tile of each bucket and next one of each tile, from 1 on; 0 is none. */
  private final int[] first = new int[BUCKETS];

  private int[] next = new int[16];

  /** First previous tile of each tile and next one of each, from 1 on. */
  private int[] heldBy = new int[16];

  private int[] nextHeld = new int[16];
  private int heldCount;

  /** Extents and moves of the previous tiles: [held · n + term], [held]. */
  private long[] heldExtents = new long[32];

  private long[] moves = new long[16];

  private final long[] extent;
  private final long[] before;

  /** Elements of all tiles. */
  long all;

  /** Those of them that all instances with this tile held before. */
  long kept;

  SharedTiles(int maxTerms) {
    extent = new long[maxTerms];
    before = new long[maxTerms];
  }

  /** Clears all tiles. */
  void clear(int[] coefficients, ListedInstances[] instances) {
    c = coefficients;
    listed = instances;
    n = c.length;
    size = 0;
    heldCount = 0;
    Arrays.fill(first, 0);
  }

  int size() {
    return size;
  }

  /** Adds the tile of a combination of instances, one of each dimension, if they all work. */
  void add(int[] x) {
    long start = 0;
    long move = 0;
    int hash = 0;
    for (int i = 0; i < n; i++) {
      ListedInstances one = listed[i];
      extent[i] = one.newExtent[x[i]];
      if (extent[i] == 0) {
        return;
      }
      start += c[i] * one.offset[x[i]];
      move += c[i] * one.shift[x[i]];
      before[i] = one.oldExtent[x[i]];
      hash = 31 * hash + one.group[x[i]];
    }
    int bucket = (31 * hash + (int) start) & BUCKETS - 1;
    int tile = first[bucket] - 1;
    while (tile >= 0 && !isTile(tile, start, x)) {
      tile = next[tile] - 1;
    }
    if (tile < 0) {
      tile = addTile(start, x);
      next[tile] = first[bucket];
      first[bucket] = tile + 1;
    }
    hold(tile, move);
  }

  private boolean isTile(int tile, long start, int[] x) {
    if (starts[tile] != start) {
      return false;
    }
    boolean alike = true;
    for (int i = 0; i < n; i++) {
      if (groups[tile * n + i] != listed[i].group[x[i]]) {
        return false;
      }
      alike &= extents[tile * n + i] == extent[i];
    }
    return alike || isSameSet(tile);
  }

  /** Whether tiles of different shapes have the same elements. */
  private boolean isSameSet(int tile) {
    long[] other = Arrays.copyOfRange(extents, tile * n, tile * n + n);
    long elements = AffineSets.size(c, extent, n);
    return elements == AffineSets.size(c, other, n)
        && elements == AffineSets.overlap(c, extent, other, 0, n);
  }

  private int addTile(long start, int[] x) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      next = Arrays.copyOf(next, 2 * size);
      heldBy = Arrays.copyOf(heldBy, 2 * size);
    }
    if ((size + 1) * n > extents.length) {
      extents = Arrays.copyOf(extents, 2 * (size + 1) * n);
      groups = Arrays.copyOf(groups, 2 * (size + 1) * n);
    }
    starts[size] = start;
    heldBy[size] = 0;
    for (int i = 0; i < n; i++) {
      extents[size * n + i] = extent[i];
      groups[size * n + i] = listed[i].group[x[i]];
    }
    return size++;
  }

  private void hold(int tile, long move) {
    for (int h = heldBy[tile] - 1; h >= 0; h = nextHeld[h] - 1) {
      if (moves[h] == move && Arrays.equals(heldExtents, h * n, h * n + n, before, 0, n)) {
        return;
      }
    }
    if (heldCount == moves.length) {
      moves = Arrays.copyOf(moves, 2 * heldCount);
      nextHeld = Arrays.copyOf(nextHeld, 2 * heldCount);
    }
    if ((heldCount + 1) * n > heldExtents.length) {
      heldExtents = Arrays.copyOf(heldExtents, 2 * (heldCount + 1) * n);
    }
    moves[heldCount] = move;
    System.arraycopy(before, 0, heldExtents, heldCount * n, n);
    nextHeld[heldCount] = heldBy[tile];
    heldBy[tile] = ++heldCount;
  }

  /** Sums the elements of all tiles, or of their bounding boxes. */
  void measure(boolean boxes) {
    all = 0;
    kept = 0;
    for (int tile = 0; tile < size; tile++) {
      System.arraycopy(extents, tile * n, extent, 0, n);
      long box = AffineSets.box(c, extent, n);
      long words = boxes ? box : AffineSets.size(c, extent, n);
      all = Math.addExact(all, words);
      kept += kept(tile, words, box, boxes);
    }
  }

  private long kept(int tile, long words, long box, boolean boxes) {
    boolean solid = boxes || words == box;
    long low = 0;
    long high = box;
    for (int h = heldBy[tile] - 1; h >= 0; h = nextHeld[h] - 1) {
      System.arraycopy(heldExtents, h * n, before, 0, n);
      if (before[0] == 0) {
        return 0;
      }
      long length = AffineSets.box(c, before, n);
      boolean alone = nextHeld[h] == 0 && h == heldBy[tile] - 1;
      if (!boxes && alone) {
        return AffineSets.overlap(c, before, extent, moves[h], n);
      }
      solid &= boxes || length == AffineSets.size(c, before, n);
      low = Math.max(low, -moves[h]);
      high = Math.min(high, length - moves[h]);
    }
    return solid ? Math.max(0, high - low) : common(tile);
  }

  /** Elements of a tile with gaps that were in all the tiles held before. */
  private long common(int tile) {
    BitSet shared = AffineSets.elements(c, extent, n);
    for (int h = heldBy[tile] - 1; h >= 0; h = nextHeld[h] - 1) {
      System.arraycopy(heldExtents, h * n, before, 0, n);
      BitSet old = AffineSets.elements(c, before, n);
      for (int e = shared.nextSetBit(0); e >= 0; e = shared.nextSetBit(e + 1)) {
        long at = e + moves[h];
        if (at < 0 || at > Integer.MAX_VALUE || !old.get((int) at)) {
          shared.clear(e);
        }
      }
    }
    return shared.cardinality();
  }
}
