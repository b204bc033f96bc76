package dance.search.train;

/** Numbers of 16 bits (IEEE 754 binary16), to keep weights in half the space. */
final class Half {
  private static final int BITS = 13; // that a float has and a half has not
  private static final int SMALLEST_NORMAL = 0x38800000; // 2⁻¹⁴ as a float
  private static final int REBIAS = 0x38000000; // 127 − 15 in the exponent of a float
  private static final int INFINITE = 0x7c00;
  private static final double SUBNORMAL_STEP = 0x1p-24;

  private Half() {}

  /** The nearest half, ties to even; infinite if there is none. */
  static short of(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int size = bits & 0x7fffffff;
    if (Float.isNaN(value)) {
      return (short) (sign | INFINITE | 1);
    }
    if (size < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(Math.abs((double) value) / SUBNORMAL_STEP));
    }
    int rounded = size + 0xfff + (size >>> BITS & 1);
    return (short) (sign | Math.min(INFINITE, (rounded - REBIAS) >>> BITS));
  }

  /** The value of a half; exact. */
  static float value(short half) {
    int exponent = half >>> 10 & 0x1f;
    int fraction = half & 0x3ff;
    float size =
        exponent == 0
            ? (float) (fraction * SUBNORMAL_STEP)
            : exponent == 0x1f
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : Math.scalb(1 + fraction / 1024f, exponent - 15);
    return half < 0 ? -size : size;
  }
}
