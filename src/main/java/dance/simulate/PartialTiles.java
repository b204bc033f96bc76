package dance.simulate;

/**
 * The closed form for nests whose last tiles are partial.
 *
 * <p>The {@linkplain InstanceClasses instances} then differ in the tiles they visit. Since
 * dimensions are independent, counts are products over the axes of sums over classes of instances;
 * only where several spatial loops move one axis are the instances listed one by one ({@link
 * Diagonals}).
 */
final class PartialTiles {
  private final CompiledEinsum shape;
  private final InstanceClasses classes;
  private final TileMoves moves;
  private final Diagonals diagonals;
  private CompiledMapping nest;
  private boolean boxes;

  /** Whether only the instance with all indices 0, which works longest, is counted. */
  private boolean busiest;

  private Contributions listener;

  PartialTiles(CompiledEinsum shape) {
    this.shape = shape;
    classes = new InstanceClasses(shape);
    moves = new TileMoves(shape, classes);
    diagonals = new Diagonals(shape);
  }

  void begin(CompiledMapping target, boolean boundingBoxes, boolean busiestOnly) {
    nest = target;
    classes.begin(target);
    boxes = boundingBoxes;
    busiest = busiestOnly;
  }

  /** As {@link Counter#listen}. */
  void listen(Contributions to) {
    listener = to;
  }

