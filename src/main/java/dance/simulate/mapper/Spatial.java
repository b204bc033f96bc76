package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The unrollings of the dimensions of an einsum over the instances below one level. */
final class Spatial {
  /**
   * One unrolling.
   *
   * @param x factors along X
   * @param y factors along Y
   * @param factor their products
   * @param product instances in use
   * @param whole dimensions that must be unrolled completely
   */
  record Unrolling(int[] x, int[] y, int[] factor, double product, DimensionSet whole) {

    /** Whether it is in the map space for these numbers of remaining tiles. */
    boolean fits(int[] count, boolean remainders) {
      for (int d = 0; d < factor.length; d++) {
        if (!fits(d, count[d], remainders)) {
          return false;
        }
      }
      return true;
    }

    /** Whether it is in the map space for this number of remaining tiles along a dimension. */
    boolean fits(int d, int count, boolean remainders) {
      if (factor[d] == 1) {
        return true;
      }
      if (whole.contains(d) && remaining(count, x[d], y[d]) > 1) {
        return false;
      }
      if (!remainders) {
        return count % factor[d] == 0;
      }
      int afterX = isUseful(count, x[d]);
      return afterX > 0 && isUseful(afterX, y[d]) > 0;
    }

    /**
     * Lower bound of the instances along a dimension that have a tile: of x columns and y rows,
     * with ⌈n / x⌉ ≥ y rounds left by the columns, n ≥ x (y − 1) + 1; as fewer than x columns leave
     * more, n ≥ y (x − 1) + 1.
     */
    int leastInUse(int d) {
      return Math.max(x[d] * (y[d] - 1), y[d] * (x[d] - 1)) + 1;
    }

    /** Columns of the array that it uses. */
    int columns() {
      return times(x);
    }

    /** Rows of the array that it uses. */
    int rows() {
      return times(y);
    }

    private static int times(int[] factors) {
      int product = 1;
      for (int factor : factors) {
        product *= factor;
      }
      return product;
    }

    /** Remaining tiles, or 0 if a smaller factor leaves as many. */
    private static int isUseful(int count, int factor) {
      if (factor > count) {
        return 0;
      }
      int left = ceil(count, factor);
      return factor == ceil(count, left) ? left : 0;
    }
  }

  private final List<Unrolling> choices = new ArrayList<>();

  private Spatial() {}

  /** This unrolling alone. */
  static Spatial only(Unrolling unrolling) {
    Spatial result = new Spatial();
    result.choices.add(unrolling);
    return result;
  }

  /** Unrollings by descending use of the array. */
  List<Unrolling> choices() {
    return choices;
  }

  static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Tiles that remain after unrolling a dimension along X and then along Y. */
  static int remaining(int count, int x, int y) {
    return ceil(ceil(count, x), y);
  }

  /** Divisors of small numbers, cached; independent of the thread. */
  private static final int[][] DIVISORS = new int[4096][];

  static int[] divisorsOf(int n) {
    if (n >= DIVISORS.length) {
      return findDivisors(n);
    }
    int[] known = DIVISORS[n];
    if (known == null) {
      known = findDivisors(n);
      DIVISORS[n] = known;
    }
    return known;
  }

  private static int[] findDivisors(int n) {
    return IntStream.rangeClosed(1, n).filter(f -> n % f == 0).toArray();
  }

  /** All unrollings at a level of a map space. */
  static Spatial of(MapSpace space, int level, int[] bounds) {
    MemoryLevel memory = space.accelerator.levels().get(level);
    return of(space, level, bounds, memory.fanoutX(), memory.fanoutY());
  }

