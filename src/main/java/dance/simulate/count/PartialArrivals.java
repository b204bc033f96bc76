package dance.simulate.count;

import dance.simulate.count.InstanceClasses.Along;

/**
 * Words that enter instances whose last tiles are partial: a product over the axes for the first
 * tiles and for the advances of every loop.
 */
final class PartialArrivals {
  private final CompiledEinsum shape;
  private final InstanceClasses classes;
  private final TileMoves moves;
  private final ArrivalTerms terms;
  private final Diagonals[] diagonals;
  private CompiledMapping nest;
  private boolean boxes;
  private boolean busiest;
  private Contributions listener;

  /** Elements along each axis of all new tiles, and those that the old tiles held: [axis]. */
  private final long[] all;

  private final long[] kept;

  /** Axes whose elements were measured for other moves than those of the next loop. */
  private final boolean[] stale;

  /**
   * @param classes instances of the nest
   * @param diagonals one per axis
   */
  PartialArrivals(
      CompiledEinsum shape, int levels, InstanceClasses classes, Diagonals[] diagonals) {
    this.shape = shape;
    this.classes = classes;
    this.diagonals = diagonals;
    moves = new TileMoves(shape);
    int queries = query(shape.tensors - 1, levels, levels, true, levels) + 1;
    terms = new ArrivalTerms(shape, levels, queries);
    all = new long[shape.maxAxes];
    kept = new long[shape.maxAxes];
    stale = new boolean[shape.maxAxes];
  }

  /**
   * Begins a nest.
   *
   * @param known whether it differs from the one before in the order of loops only
   */
  void begin(CompiledMapping target, boolean boundingBoxes, boolean busiestOnly, boolean known) {
    terms.begin(known && busiest == busiestOnly);
    nest = target;
    boxes = boundingBoxes;
    busiest = busiestOnly;
  }

  /** {@link Counter#listen}. */
  void listen(Contributions to) {
    listener = to;
  }

  /**
   * Words of the first tiles plus those that the advances of every loop bring in, innermost loop
   * first.
   *
   * @param outer level whose instances below it share equal words; the inner one for no sharing
   * @param inner level that receives
   * @param sent whether the words that the outer level sends are counted, not those that all
   *     instances receive
   * @param along classes of the instances that are counted: [dimension]
   */
  long entering(int t, int outer, int inner, boolean sent, Along[] along) {
    boolean known = terms.look(query(t, outer, inner, sent, nest.levels), nest, inner);
    return known && listener == null ? terms.sum() : counted(t, outer, inner, along);
  }

  /** As {@link #entering}; terms that were looked up are not counted again but for a listener. */
  private long counted(int t, int outer, int inner, Along[] along) {
    long spread = nest.spread(outer, inner, shape.bit);
    moves.begin(nest, along, t);
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      if (isListed(t, a, spread)) {
        long[] extents = classes.extents(inner);
        diagonals[a].list(nest, t, a, outer, inner, extents, boxes, busiest);
      }
      stale[a] = true;
    }
    boolean knowsFirst = listener == null && terms.isFirstKnown();
    long total = knowsFirst ? terms.first() : firstTiles(t, outer, inner, spread);
    for (int i = nest.start[inner] - 1; i >= 0; i--) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        continue;
      }
      int axis = shape.axisOf[t][nest.dimension[i]];
      if (listener == null && terms.isKnown(i)) {
        total = Math.addExact(total, terms.term(i));
        if (axis >= 0) {
          stale[axis] = true;
        }
      } else {
        long words = advance(t, outer, inner, spread, i);
        terms.advance(i, words);
        total = Math.addExact(total, words);
      }
      if (listener != null || i > terms.outermost()) {
        moves.pass(i);
      }
    }
    return total;
  }

  /** Words of the first tiles. */
  private long firstTiles(int t, int outer, int inner, long spread) {
    moves.firstTiles();
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      measure(t, a, outer, inner, spread, -1);
    }
    long words = product(t, all);
    terms.first(words);
    if (listener != null) {
      listener.first(words);
    }
    return words;
  }

  /** Whether instances are enumerated along an axis: several of their loops share it. */
  private boolean isListed(int t, int a, long spread) {
    return shape.isSum(t, a, spread) && !nest.isPerfect(shape.bounds, shape.axisDimensions[t][a]);
  }

  /** Words that the advances of a loop bring in. */
  private long advance(int t, int outer, int inner, long spread, int loop) {
    int axis = shape.axisOf[t][nest.dimension[loop]];
    moves.advance(loop);
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      if (stale[a] || a == axis) {
        measure(t, a, outer, inner, spread, loop);
        stale[a] = a == axis;
      }
    }
    long entered = product(t, all);
    if (entered == 0) {
      return 0;
    }
    long held = product(t, kept);
    if (listener != null) {
      listener.advance(loop, entered, held);
    }
    return entered - held;
  }

  private static int query(int t, int outer, int inner, boolean sent, int levels) {
    return ((t * (levels + 1) + outer) * (levels + 1) + inner) * 2 + (sent ? 1 : 0);
  }

  /**
   * Sums the elements along an axis over all moves.
   *
   * @param loop the loop that advances; -1 for the first tiles
   */
  private void measure(int t, int a, int outer, int inner, long spread, int loop) {
    boolean sum = shape.isSum(t, a, spread);
    if (sum && isListed(t, a, spread)) {
      diagonals[a].measure(loop);
      all[a] = diagonals[a].all;
      kept[a] = diagonals[a].kept;
      return;
    }
    moves.measure(t, a, boxes);
    all[a] = moves.all;
    kept[a] = moves.kept;
    if (sum) {
      all[a] = diagonals[a].shared(moves.all, nest, t, a, outer, inner);
      kept[a] = diagonals[a].shared(moves.kept, nest, t, a, outer, inner);
    }
  }

  /** Product over the moves along other dimensions and the elements along the tensor's axes. */
  private long product(int t, long[] elements) {
    long total = 1;
    for (int a = 0; a < shape.axisDimensions[t].length && total != 0; a++) {
      total = Math.multiplyExact(total, elements[a]);
    }
    for (int d : shape.irrelevant[t]) {
      total = Math.multiplyExact(total, moves.moves[d]);
    }
    return total;
  }

  /**
   * Number of advances of a loop outside a level, for these instances: one of them, with all
   * indices 0, which works longest.
   */
  long advances(int loop, int inner, Along[] along) {
    moves.begin(nest, along, shape.output);
    for (int i = nest.start[inner] - 1; i > loop; i--) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        moves.pass(i);
      }
    }
    long times = 1;
    moves.advance(loop);
    for (int d : shape.moving) {
      times = Math.multiplyExact(times, moves.moves[d]);
    }
    return times;
  }
}
