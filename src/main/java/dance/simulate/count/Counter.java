package dance.simulate.count;

import dance.simulate.mapping.Accounting;

/**
 * Counts the accesses of a nest by the closed form: one term per loop, independent of its bound.
 * Mutable and reusable; allocates nothing while it counts mappings without partial tiles. Not
 * thread-safe.
 */
public final class Counter {
  private final CompiledEinsum shape;
  private final int levels;
  private final boolean dummy;
  private final TileSizes tiles;
  private final WholeTiles whole;
  private final PartialTiles partial;

  /** Words over all instances: [level · tensors + tensor]. */
  public final long[] reads;

  /**
   * Words written from the next-outer level that keeps the tensor, over all instances: [level ·
   * tensors + tensor].
   */
  public final long[] fills;

  /** Words of results written from inside, over all instances: [level · tensors + tensor]. */
  public final long[] updates;

  /** Words of the largest tile of one instance. */
  public final long[] tileWords;

  /** Instances that work at some time; the last entry counts MAC units. */
  public final long[] instances;

  /** Cycles that the MAC units need. */
  public long computeCycles;

  private CompiledMapping nest;
  private boolean perfect;

  /** The consumer of the innermost keeping level's words: the MACs, or Timeloop's dummy. */
  private int innermost;

  /**
   * A counter.
   *
   * @param dummy whether the innermost level keeps nothing, whatever the mapping says
   */
  Counter(CompiledEinsum shape, int levels, boolean dummy) {
    this.shape = shape;
    this.levels = levels;
    this.dummy = dummy;
    int cells = levels * shape.tensors;
    reads = new long[cells];
    fills = new long[cells];
    updates = new long[cells];
    tileWords = new long[cells];
    instances = new long[levels + 1];
    tiles = new TileSizes(shape, levels);
    whole = new WholeTiles(shape, levels, tiles);
    partial = new PartialTiles(shape, levels);
  }

  /**
   * Counts a nest.
   *
   * @throws ArithmeticException if a count exceeds 2⁶³ − 1
   */
  void count(CompiledMapping target, Accounting accounting) {
    count(target, accounting, false);
  }

  /**
   * Counts one instance of each level only: the one with all indices 0, which works longest if
   * tiles are partial.
   */
  void countBusiest(CompiledMapping target, Accounting accounting) {
    count(target, accounting, true);
  }

  private void count(CompiledMapping target, Accounting accounting, boolean busiest) {
    nest = target;
    perfect = !busiest && nest.isPerfect(shape.bounds);
    boolean boxes = accounting == Accounting.TIMELOOP;
    innermost = boxes && dummy && onlySpreads() ? levels - 1 : levels;
    tiles.measure(nest, perfect, boxes);
    if (perfect) {
      whole.begin(nest, boxes);
      computeCycles = whole.iterations[levels];
      for (int l = 0; l <= levels; l++) {
        instances[l] = whole.instances[l];
      }
    } else {
      partial.begin(nest, boxes, busiest);
      computeCycles = partial.computeCycles();
      for (int l = 0; l <= levels; l++) {
        instances[l] = partial.instances(l);
      }
    }
    for (int t = 0; t < shape.tensors; t++) {
      if (perfect) {
        countWhole(t);
      } else {
        countPartial(t);
      }
    }
  }

  /**
   * Whether the innermost level has spatial loops only. For a dummy over the MACs, Timeloop charges
   * words that enter its tile, although nothing holds it.
   */
  private boolean onlySpreads() {
    boolean spreads = nest.size > nest.start[levels - 1];
    for (int i = nest.start[levels - 1]; i < nest.size; i++) {
      spreads &= nest.kind[i] != CompiledMapping.TEMPORAL;
    }
    return spreads;
  }

  /**
   * The consumer of a level's words: the next-inner level that keeps the tensor, else the MACs, as
   * {@code levels}, or Timeloop's dummy in their place.
   */
  public int inside(int t, int level) {
    int inner = level + 1;
    while (inner < levels && !nest.keeps[inner].contains(t)) {
      inner++;
    }
    return inner == levels && level < innermost ? innermost : inner;
  }

  /** Traffic between every level that keeps a tensor and the next-inner one, of whole tiles. */
  private void countWhole(int t) {
    TensorSet[] keeps = nest.keeps;
    int inner = innermost;
    long entering = entering(t, inner);
    int cell = levels * shape.tensors + t;
    for (int outer = levels - 1; outer >= 0; outer--) {
      cell -= shape.tensors;
      if (!keeps[outer].contains(t)) {
        clear(cell);
        continue;
      }
      long used = instances[outer];
      long given = Math.multiplyExact(entering, whole.distinct(t, outer, inner) * used);
      tileWords[cell] = tiles.words(t, outer);
      if (outer > 0) {
        entering = whole.enter(t, outer, tileWords[cell]);
        fills[cell] = Math.multiplyExact(entering, used);
      }
      give(t, outer, cell, given);
      inner = outer;
    }
  }

