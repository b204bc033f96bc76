package dance.simulate.count;

import java.util.Arrays;

/**
 * Words that enter a level whose tiles may overlap with their predecessors, in a nest without
 * partial tiles: every loop moves the tile by one vector. Mutable and reusable.
 */
final class SlidingTiles {
  private final CompiledEinsum shape;
  private final TileSizes tiles;
  private final long[] reset;
  private final long[] move;
  private final long[] firstMove;

  /** Elements of the tile along each sliding axis, once one of them moved: [axis]. */
  private final long[] size;

  /** Product of its elements along the other axes. */
  private long others;

  private CompiledMapping nest;
  private boolean boxes;
  private Contributions listener;

  SlidingTiles(CompiledEinsum shape, TileSizes tiles) {
    this.shape = shape;
    this.tiles = tiles;
    reset = new long[shape.maxAxes];
    move = new long[shape.maxAxes];
    firstMove = new long[shape.maxAxes];
    size = new long[shape.maxAxes];
  }

  void begin(CompiledMapping target, boolean boundingBoxes) {
    nest = target;
    boxes = boundingBoxes;
  }

  /** {@link Counter#listen}. */
  void listen(Contributions to) {
    listener = to;
  }

  /**
   * Words that one instance of a level receives: |tile| + Σ over the temporal loops outside of
   * (bound − 1) · (iterations of the loops around) · (|tile| − overlap).
   *
   * @param words words of the tile
   * @param iterations of all temporal loops outside the level
   * @param around iterations of the temporal loops outside each loop: [loop]
   * @throws ArithmeticException if there are more than 2⁶³ − 1
   */
  long entering(int t, int inner, long words, long iterations, long[] around) {
    int[] axisOf = shape.axisOf[t];
    // Tiles along an axis of one dimension share no words: only a listener needs their moves.
    int[] sliding = listener == null ? shape.sums[t] : shape.axes[t];
    for (int a : sliding) {
      reset[a] = 0;
    }
    long total = Math.multiplyExact(words, iterations);
    if (listener != null) {
      listener.first(words);
    }
    long summed = shape.summed[t];
    boolean moved = false;
    for (int i = nest.start[inner] - 1; i >= 0; i--) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        continue;
      }
      int d = nest.dimension[i];
      int axis = axisOf[d];
      if (listener == null && axis >= 0 && (shape.bit[d] & summed) == 0) {
        // For this and the outer loops the overlap is 0.
        break;
      }
      long times = (nest.bound[i] - 1) * around[i];
      long step = axis < 0 ? 0 : shape.coefficientOf[t][d] * nest.stride[i];
      boolean still = true;
      for (int a : sliding) {
        move[a] = (a == axis ? step : 0) - reset[a];
        still &= move[a] == 0;
      }
      long shared = words;
      boolean credited = true;
      if (!still) {
        if (!moved) {
          moved = true;
          measure(t, sliding, inner, words);
        }
        credited = !boxes || Arrays.equals(move, firstMove);
        shared = credited ? overlap(t, sliding, inner) : 0;
      }
      total -= times * shared;
      if (listener != null) {
        boolean lost = !credited && overlap(t, sliding, inner) > 0;
        listener.advance(i, times, words, shared, move, !lost);
      }
      if (axis >= 0) {
        reset[axis] += (nest.bound[i] - 1) * step;
      }
    }
    return total;
  }

  /** Measures a tile that moves for the first time. */
  private void measure(int t, int[] sliding, int level, long words) {
    long product = 1;
    for (int a : sliding) {
      size[a] = tiles.axis(t, a, tiles.extents[level]);
      product *= size[a];
    }
    others = words / product;
    if (boxes) {
      System.arraycopy(move, 0, firstMove, 0, move.length);
    }
  }

  private long overlap(int t, int[] sliding, int level) {
    long shared = others;
    for (int a : sliding) {
      shared *= move[a] == 0 ? size[a] : tiles.overlap(t, a, tiles.extents[level], move[a]);
    }
    return shared;
  }
}
