package dance.simulate;

import dance.simulate.InstanceClasses.Along;

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
  private final Diagonals[] diagonals;
  private CompiledMapping nest;
  private boolean boxes;

  /** Whether only the instance with all indices 0, which works longest, is counted. */
  private boolean busiest;

  private Contributions listener;

  /** Classes of the instances that are being counted: [dimension]. */
  private final Along[] along;

  /** Elements along each axis of all new tiles, and those that the old tiles held: [axis]. */
  private final long[] all;

  private final long[] kept;

  /** Axes whose elements were measured for other moves than those of the next loop. */
  private final boolean[] stale;

  PartialTiles(CompiledEinsum shape, int levels) {
    this.shape = shape;
    classes = new InstanceClasses(shape, levels);
    moves = new TileMoves(shape);
    along = new Along[shape.dimensions];
    int axes = 1;
    for (int[][] tensor : shape.axisDimensions) {
      axes = Math.max(axes, tensor.length);
    }
    all = new long[axes];
    kept = new long[axes];
    stale = new boolean[axes];
    diagonals = new Diagonals[axes];
    for (int a = 0; a < axes; a++) {
      diagonals[a] = new Diagonals(shape);
    }
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
    long cycles = 1;
    for (int d : shape.moving) {
      // One class: that of this instance.
      long visits = classes.along(d, nest.levels, 0, 0).visits[0];
      cycles = Math.multiplyExact(cycles, visits);
      if (listener != null) {
        listener.dimension(d, visits);
      }
    }
    return cycles;
  }

  /** Instances of a level that work at some time. */
  long instances(int level) {
    long product = 1;
    for (int d : shape.moving) {
      long active = classes.along(d, level, 0, level).active;
      product = Math.multiplyExact(product, active);
      if (listener != null) {
        listener.dimension(d, active);
      }
    }
    return product;
  }

  /** Words that all instances of a level receive, each for itself. */
  long received(int t, int inner) {
    for (int d : shape.moving) {
      along[d] = classes.along(d, inner, busiest ? inner : 0, inner);
    }
    return entering(t, inner, inner);
  }

  /** Words that an outer level gives, instances that need the same tile sharing an access. */
  long shared(int t, int outer, int inner) {
    boolean alone = choose(t, outer, inner);
    return entering(t, alone ? inner : outer, inner);
  }

  /**
   * Takes the instances between two levels, those that share their accesses once.
   *
   * @return whether none share
   */
  private boolean choose(int t, int outer, int inner) {
    boolean alone = isUnicast(t, outer, inner);
    for (int d : shape.moving) {
      boolean relevant = shape.axisOf[t][d] >= 0;
      along[d] = classes.along(d, inner, busiest ? outer : 0, alone || relevant ? inner : outer);
    }
    return alone;
  }

  /** Words that the MACs ask of the innermost keeping level in all cycles. */
  long macAccesses(int t, int outer) {
    int inner = nest.levels;
    boolean alone = choose(t, outer, inner);
    long spread = spread(outer, inner);
    long total = 1;
    for (int d : shape.moving) {
      if (shape.axisOf[t][d] < 0) {
        total = Math.multiplyExact(total, along[d].points);
        if (listener != null) {
          listener.dimension(d, along[d].points);
        }
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long words = 1;
      for (int d : shape.axisDimensions[t][a]) {
        words = Math.multiplyExact(words, along[d].points);
      }
      if (!alone && shape.isSum(t, a, spread)) {
        if (isPerfect(t, a)) {
          words /= instances(t, a, outer, inner);
          words *= diagonals[a].positions(nest, t, a, outer, inner);
        } else {
          list(t, a, outer, inner);
          words = diagonals[a].visits();
        }
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
    long total = 1;
    for (int d : shape.moving) {
      along[d] = classes.along(d, level, busiest ? level : 0, level);
      if (shape.axisOf[t][d] < 0) {
        total = Math.multiplyExact(total, along[d].active);
        if (listener != null) {
          listener.dimension(d, along[d].active);
        }
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] dims = shape.axisDimensions[t][a];
      long words = 1;
      if (dims.length == 1) {
        words = along[dims[0]].points;
      } else if (dims.length > 1) {
        list(t, a, level, level);
        words = diagonals[a].held(classes.extents(level));
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
    for (int d : shape.moving) {
      along[d] = classes.along(d, inner, 0, 0);
    }
    moves.firstTiles(nest, along, shape.output);
    for (int i = nest.start[inner] - 1; i > loop; i--) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        moves.pass(i);
      }
    }
    long times = 1;
    for (int d : shape.moving) {
      moves.rewind(d);
    }
    moves.advance(loop);
    for (int d : shape.moving) {
      times = Math.multiplyExact(times, moves.moves[d]);
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

  /** Bits of the dimensions that spatial loops between two levels run over. */
  private long spread(int outer, int inner) {
    long bits = 0;
    for (int i = nest.start[outer]; i < nest.start[inner]; i++) {
      bits |= nest.kind[i] == CompiledMapping.TEMPORAL ? 0 : shape.bit[nest.dimension[i]];
    }
    return bits;
  }

  /** Whether there is more than one instance of a level below one of another. */
  boolean isSpread(int outer, int inner) {
    return spread(outer, inner) != 0;
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

  /** First tiles, and then for every loop, the innermost first, what its advances bring in. */
  private long entering(int t, int outer, int inner) {
    long spread = spread(outer, inner);
    int axes = shape.axisDimensions[t].length;
    moves.firstTiles(nest, along, t);
    for (int a = 0; a < axes; a++) {
      measure(t, a, outer, inner, spread, -1);
      stale[a] = true;
    }
    long total = product(t, all);
    if (listener != null) {
      listener.first(total);
    }
    for (int d : shape.moving) {
      moves.rewind(d);
    }
    for (int i = nest.start[inner] - 1; i >= 0; i--) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        continue;
      }
      int axis = shape.axisOf[t][nest.dimension[i]];
      moves.advance(i);
      for (int a = 0; a < axes; a++) {
        if (stale[a] || a == axis) {
          measure(t, a, outer, inner, spread, i);
          stale[a] = a == axis;
        }
      }
      long entered = product(t, all);
      if (entered != 0) {
        long held = product(t, kept);
        total = Math.addExact(total, entered - held);
        if (listener != null) {
          listener.advance(i, entered, held);
        }
      }
      moves.pass(i);
    }
    return total;
  }

  /**
   * Sums the elements along an axis over all moves.
   *
   * @param loop the loop that advances; -1 for the first tiles
   */
  private void measure(int t, int a, int outer, int inner, long spread, int loop) {
    if (!shape.isSum(t, a, spread)) {
      moves.measure(t, a, boxes);
      all[a] = moves.all;
      kept[a] = moves.kept;
    } else if (isPerfect(t, a)) {
      moves.measure(t, a, boxes);
      long number = instances(t, a, outer, inner);
      long alike = diagonals[a].positions(nest, t, a, outer, inner);
      all[a] = moves.all / number * alike;
      kept[a] = moves.kept / number * alike;
    } else {
      if (loop < 0) {
        list(t, a, outer, inner);
      }
      diagonals[a].measure(loop);
      all[a] = diagonals[a].all;
      kept[a] = diagonals[a].kept;
    }
  }

  private void list(int t, int a, int outer, int inner) {
    diagonals[a].list(nest, t, a, outer, inner, classes.extents(inner), boxes, busiest);
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
}