  /** Traffic between every level that keeps a tensor and the next-inner one. */
  private void countPartial(int t) {
    int inner = innermost;
    long entered = innermost < levels ? partial.received(t, innermost) : 0;
    for (int outer = levels - 1; outer >= 0; outer--) {
      int cell = outer * shape.tensors + t;
      if (!nest.keeps[outer].contains(t)) {
        clear(cell);
        continue;
      }
      tileWords[cell] = tiles.words(t, outer);
      long given;
      if (inner == levels) {
        given = partial.macAccesses(t, outer);
      } else if (partial.isSpread(outer, inner)) {
        given = partial.shared(t, outer, inner);
      } else {
        given = entered;
      }
      if (outer > 0) {
        entered = partial.received(t, outer);
        fills[cell] = entered;
      }
      give(t, outer, cell, given);
      inner = outer;
    }
  }

  private void clear(int cell) {
    reads[cell] = 0;
    fills[cell] = 0;
    updates[cell] = 0;
    tileWords[cell] = 0;
  }

  /** Charges the words that a level sends inwards, or those of an output that it receives. */
  private void give(int t, int level, int cell, long words) {
    reads[cell] = words;
    if (t == shape.output) {
      // The first access of an output word moves nothing: it starts at zero.
      long held = held(t, level);
      updates[cell] = words;
      reads[cell] -= held;
      fills[cell] -= level > 0 ? held : 0;
    }
  }

  /** Whether the nest counted last has no partial tiles. */
  public boolean isPerfect() {
    return perfect;
  }

  /** Extents of a level's tile, {@code [dimension]}; of the MACs' for the last level. */
  public long[] extents(int level) {
    return tiles.extents[level];
  }

  /** Words of the largest tile of a level, whether or not it keeps the tensor. */
  public long tile(int t, int level) {
    return tiles.words(t, level);
  }

  /** Elements of a tile of these extents, {@code [dimension]}, along an axis of a tensor. */
  public long axisSize(int t, int a, long[] extent) {
    return tiles.axis(t, a, extent);
  }

  /** The counts of a mapping with partial last tiles. */
  public PartialTiles partial() {
    return partial;
  }

  /** Sets the listener for the contributions to the numbers requested next; null removes it. */
  public void listen(Contributions to) {
    whole.listen(to);
    partial.listen(to);
  }

  /**
   * Words that the MACs read from or update in the innermost keeping level; equal words are shared.
   */
  public long macAccesses(int t, int outer) {
    return perfect ? whole.macAccesses(t, outer) : partial.macAccesses(t, outer);
  }

  /** Words that all instances of a level receive, without sharing. */
  public long received(int t, int inner) {
    if (perfect) {
      // Measured again for a listener, and if the level does not keep the tensor.
      whole.enter(t, inner, tiles.words(t, inner));
      return whole.received(t, inner);
    }
    return partial.received(t, inner);
  }

  /** Words that the outer level sends; instances that need the same tile share an access. */
  public long shared(int t, int outer, int inner) {
    return perfect ? whole.shared(t, outer, inner) : partial.shared(t, outer, inner);
  }

  /** Distinct words of the output that the instances of a level ever hold, summed over them. */
  public long held(int t, int level) {
    return perfect ? whole.held(t, level) : partial.held(t, level);
  }

  /** As {@link #held} for one instance, in a nest without partial tiles. */
  public long heldEach(int t, int level) {
    return whole.heldEach(t, level);
  }

  /** Distinct tile positions over the instances between two levels, without partial tiles. */
  public long distinct(int t, int outer, int inner) {
    return whole.distinct(t, outer, inner);
  }

  /**
   * Words that one instance of a level receives, in a nest without partial tiles; a MAC unit, as
   * the last level, takes one in every step.
   */
  public long entering(int t, int inner) {
    return inner == levels ? computeCycles : whole.enter(t, inner, tiles.words(t, inner));
  }

  /** As {@link #entering}, for a level that keeps the tensor in the nest counted last. */
  public long enteringOf(int t, int level) {
    return whole.entered(t, level);
  }

  /**
   * Words of a tensor on the interconnects below all instances of a level, in the nest counted
   * last: the traffic of the next-inner level that keeps the tensor, whether or not this level
   * keeps it too.
   */
  public long passing(int t, int level) {
    if (nest.keeps[level].contains(t)) {
      int cell = level * shape.tensors + t;
      return t == shape.output ? updates[cell] : reads[cell];
    }
    int inner = inside(t, level);
    return inner == levels ? macAccesses(t, level) : shared(t, level, inner);
  }
}
