package dance.simulate;

/**
 * The closed form for nests whose last tiles are partial.
 *
 * <p>The instances below a spatial loop then differ: those beyond the last tile make one visit
 * less, one of them ends with a partial tile. For one dimension there are only a few such
 * <em>classes</em> of instances, found by walking the digits of the last tile's index through the
 * loops. An instance of a class sees a plain temporal nest of {@code visits} tiles, all full but
 * perhaps the last. Since dimensions are independent, counts are products over the axes of sums
 * over classes.
 */
final class PartialTiles {
  private final CompiledEinsum shape;
  private final Diagonals diagonals;
  private CompiledMapping nest;
  private boolean boxes;

  /** Whether only the instance with all indices 0, which works longest, is counted. */
  private boolean busiest;

  /** Classes of instances: [dimension][class]. */
  private final long[][] multiplicity;

  private final long[][] visits;
  private final long[][] lastExtent;
  private final int[] classes;
  private final long[] tileExtent;

  /** Steps of one loop's advance: [dimension][entry]. */
  private final long[][] count;

  private final long[][] newExtent;
  private final long[][] oldExtent;
  private final long[][] shift;
  private final int[] entries;

  private final long[] newSizes;
  private final long[] oldSizes;
  private final int[] odometer;

  PartialTiles(CompiledEinsum shape, int levels) {
    this.shape = shape;
    int dims = shape.dimensions;
    int most = 2 * CompiledMapping.MOST_SPATIAL_LOOPS + 2;
    multiplicity = new long[dims][most];
    visits = new long[dims][most];
    lastExtent = new long[dims][most];
    classes = new int[dims];
    tileExtent = new long[dims];
    count = new long[dims][2 * most];
    newExtent = new long[dims][2 * most];
    oldExtent = new long[dims][2 * most];
    shift = new long[dims][2 * most];
    entries = new int[dims];
    newSizes = new long[shape.maxTerms];
    oldSizes = new long[shape.maxTerms];
    odometer = new int[shape.maxTerms];
    diagonals = new Diagonals(shape);
  }

  void begin(CompiledMapping target, boolean boundingBoxes, boolean busiestOnly) {
    nest = target;
    boxes = boundingBoxes;
    busiest = busiestOnly;
  }