  /** Cycles in which at least one MAC works: those of the instance with all indices 0. */
  long computeCycles() {
    classes.measure(nest.levels);
    long cycles = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classes.classify(d, nest.levels, 0, 0);
      long sum = 0;
      for (int c = 0; c < classes.number[d]; c++) {
        sum += classes.visits[d][c];
      }
      cycles = Math.multiplyExact(cycles, sum);
      if (listener != null) {
        listener.dimension(d, sum);
      }
    }
    return cycles;
  }

  /** Instances of a level that work at some time. */
  long instances(int level) {
    classes.measure(level);
    long product = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classes.classify(d, level, 0, level);
      long active = classes.active(d);
      product = Math.multiplyExact(product, active);
      if (listener != null) {
        listener.dimension(d, active);
      }
    }
    return product;
  }

  /** Words that all instances of a level receive, each for itself. */
  long received(int t, int inner) {
    classes.measure(inner);
    for (int d = 0; d < shape.dimensions; d++) {
      classes.classify(d, inner, busiest ? inner : 0, inner);
    }
    return entering(t, inner, inner);
  }

  /** Words that an outer level gives, instances that need the same tile sharing an access. */
  long shared(int t, int outer, int inner) {
    classes.measure(inner);
    boolean alone = isUnicast(t, outer, inner);
    for (int d = 0; d < shape.dimensions; d++) {
      boolean relevant = shape.axisOf[t][d] >= 0;
      classes.classify(d, inner, busiest ? outer : 0, alone || relevant ? inner : outer);
    }
    return entering(t, alone ? inner : outer, inner);
  }

  /** Words that the MACs ask of the innermost keeping level in all cycles. */
  long macAccesses(int t, int outer) {
    int inner = nest.levels;
    boolean alone = isUnicast(t, outer, inner);
    classes.measure(inner);
    long total = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      boolean relevant = shape.axisOf[t][d] >= 0;
      classes.classify(d, inner, busiest ? outer : 0, alone || relevant ? inner : outer);
      if (!relevant) {
        long points = classes.points(d);
        total = Math.multiplyExact(total, points);
        if (listener != null) {
          listener.dimension(d, points);
        }
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long words = 1;
      for (int d : shape.axisDimensions[t][a]) {
        words = Math.multiplyExact(words, classes.points(d));
      }
      if (!alone && isDiagonal(t, a, outer, inner)) {
        words =
            isPerfect(t, a)
                ? words
                    / instances(t, a, outer, inner)
                    * diagonals.positions(nest, t, a, outer, inner)
                : diagonals.visits(nest, t, a, outer, classes.tileExtent, busiest);
      }
      total = Math.multiplyExact(total, words);
      if (listener != null) {
        listener.axis(a, words);
      }
    }
    return total;
  }

  /** Distinct words of an output that the instances of a level ever hold, summed. */
  long held(int t, int level) {
    classes.measure(level);
    long total = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classes.classify(d, level, busiest ? level : 0, level);
      if (shape.axisOf[t][d] < 0) {
        long active = classes.active(d);
        total = Math.multiplyExact(total, active);
        if (listener != null) {
          listener.dimension(d, active);
        }
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] dims = shape.axisDimensions[t][a];
      long words = 1;
      if (dims.length == 1) {
        words = classes.points(dims[0]);
      } else if (dims.length > 1) {
        words = diagonals.held(nest, t, a, level, classes.tileExtent, busiest);
      }
      total = Math.multiplyExact(total, words);
      if (listener != null) {
        listener.axis(a, words);
      }
    }
    return total;
  }

  /**
   * How often a loop advances outside a level: as seen by the instance with all indices 0, which
   * works longest.
   */
  long advances(int loop, int inner) {
    classes.measure(inner);
    long times = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classes.classify(d, inner, 0, 0);
    }
    moves.advance(nest, loop, nest.start[inner]);
    for (int d = 0; d < shape.dimensions; d++) {
      times = Math.multiplyExact(times, moves.count(d));
    }
    return times;
  }

  private boolean isUnicast(int t, int outer, int inner) {
    for (int l = outer; l < inner; l++) {
      if ((nest.unicast[l] >> t & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether instances can meet in a tile of this axis by different indices. */
  private boolean isDiagonal(int t, int a, int outer, int inner) {
    if (outer == inner) {
      return false;
    }
    int moving = -1;
    for (int i = nest.start[outer]; i < nest.start[inner]; i++) {
      int d = nest.dimension[i];
      if (nest.kind[i] != CompiledMapping.TEMPORAL && shape.axisOf[t][d] == a) {
        if (moving >= 0 && moving != d) {
          return true;
        }
        moving = d;
      }
    }
    return false;
  }

  private boolean isPerfect(int t, int a) {
    for (int d : shape.axisDimensions[t][a]) {
      if (nest.extent[d] != shape.bounds[d]) {
        return false;
      }
    }
    return true;
  }

  /** Instances between two levels along the dimensions of an axis. */
  private long instances(int t, int a, int outer, int inner) {
    long product = 1;
    for (int i = nest.start[outer]; i < nest.start[inner]; i++) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL && shape.axisOf[t][nest.dimension[i]] == a) {
        product *= nest.bound[i];
      }
    }
    return product;
  }

  /** First tiles, and then for every loop what its advances bring in. */
  private long entering(int t, int outer, int inner) {
    int outside = nest.start[inner];
    moves.firstTiles();
    long total = product(t, outer, inner, -1, false);
    if (listener != null) {
      listener.first(total);
    }
    for (int i = 0; i < outside; i++) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        moves.advance(nest, i, outside);
        long all = product(t, outer, inner, i, false);
        if (all != 0) {
          long kept = product(t, outer, inner, i, true);
          total = Math.addExact(total, all - kept);
          if (listener != null) {
            listener.advance(i, all, kept);
          }
        }
      }
    }
    return total;
  }

  /** Σ over all entries of the words of the new tiles, or of those that the old tiles held. */
  private long product(int t, int outer, int inner, int loop, boolean overlap) {
    long total = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      if (shape.axisOf[t][d] < 0) {
        total = Math.multiplyExact(total, moves.count(d));
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length && total != 0; a++) {
      long words;
      if (!isDiagonal(t, a, outer, inner)) {
        words = moves.words(t, a, overlap, boxes);
      } else if (isPerfect(t, a)) {
        long alike = diagonals.positions(nest, t, a, outer, inner);
        words = moves.words(t, a, overlap, boxes) / instances(t, a, outer, inner) * alike;
      } else {
        words =
            diagonals.words(
                nest, t, a, outer, inner, loop, overlap, boxes, classes.tileExtent, busiest);
      }
      total = Math.multiplyExact(total, words);
    }
    return total;
  }
}