  /** All unrollings if the level had this fan-out. */
  static Spatial of(MapSpace space, int level, int[] bounds, int fanoutX, int fanoutY) {
    Spatial result = new Spatial();
    int dims = bounds.length;
    result.wholeOnly = wholeOnly(space, level, dims);
    MapSpace.Level rule = space.levels[level];
    boolean sidesMatter =
        space.spatialRemainders || !space.accelerator.levels().get(level).interconnect().free();
    Set<List<Integer>> seen = new HashSet<>();
    for (MapSpace.Axes axes : rule.axes) {
      List<int[]> alongX = new ArrayList<>();
      vectors(space, bounds, axes.alongX(), fanoutX, 0, new int[dims], 1, alongX);
      List<int[]> alongY = new ArrayList<>();
      vectors(space, bounds, axes.alongY(), fanoutY, 0, new int[dims], 1, alongY);
      for (int[] x : alongX) {
        for (int[] y : alongY) {
          result.add(space, rule, bounds, x, y, sidesMatter, seen);
        }
      }
    }
    result.choices.sort(
        Comparator.comparingDouble(Unrolling::product)
            .reversed()
            .thenComparing(c -> java.util.Arrays.toString(c.x()))
            .thenComparing(c -> java.util.Arrays.toString(c.y())));
    return result;
  }

  /**
   * Dimensions that are unrolled completely here and at every inner level that unrolls them: the
   * remaining tiles are a divisor of their bound.
   */
  private static boolean[] wholeOnly(MapSpace space, int level, int dims) {
    boolean[] whole = new boolean[dims];
    for (int d = 0; d < dims; d++) {
      whole[d] = true;
      for (int l = level; l < space.levels.length; l++) {
        MemoryLevel memory = space.accelerator.levels().get(l);
        boolean unrollings = l == level || (long) memory.fanoutX() * memory.fanoutY() > 1;
        whole[d] &= !unrollings || space.levels[l].whole.contains(d);
      }
    }
    return whole;
  }

  /** Whether factors are the smallest that unroll some divisor of a bound completely. */
  private static boolean fitsWhole(MapSpace space, int bound, int x, int y) {
    for (int count : divisorsOf(bound)) {
      boolean fits = space.spatialRemainders ? isLeast(count, x, y) : count == x * y;
      if (fits && remaining(count, x, y) == 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLeast(int count, int x, int y) {
    int afterX = Unrolling.isUseful(count, x);
    return afterX > 0 && Unrolling.isUseful(afterX, y) > 0;
  }

  private boolean[] wholeOnly;

  private void add(
      MapSpace space,
      MapSpace.Level rule,
      int[] bounds,
      int[] x,
      int[] y,
      boolean sidesMatter,
      Set<List<Integer>> seen) {
    int dims = bounds.length;
    int[] factor = new int[dims];
    double product = 1;
    List<Integer> key = new ArrayList<>();
    for (int d = 0; d < dims; d++) {
      long both = (long) x[d] * y[d];
      int most = rule.spatialAtMost[d] == 0 ? Integer.MAX_VALUE : rule.spatialAtMost[d];
      boolean allowed = rule.spatial[d] == 0 || rule.spatial[d] == both;
      boolean divides = space.spatialRemainders || bounds[d] % both == 0;
      boolean useful = both == 1 || both < 2L * bounds[d];
      boolean fits = both == 1 || !wholeOnly[d] || fitsWhole(space, bounds[d], x[d], y[d]);
      if (both > most || !allowed || !divides || !useful || !fits) {
        return;
      }
      factor[d] = (int) both;
      product *= both;
      key.add(factor[d]);
      if (sidesMatter) {
        key.add(x[d]);
      }
    }
    if (seen.add(key)) {
      choices.add(new Unrolling(x, y, factor, product, rule.whole));
    }
  }

  private static void vectors(
      MapSpace space,
      int[] bounds,
      DimensionSet allowed,
      int fanout,
      int d,
      int[] vector,
      int product,
      List<int[]> result) {
    if (d == vector.length) {
      result.add(vector.clone());
      return;
    }
    int most = !allowed.contains(d) ? 1 : Math.min(bounds[d], fanout / product);
    for (int f = 1; f <= most; f++) {
      if (space.spatialRemainders || bounds[d] % f == 0) {
        vector[d] = f;
        vectors(space, bounds, allowed, fanout, d + 1, vector, product * f, result);
      }
    }
    vector[d] = 1;
  }
}
