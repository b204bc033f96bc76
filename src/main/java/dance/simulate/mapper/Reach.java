package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Upper bounds of the unrolling before each level, over all mappings of the map space. With fewer
 * remaining tiles they still hold: temporal loops inside divide the tiles, and ⌈n / f⌉ rounds over
 * n tiles are at most t times those over n / t. An array inside leaves any number of tiles, ⌈n /
 * f⌉, of which some may fit better than n: 5 tiles over 4 instances take two rounds, but 3 take
 * one, so that a second array is faster than by 5 / 2.
 */
final class Reach {
  private static final int MOST_PRODUCTS = 5000;

  /** Upper bound of the instances in use: [level]; of the MACs last. */
  final double[] inUse;

  /** Upper bound of the speed-up over one instance: [level]. */
  final double[] faster;

  /**
   * The same where the remaining tiles along each dimension are a divisor of all: [level]. All
   * levels together then take ⌈n / f⌉ rounds for the product f of their factors, so that the
   * factors count that none exceeds along every dimension.
   */
  final double[] fasterThanDivisors;

  /** Upper bound of the instances that share a tile: [level][tensor]. */
  final double[][] sharing;

  /** Upper bound of the instances that accumulate a word of the output: [level]. */
  final double[] copies;

  /** Dimensions that the levels before this one may unroll: [level]. */
  final DimensionSet[] dimensions;

  Reach(MappingCosts problem, Spatial[] spatial) {
    int levels = problem.levels;
    inUse = new double[levels + 1];
    faster = new double[levels + 1];
    fasterThanDivisors = new double[levels + 1];
    dimensions = new DimensionSet[levels + 1];
    dimensions[0] = DimensionSet.NONE;
    sharing = new double[levels + 1][problem.tensors];
    Arrays.fill(sharing[0], 1);
    copies = new double[levels + 1];
    copies[0] = 1;
    inUse[0] = 1;
    faster[0] = 1;
    fasterThanDivisors[0] = 1;
    int[] none = new int[problem.dims];
    Arrays.fill(none, 1);
    List<int[]> together = List.of(none);
    for (int l = 0; l < levels; l++) {
      add(problem, l, spatial[l].choices(), unrolledInside(problem, spatial, l));
      boolean array = problem.fanout[l] > 1;
      fasterThanDivisors[l + 1] = array ? faster[l + 1] : fasterThanDivisors[l];
      if (array && !together.isEmpty()) {
        List<int[]> most = most(problem.bounds, spatial[l]);
        fasterThanDivisors[l + 1] = Math.min(faster[l + 1], most(problem.bounds, together, most));
        together = products(problem.bounds, together, most);
      }
    }
  }

  /** Factors of a level that no other exceeds along every dimension. */
  private static List<int[]> most(int[] bounds, Spatial level) {
    List<int[]> factors = new ArrayList<>();
    for (Spatial.Unrolling choice : level.choices()) {
      factors.add(choice.factor());
    }
    return maximal(bounds, factors);
  }

  /** Upper bound of the speed-up by the factors of two lists together. */
  private static double most(int[] bounds, List<int[]> outside, List<int[]> inside) {
    double most = 1;
    for (int[] outer : outside) {
      for (int[] inner : inside) {
        double times = 1;
        for (int d = 0; d < bounds.length; d++) {
          times *= (double) bounds[d] / Spatial.ceil(bounds[d], outer[d] * inner[d]);
        }
        most = Math.max(most, times);
      }
    }
    return most;
  }

  private static double speedUp(int[] bounds, int[] factors) {
    double times = 1;
    for (int d = 0; d < bounds.length; d++) {
      times *= (double) bounds[d] / Spatial.ceil(bounds[d], factors[d]);
    }
    return times;
  }

  /** Maximal products of the factors of two lists; empty if there are too many. */
  private static List<int[]> products(int[] bounds, List<int[]> outside, List<int[]> inside) {
    if ((long) outside.size() * inside.size() > MOST_PRODUCTS) {
      return List.of();
    }
    List<int[]> products = new ArrayList<>();
    for (int[] outer : outside) {
      for (int[] inner : inside) {
        int[] product = new int[bounds.length];
        for (int d = 0; d < bounds.length; d++) {
          product[d] = (int) Math.min(bounds[d], (long) outer[d] * inner[d]);
        }
        products.add(product);
      }
    }
    return maximal(bounds, products);
  }

  private static List<int[]> maximal(int[] bounds, List<int[]> factors) {
    factors.sort(Comparator.comparingDouble((int[] f) -> -speedUp(bounds, f)));
    List<int[]> most = new ArrayList<>();
    for (int[] candidate : factors) {
      if (most.stream().noneMatch(other -> exceeds(other, candidate))) {
        most.add(candidate);
      }
    }
    return most;
  }

  private static boolean exceeds(int[] factors, int[] others) {
    for (int d = 0; d < factors.length; d++) {
      if (factors[d] < others[d]) {
        return false;
      }
    }
    return true;
  }

  /** Dimensions that a level inside may unroll and leave any number of tiles. */
  static DimensionSet unrolledInside(MappingCosts problem, Spatial[] spatial, int level) {
    DimensionSet unrolled = DimensionSet.NONE;
    for (int l = level + 1; l < problem.levels && problem.space.spatialRemainders; l++) {
      for (Spatial.Unrolling choice : spatial[l].choices()) {
        for (int d = 0; d < problem.dims; d++) {
          unrolled = choice.factor()[d] > 1 ? unrolled.with(d) : unrolled;
        }
      }
    }
    return unrolled;
  }

  private void add(
      MappingCosts problem,
      int level,
      List<Spatial.Unrolling> choices,
      DimensionSet unrolledInside) {
    double most = 1;
    double fastest = 1;
    DimensionSet unrolled = DimensionSet.NONE;
    double[] shared = new double[problem.tensors];
    Arrays.fill(shared, 1);
    for (Spatial.Unrolling choice : choices) {
      double working = 1;
      double times = 1;
      for (int d = 0; d < problem.dims; d++) {
        int bound = problem.bounds[d];
        if (choice.factor()[d] > 1) {
          working *= Math.min(choice.factor()[d], bound);
          times *=
              unrolledInside.contains(d)
                  ? Math.min(choice.factor()[d], bound)
                  : (double) bound / Spatial.remaining(bound, choice.x()[d], choice.y()[d]);
          unrolled = unrolled.with(d);
        }
      }
      for (int t = 0; t < shared.length; t++) {
        shared[t] = Math.max(shared[t], sharing(problem, t, choice.factor()));
      }
      most = Math.max(most, working);
      fastest = Math.max(fastest, times);
    }
    for (int t = 0; t < shared.length; t++) {
      sharing[level + 1][t] = sharing[level][t] * shared[t];
    }
    inUse[level + 1] = inUse[level] * most;
    copies[level + 1] = problem.plainOutput ? sharing[level + 1][problem.output] : inUse[level + 1];
    faster[level + 1] = faster[level] * fastest;
    dimensions[level + 1] = dimensions[level].or(unrolled);
  }

  /** Upper bound of the instances that share a tile, whatever other levels unroll. */
  static double sharing(MappingCosts problem, int t, int[] factor) {
    double shared = 1;
    for (int d = 0; d < problem.dims; d++) {
      shared *= problem.sharing.mayShare(t, d) ? Math.min(factor[d], problem.bounds[d]) : 1;
    }
    return shared;
  }

  /** Upper bound of the instances inside a level that share a tile of the outer one. */
  double sharing(int outer, int level, int t) {
    return sharing[level][t] / sharing[outer][t];
  }
}
