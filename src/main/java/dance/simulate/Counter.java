package dance.simulate;

import java.util.Arrays;

/**
 * Counts the accesses of a nest by the closed form of the design notes: one term a loop, whatever
 * its bound. Mutable and reusable; allocates nothing while it counts mappings without partial
 * tiles. One instance serves one thread.
 */
final class Counter {
  private final CompiledEinsum shape;
  private final int levels;
  private final PartialTiles partial;

  /** Words over all instances: [level · tensors + tensor]. */
  final long[] reads;

  final long[] fills;
  final long[] updates;

  /** Words that all instances of the next-inner keeping level receive or send together. */
  final long[] transfers;

  /** Words of the largest tile of one instance. */
  final long[] tileWords;

  /** Instances that work at some time; the last entry counts MAC units. */
  final long[] instances;

  long computeCycles;

  private CompiledMapping nest;
  private boolean boxes;
  private boolean perfect;

  /** Who hears what the next number is made of; usually nobody. */
  private Contributions listener;

  private final long[][] extents;
  private final int[] coefficients = new int[32 * 8];
  private final long[] sizes = new long[32 * 8];
  private final long[] reset;
  private final long[] move;
  private final long[] firstMove;

  Counter(CompiledEinsum shape, int levels) {
    this.shape = shape;
    this.levels = levels;
    int cells = levels * shape.tensors;
    reads = new long[cells];
    fills = new long[cells];
    updates = new long[cells];
    transfers = new long[cells];
    tileWords = new long[cells];
    instances = new long[levels + 1];
    extents = new long[levels + 1][shape.dimensions];
    int axes = 1;
    for (int[][] tensor : shape.axisDimensions) {
      axes = Math.max(axes, tensor.length);
    }
    reset = new long[axes];
    move = new long[axes];
    firstMove = new long[axes];
    partial = new PartialTiles(shape);
  }

  /**
   * Counts a nest.
   *
   * @throws ArithmeticException if a count exceeds 2⁶³ − 1
   */
  void count(CompiledMapping target, Accounting accounting) {
    count(target, accounting, false);
  }

  /** Counts one instance of each level only: the one with all indices 0, which works longest. */
  void countBusiest(CompiledMapping target, Accounting accounting) {
    count(target, accounting, true);
  }

  private void count(CompiledMapping target, Accounting accounting, boolean busiest) {
    nest = target;
    boxes = accounting == Accounting.TIMELOOP;
    measureTiles();
    perfect = nest.isPerfect(shape.bounds);
    if (perfect) {
      computeCycles = temporalProduct(0, nest.size);
      for (int l = 0; l <= levels; l++) {
        instances[l] = busiest ? 1 : spatialProduct(0, nest.start[l]);
      }
    } else {
      partial.begin(nest, boxes, busiest);
      computeCycles = partial.computeCycles();
      for (int l = 0; l <= levels; l++) {
        instances[l] = partial.instances(l);
      }
    }
    Arrays.fill(reads, 0);
    Arrays.fill(fills, 0);
    Arrays.fill(updates, 0);
    Arrays.fill(transfers, 0);
    for (int t = 0; t < shape.tensors; t++) {
      if (t == shape.output) {
        countOutput(t);
      } else {
        countInput(t);
      }
    }
  }

  /** Whether the nest counted last has no partial tiles. */
  boolean isPerfect() {
    return perfect;
  }

  /** Extents of a level's tile, by dimension; of the MACs' for the last level. */
  long[] extents(int level) {
    return extents[level];
  }

  PartialTiles partial() {
    return partial;
  }

  /** Tells what the numbers asked for next are made of; null ends that. */
  void listen(Contributions to) {
    listener = to;
    partial.listen(to);
  }

  private void countInput(int t) {
    int inner = levels;
    for (int outer = levels - 1; outer >= 0; outer--) {
      if ((nest.keeps[outer] >> t & 1) == 0) {
        continue;
      }
      int cell = outer * shape.tensors + t;
      if (inner == levels) {
        reads[cell] = macAccesses(t, outer);
        transfers[cell] = macsOf();
      } else {
        reads[cell] = shared(t, outer, inner);
        fills[inner * shape.tensors + t] = received(t, inner);
        transfers[cell] = fills[inner * shape.tensors + t];
      }
      inner = outer;
    }
  }

  private void countOutput(int t) {
    int inner = levels;
    for (int outer = levels - 1; outer >= 0; outer--) {
      if ((nest.keeps[outer] >> t & 1) == 0) {
        continue;
      }
      int cell = outer * shape.tensors + t;
      if (inner == levels) {
        updates[cell] = macAccesses(t, outer);
        transfers[cell] = macsOf();
      } else {
        updates[cell] = shared(t, outer, inner);
        long entered = received(t, inner);
        fills[inner * shape.tensors + t] = entered - held(t, inner);
        transfers[cell] = entered;
      }
      reads[cell] = updates[cell] - held(t, outer);
      inner = outer;
    }
  }

