package dance.simulate.count;

import java.util.Arrays;

/**
 * The closed form for nests without partial tiles, whose instances all behave alike: one term per
 * loop, independent of its bound. Loops are read once; derived quantities of the levels are kept in
 * tables.
 *
 * <p>Products of bounds need no check: none exceeds the number of points of the einsum, which is a
 * long. Words are checked, because bounding boxes have more words than points.
 */
final class WholeTiles {
  private final CompiledEinsum shape;
  private final int levels;
  private final SlidingTiles sliding;

  /** Instances of each level in use; the last entry counts MAC units. */
  final long[] instances;

  /** Iterations of the temporal loops outside each level, and of all. */
  final long[] iterations;

  /** Iterations of the temporal loops outside each loop: [loop]. */
  private long[] around = new long[64];

  /** Bounds of the spatial loops of each level. */
  private final long[] units;

  /** Bounds of the spatial loops of each level that move the tensor: [level · tensors + tensor]. */
  private final long[] apart;

  /** Bounds of the spatial loops outside each level that do not move the output. */
  private final long[] alike;

  /** Bits of the dimensions of the spatial loops of each level. */
  private final long[] spread;

  /** Words that one instance receives: [level · tensors + tensor], where the level keeps it. */
  private final long[] entering;

  /** Whether instances of some level share no accesses of some tensor. */
  private boolean unicast;

  /** Elements of the output. */
  private final long elements;

  private final int[] coefficients = new int[64];
  private final long[] sizes = new long[64];
  private CompiledMapping nest;

  /** Whether Timeloop's counting applies, which compares instances level by level. */
  private boolean byStep;

  private Contributions listener;

  WholeTiles(CompiledEinsum shape, int levels, TileSizes tiles) {
    this.shape = shape;
    this.levels = levels;
    sliding = new SlidingTiles(shape, tiles);
    int cells = (levels + 1) * shape.tensors;
    instances = new long[levels + 1];
    iterations = new long[levels + 1];
    units = new long[levels];
    apart = new long[cells];
    alike = new long[levels + 1];
    spread = new long[levels];
    entering = new long[cells];
    long product = 1;
    for (int d : shape.relevant[shape.output]) {
      product *= shape.bounds[d];
    }
    elements = product;
  }

  /** Reads the loops of a nest whose tiles are measured. */
  void begin(CompiledMapping target, boolean boundingBoxes) {
    nest = target;
    byStep = boundingBoxes;
    sliding.begin(target, boundingBoxes);
    if (around.length < nest.size) {
      around = new long[nest.dimension.length];
    }
    long times = 1;
    long used = 1;
    long same = 1;
    int tensors = shape.tensors;
    unicast = false;
    Arrays.fill(apart, 1);
    for (int l = 0; l < levels; l++) {
      unicast |= !nest.unicast[l].isEmpty();
      describe(l, times, used, same);
      long here = 1;
      long bits = 0;
      int to = nest.start[l + 1];
      for (int i = nest.start[l]; i < to; i++) {
        long b = nest.bound[i];
        if (nest.kind[i] == CompiledMapping.TEMPORAL) {
          around[i] = times;
          times *= b;
        } else {
          int d = nest.dimension[i];
          TensorSet relevant = shape.relevantTo[d];
          bits |= shape.bit[d];
          here *= b;
          for (int left = relevant.bits(); left != 0; left &= left - 1) {
            apart[l * tensors + Integer.numberOfTrailingZeros(left)] *= b;
          }
          same *= relevant.contains(shape.output) ? 1 : b;
        }
      }
      units[l] = here;
      spread[l] = bits;
      used *= here;
    }
    describe(levels, times, used, same);
  }

  private void describe(int level, long times, long used, long same) {
    iterations[level] = times;
    instances[level] = used;
    alike[level] = same;
  }

  /** {@link Counter#listen}. */
  void listen(Contributions to) {
    listener = to;
    sliding.listen(to);
  }

  /**
   * Words that the MACs read from or update in the innermost keeping level; equal words are shared.
   */
  long macAccesses(int t, int outer) {
    return Math.multiplyExact(iterations[levels] * instances[outer], distinct(t, outer, levels));
  }

  /** Words that all instances of a level receive, without sharing. */
  long received(int t, int inner) {
    return Math.multiplyExact(entering[inner * shape.tensors + t], instances[inner]);
  }

  /** Words that the outer level sends; instances that need the same tile share an access. */
  long shared(int t, int outer, int inner) {
    return Math.multiplyExact(
        entering[inner * shape.tensors + t], distinct(t, outer, inner) * instances[outer]);
  }

