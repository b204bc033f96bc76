package dance.simulate.count;

import dance.simulate.count.InstanceClasses.Along;
import java.util.Arrays;

/**
 * The closed form for nests with partial last tiles.
 *
 * <p>The {@linkplain InstanceClasses instances} then differ in the tiles they visit. Since
 * dimensions are independent, counts are products over the axes of sums over classes of instances;
 * only if several spatial loops share an axis are the instances enumerated ({@link Diagonals}).
 */
public final class PartialTiles {
  private static final long UNKNOWN = -1;

  private final CompiledEinsum shape;
  private final NestStructure structure;
  private final InstanceClasses classes;
  private final PartialArrivals arrivals;
  private final Diagonals[] diagonals;
  private CompiledMapping nest;
  private boolean boxes;

  /** Whether only the instance with all indices 0, which works longest, is counted. */
  private boolean busiest;

  private Contributions listener;

  /** Classes of the counted instances: [dimension]. */
  private final Along[] along;

  // Counts that do not depend on the order of the loops of a level.
  private long cycles;

  /** [level] */
  private final long[] instances;

  /** {@link #macAccesses}: [level · tensors + tensor]. */
  private final long[] accesses;

  /** {@link #held}: [level · tensors + tensor]. */
  private final long[] held;

  PartialTiles(CompiledEinsum shape, int levels) {
    this.shape = shape;
    structure = new NestStructure(shape.dimensions, levels);
    classes = new InstanceClasses(shape, levels);
    along = new Along[shape.dimensions];
    instances = new long[levels + 1];
    accesses = new long[levels * shape.tensors];
    held = new long[levels * shape.tensors];
    diagonals = new Diagonals[shape.maxAxes];
    for (int a = 0; a < diagonals.length; a++) {
      diagonals[a] = new Diagonals(shape);
    }
    arrivals = new PartialArrivals(shape, levels, classes, diagonals);
  }

  void begin(CompiledMapping target, boolean boundingBoxes, boolean busiestOnly) {
    nest = target;
    boolean known = structure.take(target, boundingBoxes);
    classes.begin(target, known);
    arrivals.begin(target, boundingBoxes, busiestOnly, known);
    if (!known || busiest != busiestOnly) {
      cycles = UNKNOWN;
      Arrays.fill(instances, UNKNOWN);
      Arrays.fill(accesses, UNKNOWN);
      Arrays.fill(held, UNKNOWN);
    }
    boxes = boundingBoxes;
    busiest = busiestOnly;
  }

  /** {@link Counter#listen}. */
  void listen(Contributions to) {
    listener = to;
    arrivals.listen(to);
  }

  /** Cycles in which at least one MAC works: those of the instance with all indices 0. */
  public long computeCycles() {
    if (cycles == UNKNOWN || listener != null) {
      cycles = countCycles();
    }
    return cycles;
  }

  private long countCycles() {
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
  public long instances(int level) {
    if (instances[level] == UNKNOWN || listener != null) {
      instances[level] = countInstances(level);
    }
    return instances[level];
  }

  private long countInstances(int level) {
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

  /** Words that all instances of a level receive, without sharing. */
  long received(int t, int inner) {
    for (int d : shape.moving) {
      along[d] = classes.along(d, inner, busiest ? inner : 0, inner);
    }
    return arrivals.entering(t, inner, inner, false, along);
  }

  /** Words that an outer level sends; instances that need the same tile share an access. */
  long shared(int t, int outer, int inner) {
    boolean alone = choose(t, outer, inner);
    return arrivals.entering(t, alone ? inner : outer, inner, true, along);
  }

  /**
   * Selects the instances between two levels; those that share accesses count once.
   *
   * @return whether none share
   */
  private boolean choose(int t, int outer, int inner) {
    boolean alone = nest.isUnicast(t, outer, inner);
    for (int d : shape.moving) {
      boolean relevant = shape.axisOf[t][d] >= 0;
      along[d] = classes.along(d, inner, busiest ? outer : 0, alone || relevant ? inner : outer);
    }
    return alone;
  }

  /** Words that the MACs read from or update in the innermost keeping level in all cycles. */
  long macAccesses(int t, int outer) {
    int cell = outer * shape.tensors + t;
    if (accesses[cell] == UNKNOWN || listener != null) {
      accesses[cell] = countAccesses(t, outer);
    }
    return accesses[cell];
  }

  private long countAccesses(int t, int outer) {
    int inner = nest.levels;
    boolean alone = choose(t, outer, inner);
    long spread = nest.spread(outer, inner, shape.bit);
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
        if (nest.isPerfect(shape.bounds, shape.axisDimensions[t][a])) {
          words = diagonals[a].shared(words, nest, t, a, outer, inner);
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
    int cell = level * shape.tensors + t;
    if (held[cell] == UNKNOWN || listener != null) {
      held[cell] = countHeld(t, level);
    }
    return held[cell];
  }

  private long countHeld(int t, int level) {
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

  private void list(int t, int a, int outer, int inner) {
    diagonals[a].list(nest, t, a, outer, inner, classes.extents(inner), boxes, busiest);
  }

  /** {@link PartialArrivals#advances}. */
  public long advances(int loop, int inner) {
    for (int d : shape.moving) {
      along[d] = classes.along(d, inner, 0, 0);
    }
    return arrivals.advances(loop, inner, along);
  }

  /** Whether a level has more than one instance below one of another level. */
  boolean isSpread(int outer, int inner) {
    return nest.spread(outer, inner, shape.bit) != 0;
  }
}