  /** Cycles in which at least one MAC works: those of the instance with all indices 0. */
  long computeCycles() {
    measure(nest.levels);
    long cycles = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classify(d, nest.levels, 0, 0);
      long sum = 0;
      for (int c = 0; c < classes[d]; c++) {
        sum += visits[d][c];
      }
      cycles = Math.multiplyExact(cycles, sum);
    }
    return cycles;
  }

  /** Instances of a level that work at some time. */
  long instances(int level) {
    measure(level);
    long product = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classify(d, level, 0, level);
      product = Math.multiplyExact(product, active(d));
    }
    return product;
  }

  /** Words that all instances of a level receive, each for itself. */
  long received(int t, int inner) {
    measure(inner);
    for (int d = 0; d < shape.dimensions; d++) {
      classify(d, inner, busiest ? inner : 0, inner);
    }
    return entering(t, inner, inner);
  }

  /** Words that an outer level gives, instances that need the same tile sharing an access. */
  long shared(int t, int outer, int inner) {
    measure(inner);
    boolean alone = isUnicast(t, outer, inner);
    for (int d = 0; d < shape.dimensions; d++) {
      boolean relevant = shape.axisOf[t][d] >= 0;
      classify(d, inner, busiest ? outer : 0, alone || relevant ? inner : outer);
    }
    return entering(t, alone ? inner : outer, inner);
  }

  /** Words that the MACs ask of the innermost keeping level in all cycles. */
  long macAccesses(int t, int outer) {
    int inner = nest.levels;
    boolean alone = isUnicast(t, outer, inner);
    measure(inner);
    long total = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      boolean relevant = shape.axisOf[t][d] >= 0;
      classify(d, inner, busiest ? outer : 0, alone || relevant ? inner : outer);
      if (!relevant) {
        total = Math.multiplyExact(total, points(d));
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      long words = 1;
      for (int d : shape.axisDimensions[t][a]) {
        words = Math.multiplyExact(words, points(d));
      }
      if (!alone && isDiagonal(t, a, outer, inner)) {
        words =
            isPerfect(t, a)
                ? words
                    / instances(t, a, outer, inner)
                    * diagonals.positions(nest, t, a, outer, inner)
                : diagonals.visits(nest, t, a, outer, tileExtent, busiest);
      }
      total = Math.multiplyExact(total, words);
    }
    return total;
  }

  /** Distinct words of an output that the instances of a level ever hold, summed. */
  long held(int t, int level) {
    measure(level);
    long total = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      classify(d, level, busiest ? level : 0, level);
      if (shape.axisOf[t][d] < 0) {
        total = Math.multiplyExact(total, active(d));
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] dims = shape.axisDimensions[t][a];
      long words = 1;
      if (dims.length == 1) {
        words = points(dims[0]);
      } else if (dims.length > 1) {
        words = diagonals.held(nest, t, a, level, tileExtent, busiest);
      }
      total = Math.multiplyExact(total, words);
    }
    return total;
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

  private void measure(int level) {
    java.util.Arrays.fill(tileExtent, 1);
    for (int i = nest.start[level]; i < nest.size; i++) {
      tileExtent[nest.dimension[i]] *= nest.bound[i];
    }
  }

  /** Indices of a dimension that the counted instances meet, summed over the instances. */
  private long points(int d) {
    long sum = 0;
    for (int c = 0; c < classes[d]; c++) {
      long each = (visits[d][c] - 1) * tileExtent[d] + lastExtent[d][c];
      sum += multiplicity[d][c] * each;
    }
    return sum;
  }

  private long active(int d) {
    long sum = 0;
    for (int c = 0; c < classes[d]; c++) {
      sum += multiplicity[d][c];
    }
    return sum;
  }

  /**
   * Finds the classes of the instances of level {@code inner} along a dimension: spatial loops of
   * levels {@code from} to {@code until} (exclusive) count all their indices, the others only index
   * 0, which stands for all that share its accesses.
   */
  private void classify(int d, int inner, int from, int until) {
    int outside = nest.start[inner];
    int freeFrom = nest.start[from];
    int freeUntil = nest.start[until];
    long extent = tileExtent[d];
    long last = (shape.bounds[d] - 1) / extent;
    long partial = shape.bounds[d] - last * extent;
    long before = 0;
    long after = 1;
    long instancesAfter = 1;
    for (int i = 0; i < outside; i++) {
      if (nest.dimension[i] == d) {
        if (nest.kind[i] == CompiledMapping.TEMPORAL) {
          after *= nest.bound[i];
        } else if (i >= freeFrom && i < freeUntil) {
          instancesAfter *= nest.bound[i];
        }
      }
    }
    classes[d] = 0;
    for (int i = 0; i < outside; i++) {
      if (nest.dimension[i] != d) {
        continue;
      }
      long b = nest.bound[i];
      long digit = last / (nest.stride[i] / extent) % b;
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        before = before * b + digit;
        after /= b;
      } else if (i >= freeFrom && i < freeUntil) {
        instancesAfter /= b;
        addClass(d, digit * instancesAfter, (before + 1) * after, extent);
        addClass(d, (b - 1 - digit) * instancesAfter, before * after, extent);
      } else if (digit > 0) {
        addClass(d, instancesAfter, (before + 1) * after, extent);
        return;
      }
    }
    addClass(d, 1, before + 1, partial);
  }

  private void addClass(int d, long instances, long tiles, long last) {
    if (instances == 0 || tiles == 0) {
      return;
    }
    for (int c = 0; c < classes[d]; c++) {
      if (visits[d][c] == tiles && lastExtent[d][c] == last) {
        multiplicity[d][c] += instances;
        return;
      }
    }
    int c = classes[d]++;
    multiplicity[d][c] = instances;
    visits[d][c] = tiles;
    lastExtent[d][c] = last;
  }

  /** First tiles, and then for every loop what its advances bring in. */
  private long entering(int t, int outer, int inner) {
    int outside = nest.start[inner];
    for (int d = 0; d < shape.dimensions; d++) {
      firstTiles(d);
    }
    long total = product(t, outer, inner, -1, false);
    for (int i = 0; i < outside; i++) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        for (int d = 0; d < shape.dimensions; d++) {
          advances(d, i, outside);
        }
        long all = product(t, outer, inner, i, false);
        if (all != 0) {
          total = Math.addExact(total, all - product(t, outer, inner, i, true));
        }
      }
    }
    return total;
  }

  private void firstTiles(int d) {
    entries[d] = 0;
    for (int c = 0; c < classes[d]; c++) {
      long extent = visits[d][c] == 1 ? lastExtent[d][c] : tileExtent[d];
      addEntry(d, multiplicity[d][c], extent, 0, 0);
    }
  }

  /** What happens along dimension d when temporal loop {@code loop} advances. */
  private void advances(int d, int loop, int outside) {
    entries[d] = 0;
    boolean own = nest.dimension[loop] == d;
    long inside = Digits.iterations(nest, d, loop + 1, outside);
    long full = tileExtent[d];
    long span = Digits.value(nest, d, loop + 1, outside, inside - 1);
    for (int c = 0; c < classes[d]; c++) {
      long times = multiplicity[d][c];
      long tiles = visits[d][c];
      long last = lastExtent[d][c];
      if (own) {
        long b = nest.bound[loop];
        long steps = (tiles - 1) / inside - (tiles - 1) / (inside * b);
        boolean endsHere = tiles > 1 && (tiles - 1) % inside == 0 && (tiles - 1) / inside % b != 0;
        long move = nest.stride[loop] - span;
        addEntry(d, times * (endsHere ? steps - 1 : steps), full, full, move);
        addEntry(d, endsHere ? times : 0, last, full, move);
      } else {
        long rounds = (tiles + inside - 1) / inside;
        long rest = tiles - (rounds - 1) * inside;
        addEntry(d, times * (rounds - 1), full, full, -span);
        if (rest == 1) {
          addEntry(d, times, last, last, 0);
        } else {
          long back = Digits.value(nest, d, loop + 1, outside, rest - 1);
          addEntry(d, times, full, last, -back);
        }
      }
    }
  }

  private void addEntry(int d, long times, long extentNow, long extentBefore, long move) {
    if (times == 0) {
      return;
    }
    int e = entries[d]++;
    count[d][e] = times;
    newExtent[d][e] = extentNow;
    oldExtent[d][e] = extentBefore;
    shift[d][e] = move;
  }

  /** Σ over all entries of the words of the new tiles, or of those that the old tiles held. */
  private long product(int t, int outer, int inner, int loop, boolean overlap) {
    long total = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      if (shape.axisOf[t][d] < 0) {
        long times = 0;
        for (int e = 0; e < entries[d]; e++) {
          times += count[d][e];
        }
        total = Math.multiplyExact(total, times);
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length && total != 0; a++) {
      long words;
      if (!isDiagonal(t, a, outer, inner)) {
        words = axis(t, a, overlap);
      } else if (isPerfect(t, a)) {
        long alike = diagonals.positions(nest, t, a, outer, inner);
        words = axis(t, a, overlap) / instances(t, a, outer, inner) * alike;
      } else {
        words =
            diagonals.words(nest, t, a, outer, inner, loop, overlap, boxes, tileExtent, busiest);
      }
      total = Math.multiplyExact(total, words);
    }
    return total;
  }

  private long axis(int t, int a, boolean overlap) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    if (dims.length == 0) {
      return 1;
    }
    for (int i = 0; i < dims.length; i++) {
      odometer[i] = 0;
      if (entries[dims[i]] == 0) {
        return 0;
      }
    }
    long total = 0;
    while (true) {
      long times = 1;
      long move = 0;
      for (int i = 0; i < dims.length; i++) {
        int d = dims[i];
        int e = odometer[i];
        times = Math.multiplyExact(times, count[d][e]);
        newSizes[i] = newExtent[d][e];
        oldSizes[i] = oldExtent[d][e];
        move += c[i] * shift[d][e];
      }
      long words;
      if (boxes) {
        long box = AffineSets.box(c, newSizes, dims.length);
        long old = overlap ? AffineSets.box(c, oldSizes, dims.length) : 0;
        words = overlap ? AffineSets.intervals(old, box, move) : box;
      } else {
        words =
            overlap
                ? AffineSets.overlap(c, oldSizes, newSizes, move, dims.length)
                : AffineSets.size(c, newSizes, dims.length);
      }
      total = Math.addExact(total, Math.multiplyExact(times, words));
      int i = 0;
      while (i < dims.length && ++odometer[i] == entries[dims[i]]) {
        odometer[i++] = 0;
      }
      if (i == dims.length) {
        return total;
      }
    }
  }
}
