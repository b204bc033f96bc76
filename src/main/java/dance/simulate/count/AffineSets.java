package dance.simulate.count;

import java.util.BitSet;

/**
 * Sizes and overlaps of one-dimensional sets {@code {Σ cᵢ·xᵢ : 0 ≤ xᵢ < nᵢ}}, gaps included: the
 * projection of a tile onto one axis of a tensor.
 *
 * <p>The cost depends on the number of terms and on the coefficients (strides, dilations), not on
 * the extents, except where three or more terms leave gaps that do not nest; there the sets are
 * enumerated.
 */
public final class AffineSets {
  private AffineSets() {}

  /** Number of elements of the set; coefficients and extents are {@code [terms]}. */
  public static long size(int[] coefficients, long[] extents, int terms) {
    if (terms == 0) {
      return 1;
    }
    if (terms == 1) {
      return extents[0];
    }
    if (terms == 2) {
      return overlap2(
          coefficients[0], extents[0], extents[0], coefficients[1], extents[1], extents[1], 0);
    }
    return overlap(coefficients, extents, extents, 0, terms);
  }

  /** Extent of the smallest interval that holds the set; arrays are {@code [terms]}. */
  public static long box(int[] coefficients, long[] extents, int terms) {
    long length = 1;
    for (int i = 0; i < terms; i++) {
      length += coefficients[i] * (extents[i] - 1);
    }
    return length;
  }

  /**
   * Number of elements that {@code A} shares with {@code B} moved by {@code shift}; arrays are
   * {@code [terms]}.
   */
  public static long overlap(int[] coefficients, long[] a, long[] b, long shift, int terms) {
    if (terms == 0) {
      return shift == 0 ? 1 : 0;
    }
    if (terms == 1) {
      return overlap1(coefficients[0], a[0], b[0], shift);
    }
    if (terms == 2) {
      return overlap2(coefficients[0], a[0], b[0], coefficients[1], a[1], b[1], shift);
    }
    return overlapMany(coefficients, a, b, shift, terms);
  }

  private static long overlap1(int c, long a, long b, long shift) {
    if (c == 1) {
      return intervals(a, b, shift);
    }
    if (a == 1 && b == 1) {
      return shift == 0 ? 1 : 0;
    }
    return shift % c == 0 ? intervals(a, b, shift / c) : 0;
  }

  /** |[0, a) ∩ [shift, shift + b)|. */
  static long intervals(long a, long b, long shift) {
    return Math.max(0, Math.min(a, shift + b) - Math.max(0, shift));
  }

  static long overlap2(int c0, long a0, long b0, int c1, long a1, long b1, long shift) {
    if (a1 == 1 && b1 == 1) {
      return overlap1(c0, a0, b0, shift);
    }
    if (a0 == 1 && b0 == 1) {
      return overlap1(c1, a1, b1, shift);
    }
    if (c0 > c1) {
      return overlap2(c1, a1, b1, c0, a0, b0, shift);
    }
    if (c0 == 1 && a0 >= c1 && b0 >= c1) {
      return intervals(c1 * (a1 - 1) + a0, c1 * (b1 - 1) + b0, shift);
    }
    if (c1 % c0 == 0) {
      if (shift % c0 != 0) {
        return 0;
      }
      return blocks(c1 / c0, a0, a1, b0, b1, shift / c0);
    }
    int g = gcd(c0, c1);
    if (shift % g != 0) {
      return 0;
    }
    return coprime(c0 / g, a0, b0, c1 / g, a1, b1, shift / g);
  }

  /**
   * Terms with coprime coefficients: the elements fall into {@code c0} residue classes by the index
   * of the second term; each class is a row of blocks.
   */
  private static long coprime(int c0, long a0, long b0, int c1, long a1, long b1, long shift) {
    long total = 0;
    long inverse = inverse(c1 % c0, c0);
    long lag = Math.floorMod(Math.floorMod(shift, (long) c0) * inverse, (long) c0);
    for (int y = 0; y < c0 && y < a1; y++) {
      long partner = Math.floorMod(y - lag, (long) c0);
      if (partner < b1) {
        long rowsA = (a1 - y + c0 - 1) / c0;
        long rowsB = (b1 - partner + c0 - 1) / c0;
        long offset = (c1 * (partner - y) + shift) / c0;
        total += blocks(c1, a0, rowsA, b0, rowsB, offset);
      }
    }
    return total;
  }

