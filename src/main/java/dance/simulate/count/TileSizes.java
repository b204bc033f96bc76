package dance.simulate.count;

/** Extents of the tiles of every level, and the words in them. Mutable and reusable. */
final class TileSizes {
  private final CompiledEinsum shape;
  private final int levels;
  private final long[] terms;
  private boolean boxes;

  /**
   * Extents of the largest tile: [level][dimension]; the last level is a MAC unit. Those of the
   * nest itself if no tile exceeds a bound.
   */
  long[][] extents;

  /** Extents that end at the bounds: [level][dimension]. */
  private final long[][] cut;

  TileSizes(CompiledEinsum shape, int levels) {
    this.shape = shape;
    this.levels = levels;
    terms = new long[shape.maxTerms];
    cut = new long[levels + 1][shape.dimensions];
    extents = cut;
  }

  /**
   * Measures the tiles of a nest.
   *
   * @param perfect whether no tile is partial
   * @param boundingBoxes whether gaps in tiles count as words
   */
  void measure(CompiledMapping nest, boolean perfect, boolean boundingBoxes) {
    boxes = boundingBoxes;
    if (perfect) {
      extents = nest.inside;
      return;
    }
    extents = cut;
    int[] bounds = shape.bounds;
    for (int l = 0; l <= levels; l++) {
      long[] extent = extents[l];
      long[] product = nest.inside[l];
      for (int d = 0; d < bounds.length; d++) {
        extent[d] = Math.min(product[d], bounds[d]);
      }
    }
  }

  /**
   * Words of a level's tile.
   *
   * @throws ArithmeticException if there are more than 2⁶³ − 1
   */
  long words(int t, int level) {
    long[] extent = extents[level];
    long words = 1;
    if (shape.unit[t]) {
      for (int d : shape.relevant[t]) {
        // A product of extents is at most the number of points, which is a long.
        words *= extent[d];
      }
      return words;
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      words = Math.multiplyExact(words, axis(t, a, extent));
    }
    return words;
  }

  /** Elements of a tile along an axis. */
  long axis(int t, int a, long[] extent) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    switch (dims.length) {
      case 0:
        return 1;
      case 1:
        return boxes ? c[0] * (extent[dims[0]] - 1) + 1 : extent[dims[0]];
      case 2:
        long first = extent[dims[0]];
        long second = extent[dims[1]];
        return boxes
            ? c[0] * (first - 1) + c[1] * (second - 1) + 1
            : AffineSets.overlap2(c[0], first, first, c[1], second, second, 0);
      default:
        take(dims, extent);
        return boxes
            ? AffineSets.box(c, terms, dims.length)
            : AffineSets.size(c, terms, dims.length);
    }
  }

  /** Elements along an axis that a tile shares with itself moved. */
  long overlap(int t, int a, long[] extent, long move) {
    if (boxes) {
      return Math.max(0, axis(t, a, extent) - Math.abs(move));
    }
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    if (dims.length == 2) {
      long first = extent[dims[0]];
      long second = extent[dims[1]];
      return AffineSets.overlap2(c[0], first, first, c[1], second, second, move);
    }
    take(dims, extent);
    return AffineSets.overlap(c, terms, terms, move, dims.length);
  }

  private void take(int[] dims, long[] extent) {
    for (int i = 0; i < dims.length; i++) {
      terms[i] = extent[dims[i]];
    }
  }
}
