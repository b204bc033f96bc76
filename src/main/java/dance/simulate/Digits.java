package dance.simulate;

/** The temporal loops of one dimension as the digits of a number: which tile is visited when. */
final class Digits {
  private Digits() {}

  /** Iterations of the temporal loops over a dimension between two places of a nest. */
  static long iterations(CompiledMapping nest, int d, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      if (nest.dimension[i] == d && nest.kind[i] == CompiledMapping.TEMPORAL) {
        product *= nest.bound[i];
      }
    }
    return product;
  }

  /** Index along the dimension at the given iteration of those loops. */
  static long value(CompiledMapping nest, int d, int from, int to, long iteration) {
    long rest = iteration;
    long value = 0;
    for (int i = to - 1; i >= from && rest > 0; i--) {
      if (nest.dimension[i] == d && nest.kind[i] == CompiledMapping.TEMPORAL) {
        value += rest % nest.bound[i] * nest.stride[i];
        rest /= nest.bound[i];
      }
    }
    return value;
  }
}