  /**
   * Overlap of {@code rowsA} blocks of {@code a} elements at multiples of {@code spacing} with
   * {@code rowsB} blocks of {@code b} elements that start at {@code shift}.
   */
  private static long blocks(long spacing, long a, long rowsA, long b, long rowsB, long shift) {
    if (a >= spacing || rowsA == 1) {
      long length = spacing * (rowsA - 1) + a;
      return below(spacing, b, rowsB, length - shift) - below(spacing, b, rowsB, -shift);
    }
    if (b >= spacing || rowsB == 1) {
      long length = spacing * (rowsB - 1) + b;
      return below(spacing, a, rowsA, shift + length) - below(spacing, a, rowsA, shift);
    }
    long quotient = Math.floorDiv(shift, spacing);
    long remainder = shift - quotient * spacing;
    long same = intervals(a, b, remainder);
    long next = intervals(a, b, remainder - spacing);
    return same * intervals(rowsA, rowsB, quotient) + next * intervals(rowsA, rowsB, quotient + 1);
  }

  /** Elements below {@code limit} of a row of blocks that starts at 0. */
  private static long below(long spacing, long length, long rows, long limit) {
    if (limit <= 0) {
      return 0;
    }
    if (length >= spacing || rows == 1) {
      return Math.min(limit, spacing * (rows - 1) + length);
    }
    long full = limit / spacing;
    return full >= rows ? rows * length : full * length + Math.min(length, limit - full * spacing);
  }

  /** Merges terms that fill each other's gaps; enumerates those that do not merge. */
  private static long overlapMany(int[] coefficients, long[] a, long[] b, long shift, int terms) {
    int[] c = new int[terms];
    long[] x = new long[terms];
    long[] y = new long[terms];
    int n = 0;
    for (int i = 0; i < terms; i++) {
      if (a[i] > 1 || b[i] > 1) {
        int at = n++;
        while (at > 0 && c[at - 1] > coefficients[i]) {
          c[at] = c[at - 1];
          x[at] = x[at - 1];
          y[at] = y[at - 1];
          at--;
        }
        c[at] = coefficients[i];
        x[at] = a[i];
        y[at] = b[i];
      }
    }
    for (int i = 1; i < n && n > 2; ) {
      long step = c[i] / c[0];
      if (c[i] % c[0] == 0 && x[0] >= step && y[0] >= step) {
        x[0] += step * (x[i] - 1);
        y[0] += step * (y[i] - 1);
        n--;
        for (int j = i; j < n; j++) {
          c[j] = c[j + 1];
          x[j] = x[j + 1];
          y[j] = y[j + 1];
        }
      } else {
        i++;
      }
    }
    if (n <= 2) {
      return overlap(c, x, y, shift, n);
    }
    BitSet first = elements(c, x, n);
    BitSet second = elements(c, y, n);
    long shared = 0;
    for (int e = second.nextSetBit(0); e >= 0; e = second.nextSetBit(e + 1)) {
      long moved = e + shift;
      if (moved >= 0 && moved < first.length() && first.get((int) moved)) {
        shared++;
      }
    }
    return shared;
  }

  /** The set itself. */
  static BitSet elements(int[] coefficients, long[] extents, int terms) {
    BitSet set = new BitSet();
    set.set(0);
    for (int i = 0; i < terms; i++) {
      BitSet sum = new BitSet();
      for (int x = 0; x < extents[i]; x++) {
        int step = Math.multiplyExact(x, coefficients[i]);
        for (int e = set.nextSetBit(0); e >= 0; e = set.nextSetBit(e + 1)) {
          sum.set(Math.addExact(e, step));
        }
      }
      set = sum;
    }
    return set;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** x with a·x ≡ 1 modulo m, for coprime a and m. */
  private static long inverse(int a, int m) {
    for (int x = 0; x < m; x++) {
      if ((long) a * x % m == 1 % m) {
        return x;
      }
    }
    throw new IllegalStateException(a + " and " + m + " are not coprime");
  }
}