  /** Distinct words of the output that the instances of a level ever hold, summed over them. */
  long held(int t, int level) {
    return shape.plain[t]
        ? elements * alike[level]
        : Math.multiplyExact(heldEach(t, level), instances[level]);
  }

  /** Words that one instance of a level which keeps a tensor receives, as measured last. */
  long entered(int t, int level) {
    return entering[level * shape.tensors + t];
  }

  /**
   * Measures the words that one instance of a level receives.
   *
   * @param words words of the tile
   */
  long enter(int t, int inner, long words) {
    int cell = inner * shape.tensors + t;
    entering[cell] =
        shape.plain[t] && listener == null
            ? Math.multiplyExact(words, visits(t, inner))
            : sliding.entering(t, inner, words, iterations[inner], around);
    return entering[cell];
  }

  /**
   * Tiles that arrive at one instance of a level if none overlap: iterations of the temporal loops
   * outside up to the innermost that moves the tensor.
   */
  private long visits(int t, int inner) {
    int[] axisOf = shape.axisOf[t];
    int i = nest.start[inner] - 1;
    while (i >= 0 && (axisOf[nest.dimension[i]] < 0 || nest.kind[i] != CompiledMapping.TEMPORAL)) {
      i--;
    }
    return i < 0 ? 1 : around[i] * nest.bound[i];
  }

  /**
   * Distinct tile positions over the instances between two levels. Timeloop compares the instances
   * of one level at a time, so that diagonals over two of them are not shared.
   */
  long distinct(int t, int outer, int inner) {
    long positions = 1;
    long bits = 0;
    for (int l = outer; l < inner; l++) {
      positions *= apart[l * shape.tensors + t];
      bits |= spread[l];
    }
    boolean diagonal = isMet(t, bits);
    boolean plain = !diagonal && listener == null && !unicast;
    return plain ? positions : distinct(t, outer, inner, positions, diagonal);
  }

  private long distinct(int t, int outer, int inner, long positions, boolean diagonal) {
    long number = 1;
    boolean met = false;
    boolean alone = false;
    for (int l = outer; l < inner; l++) {
      number *= units[l];
      met |= isMet(t, spread[l]);
      alone |= nest.unicast[l].contains(t);
    }
    if (alone) {
      return number;
    }
    if (listener == null && !(byStep ? met : diagonal)) {
      return positions;
    }
    long product = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long along =
          byStep
              ? positionsByStep(t, a, outer, inner)
              : elements(t, a, nest.start[outer], nest.start[inner], true, 0);
      product *= along;
      if (listener != null) {
        listener.axis(a, along);
      }
    }
    return product;
  }

  private long positionsByStep(int t, int a, int outer, int inner) {
    long along = 1;
    for (int l = outer; l < inner; l++) {
      along *= elements(t, a, nest.start[l], nest.start[l + 1], true, 0);
    }
    return along;
  }

  /** Whether several of the marked dimensions share an axis. */
  private boolean isMet(int t, long bits) {
    long shared = shape.summed[t] & bits;
    if ((shared & shared - 1) == 0) {
      return false;
    }
    for (int a = 0; a < shape.axisBits[t].length; a++) {
      if (shape.isSum(t, a, bits)) {
        return true;
      }
    }
    return false;
  }

  /** Distinct words of an output that one instance of a level ever holds. */
  long heldEach(int t, int level) {
    long product = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long along = elements(t, a, 0, nest.size, false, nest.start[level]);
      product *= along;
      if (listener != null) {
        listener.axis(a, along);
      }
    }
    return product;
  }

  /**
   * Distinct sums of the steps of loops along an axis.
   *
   * @param spatialOnly ignores temporal loops
   * @param spatialFrom ignores spatial loops before this one
   */
  private long elements(int t, int a, int from, int to, boolean spatialOnly, int spatialFrom) {
    int terms = 0;
    for (int i = from; i < to; i++) {
      int d = nest.dimension[i];
      boolean counts = nest.kind[i] == CompiledMapping.TEMPORAL ? !spatialOnly : i >= spatialFrom;
      if (counts && shape.axisOf[t][d] == a) {
        coefficients[terms] = Math.toIntExact(shape.coefficientOf[t][d] * nest.stride[i]);
        sizes[terms++] = nest.bound[i];
      }
    }
    if (terms > 1 && shape.axisDimensions[t][a].length > 1) {
      return AffineSets.size(coefficients, sizes, terms);
    }
    long along = 1;
    for (int i = 0; i < terms; i++) {
      along *= sizes[i];
    }
    return along;
  }
}