  private long macsOf() {
    return perfect ? Math.multiplyExact(computeCycles, instances[levels]) : shape.einsum.points();
  }

  /** Words that the MACs ask of the innermost keeping level, shared where they are the same. */
  long macAccesses(int t, int outer) {
    if (!perfect) {
      return partial.macAccesses(t, outer);
    }
    long distinct = distinct(t, outer, levels);
    return product(product(computeCycles, distinct), instances[outer]);
  }

  /** Words that all instances of a level receive, each for itself. */
  long received(int t, int inner) {
    return perfect ? product(entering(t, inner), instances[inner]) : partial.received(t, inner);
  }

  /** Words that the outer level gives, instances that need the same tile sharing an access. */
  long shared(int t, int outer, int inner) {
    if (!perfect) {
      return partial.shared(t, outer, inner);
    }
    long each = entering(t, inner);
    return product(product(each, distinct(t, outer, inner)), instances[outer]);
  }

  /** Distinct words that the instances of a level ever hold, summed over the instances. */
  long held(int t, int level) {
    return perfect ? product(heldEach(t, level), instances[level]) : partial.held(t, level);
  }

  private static long product(long a, long b) {
    return Math.multiplyExact(a, b);
  }

  private long temporalProduct(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        product = Math.multiplyExact(product, (long) nest.bound[i]);
      }
    }
    return product;
  }

  private long spatialProduct(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        product = Math.multiplyExact(product, (long) nest.bound[i]);
      }
    }
    return product;
  }

  private void measureTiles() {
    int[] bounds = shape.bounds;
    long[] inside = extents[levels];
    Arrays.fill(inside, 1);
    for (int l = levels - 1; l >= 0; l--) {
      long[] here = extents[l];
      System.arraycopy(inside, 0, here, 0, shape.dimensions);
      for (int i = nest.start[l]; i < nest.start[l + 1]; i++) {
        here[nest.dimension[i]] *= nest.bound[i];
      }
      for (int d = 0; d < shape.dimensions; d++) {
        here[d] = Math.min(here[d], bounds[d]);
      }
      for (int t = 0; t < shape.tensors; t++) {
        if ((nest.keeps[l] >> t & 1) != 0) {
          tileWords[l * shape.tensors + t] = tile(t, here);
        } else {
          tileWords[l * shape.tensors + t] = 0;
        }
      }
      inside = here;
    }
  }

  private long tile(int t, long[] extent) {
    long words = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      words = Math.multiplyExact(words, axisSize(t, a, extent));
    }
    return words;
  }

  long axisSize(int t, int a, long[] extent) {
    int[] dims = shape.axisDimensions[t][a];
    if (dims.length == 0) {
      return 1;
    }
    int[] c = shape.axisCoefficients[t][a];
    if (dims.length == 1 && (!boxes || c[0] == 1)) {
      return extent[dims[0]];
    }
    for (int i = 0; i < dims.length; i++) {
      sizes[i] = extent[dims[i]];
    }
    return boxes ? AffineSets.box(c, sizes, dims.length) : AffineSets.size(c, sizes, dims.length);
  }

  private long axisOverlap(int t, int a, long[] extent, long shift) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    for (int i = 0; i < dims.length; i++) {
      sizes[i] = extent[dims[i]];
    }
    return boxes
        ? Math.max(0, AffineSets.box(c, sizes, dims.length) - Math.abs(shift))
        : AffineSets.overlap(c, sizes, sizes, shift, dims.length);
  }

  /**
   * Words that one instance of a level receives: |tile| + Σ over the temporal loops outside of
   * (bound − 1) · (iterations of the loops around) · (|tile| − overlap).
   */
  long entering(int t, int inner) {
    long[] extent = extents[inner];
    long words = tile(t, extent);
    int outside = nest.start[inner];
    int[] axisOf = shape.axisOf[t];
    if (shape.plain[t] && listener == null) {
      long visits = 1;
      boolean moved = false;
      for (int i = outside - 1; i >= 0; i--) {
        if (nest.kind[i] == CompiledMapping.TEMPORAL) {
          moved |= axisOf[nest.dimension[i]] >= 0;
          if (moved) {
            visits = Math.multiplyExact(visits, (long) nest.bound[i]);
          }
        }
      }
      return Math.multiplyExact(words, visits);
    }
    int axes = shape.axisDimensions[t].length;
    Arrays.fill(reset, 0, axes, 0);
    long outerIterations = temporalProduct(0, outside);
    long total = Math.multiplyExact(words, outerIterations);
    if (listener != null) {
      listener.first(words);
    }
    boolean moved = false;
    for (int i = outside - 1; i >= 0; i--) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        continue;
      }
      int d = nest.dimension[i];
      int b = nest.bound[i];
      outerIterations /= b;
      int axis = axisOf[d];
      long step = axis < 0 ? 0 : shape.coefficientOf[t][d] * nest.stride[i];
      long shared = words;
      boolean credited = true;
      boolean still = true;
      for (int a = 0; a < axes; a++) {
        move[a] = (a == axis ? step : 0) - reset[a];
        still &= move[a] == 0;
      }
      if (!still) {
        credited = !boxes || !moved || Arrays.equals(move, 0, axes, firstMove, 0, axes);
        if (!moved) {
          moved = true;
          System.arraycopy(move, 0, firstMove, 0, axes);
        }
        shared = credited ? overlap(t, axes, extent, words) : 0;
      }
      total -= (b - 1) * outerIterations * shared;
      if (listener != null) {
        boolean lost = !credited && overlap(t, axes, extent, words) > 0;
        listener.advance(i, (b - 1) * outerIterations, words, shared, move, !lost);
      }
      if (axis >= 0) {
        reset[axis] += (b - 1) * step;
      }
    }
    return total;
  }

  private long overlap(int t, int axes, long[] extent, long words) {
    long shared = words;
    for (int a = 0; a < axes && shared != 0; a++) {
      if (move[a] != 0) {
        long size = axisSize(t, a, extent);
        shared = shared / size * axisOverlap(t, a, extent, move[a]);
      }
    }
    return shared;
  }

  /** Distinct tile positions over the instances between two levels. */
  long distinct(int t, int outer, int inner) {
    int from = nest.start[outer];
    int to = nest.start[inner];
    for (int l = outer; l < inner; l++) {
      if ((nest.unicast[l] >> t & 1) != 0) {
        return spatialProduct(from, to);
      }
    }
    long distinct = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long before = distinct;
      int terms = 0;
      for (int i = from; i < to; i++) {
        int d = nest.dimension[i];
        if (nest.kind[i] != CompiledMapping.TEMPORAL && shape.axisOf[t][d] == a) {
          coefficients[terms] = Math.toIntExact(shape.coefficientOf[t][d] * nest.stride[i]);
          sizes[terms++] = nest.bound[i];
        }
      }
      if (terms == 1 || (terms > 0 && shape.axisDimensions[t][a].length == 1)) {
        for (int i = 0; i < terms; i++) {
          distinct *= sizes[i];
        }
      } else if (terms > 1) {
        distinct *= AffineSets.size(coefficients, sizes, terms);
      }
      if (listener != null) {
        listener.axis(a, distinct / before);
      }
    }
    return distinct;
  }

  /** Distinct words of an output that one instance of a level ever holds. */
  long heldEach(int t, int level) {
    long words = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long before = words;
      int terms = 0;
      for (int i = 0; i < nest.size; i++) {
        int d = nest.dimension[i];
        boolean elsewhere = nest.kind[i] != CompiledMapping.TEMPORAL && i < nest.start[level];
        if (!elsewhere && shape.axisOf[t][d] == a) {
          coefficients[terms] = Math.toIntExact(shape.coefficientOf[t][d] * nest.stride[i]);
          sizes[terms++] = nest.bound[i];
        }
      }
      if (shape.axisDimensions[t][a].length == 1) {
        for (int i = 0; i < terms; i++) {
          words *= sizes[i];
        }
      } else if (terms > 0) {
        words *= AffineSets.size(coefficients, sizes, terms);
      }
      if (listener != null) {
        listener.axis(a, words / before);
      }
    }
    return words;
  }

  /**
   * Words of a tensor that pass the networks below all instances of a level, in the nest counted
   * last: those that the next-inner level which keeps the tensor exchanges, whether or not this
   * level keeps it too.
   */
  long passing(int t, int level) {
    if ((nest.keeps[level] >> t & 1) != 0) {
      int cell = level * shape.tensors + t;
      return t == shape.output ? updates[cell] : reads[cell];
    }
    int inner = level + 1;
    while (inner < levels && (nest.keeps[inner] >> t & 1) == 0) {
      inner++;
    }
    return inner == levels ? macAccesses(t, level) : shared(t, level, inner);
  }

  /** Words that one instance of a level receives of a tensor, in a nest without partial tiles. */
  long enteringOf(int t, int level) {
    return entering(t, level);
  }
}
