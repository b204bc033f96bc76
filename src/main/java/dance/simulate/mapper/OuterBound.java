package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.List;

/**
 * The least that undecided boundaries cost: for every level, over all tiles that fit it, every kept
 * tensor enters at least once for each tile of the dimensions that do not move it, except those
 * that one innermost loop leaves still.
 */
final class OuterBound {
  private final MapProblem problem;
  private final int level;
  private final int kept;
  private final int[][] extents;
  private final int[][] counts;
  private final double[] least;
  private final double[] sweeps;

  /** Cost of one sweep of a tensor: [function][tensor]. */
  private final double[][] weight;

  private OuterBound(MapProblem problem, int[] keeps, int level) {
    this.problem = problem;
    this.level = level;
    kept = keeps[level];
    least = new double[problem.functions];
    sweeps = new double[problem.tensors];
    weight = new double[problem.functions][problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      if ((kept >> t & 1) == 0) {
        continue;
      }
      int outer = level - 1;
      while (outer > 0 && (keeps[outer] >> t & 1) == 0) {
        outer--;
      }
      double share = problem.instancesAtMost[level] / problem.instancesAtMost[outer];
      for (int j = 0; j < problem.functions; j++) {
        double taken =
            problem.read[j][outer] + (t == problem.output ? problem.update[j][outer] : 0);
        weight[j][t] = (problem.fill[j][level] + taken / share) * problem.words[t];
      }
    }
    extents = new int[problem.dims][];
    counts = new int[problem.dims][];
    for (int d = 0; d < problem.dims; d++) {
      candidates(d);
    }
  }

  /**
   * Bounds of all levels.
   *
   * @return one entry a level; null where nothing is bounded
   */
  static OuterBound[] of(MapProblem problem, int[] keeps) {
    OuterBound[] bounds = new OuterBound[problem.levels];
    for (int l = 1; l < problem.levels; l++) {
      // Instances that idle in a last round may keep their tiles: no bound without the spread.
      boolean mayIdle = problem.space.spatialRemainders && problem.instancesAtMost[l] > 1;
      if (keeps[l] != 0 && !mayIdle) {
        bounds[l] = new OuterBound(problem, keeps, l);
        bounds[l].findLeast();
      }
    }
    return bounds;
  }

  /**
   * Sums of the least costs: entry k holds levels 1…k, and what the first accumulations save at
   * level 0 and at those levels.
   */
  static double[][] sums(MapProblem problem, int[] keeps, OuterBound[] bounds) {
    double[][] sums = new double[problem.levels][problem.functions];
    for (int j = 0; j < problem.functions; j++) {
      sums[0][j] = -problem.read[j][0] * problem.words[problem.output];
      for (int l = 1; l < problem.levels; l++) {
        double least = bounds[l] == null ? 0 : bounds[l].least[j];
        sums[l][j] = sums[l - 1][j] + least - saved(problem, keeps, l, j);
      }
    }
    return sums;
  }

  private void findLeast() {
    java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
    int[] extent = new int[problem.dims];
    int[] count = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      extent[d] = extents[d][0];
      count[d] = counts[d][0];
    }
    walk(0, extent, count);
  }

  /** How much more energy the boundary costs with these counts of tiles than with the best. */
  double excess(int[] count) {
    return cost(0, count) - least[0];
  }

  private static double saved(MapProblem problem, int[] keeps, int l, int j) {
    if ((keeps[l] >> problem.output & 1) == 0) {
      return 0;
    }
    double first = problem.read[j][l] + problem.fill[j][l];
    return first * problem.words[problem.output] * problem.instancesAtMost[l];
  }

  /** Tile extents with the counts that they leave, smallest tile first. */
  private void candidates(int d) {
    int bound = problem.bounds[d];
    List<int[]> list = new ArrayList<>();
    boolean any = problem.space.spatialRemainders && isSpread(d);
    if (any) {
      for (int n = bound; n >= 1; ) {
        int extent = Spatial.ceil(bound, n);
        list.add(new int[] {extent, n});
        n = n == 1 ? 0 : Spatial.ceil(bound, Spatial.ceil(bound, n - 1));
      }
    } else {
      for (int f : Spatial.divisorsOf(bound)) {
        list.add(new int[] {f, bound / f});
      }
    }
    extents[d] = list.stream().mapToInt(c -> c[0]).toArray();
    counts[d] = list.stream().mapToInt(c -> c[1]).toArray();
  }

  private boolean isSpread(int d) {
    for (int l = 0; l < problem.levels; l++) {
      if (problem.fanout[l] > 1) {
        for (MapSpace.Axes axes : problem.space.levels[l].axes) {
          if (((axes.alongX() | axes.alongY()) >> d & 1) != 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Visits the tiles that fit. Larger tiles never cost more, so of the last dimension only the
   * largest that fits is visited.
   */
  private void walk(int d, int[] extent, int[] count) {
    int last = problem.dims - 1;
    int[] candidates = extents[d];
    if (d == last) {
      int best = -1;
      for (int i = candidates.length - 1; i >= 0 && best < 0; i--) {
        extent[d] = candidates[i];
        count[d] = counts[d][i];
        if (fits(extent)) {
          best = i;
        }
      }
      if (best >= 0) {
        visit(count);
      }
    } else {
      for (int i = 0; i < candidates.length; i++) {
        extent[d] = candidates[i];
        count[d] = counts[d][i];
        if (!fits(extent)) {
          break;
        }
        walk(d + 1, extent, count);
      }
    }
    extent[d] = candidates[0];
    count[d] = counts[d][0];
  }

  private boolean fits(int[] extent) {
    if (problem.capacity[level] == Long.MAX_VALUE) {
      return true;
    }
    double words = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if ((kept >> t & 1) != 0) {
        words += problem.tile(t, extent);
      }
    }
    return words <= problem.capacity[level];
  }

  private void visit(int[] count) {
    for (int j = 0; j < problem.functions; j++) {
      least[j] = Math.min(least[j], cost(j, count));
    }
  }

  private double cost(int j, int[] count) {
    double sum = 0;
    double best = 0;
    for (int t = 0; t < problem.tensors; t++) {
      sweeps[t] = weight[j][t] == 0 ? 0 : sweeps(t, count);
      sum += weight[j][t] * sweeps[t];
    }
    for (int d = 0; d < problem.dims; d++) {
      if (count[d] > 1) {
        double gained = 0;
        for (int t = 0; t < problem.tensors; t++) {
          if (weight[j][t] != 0 && !problem.isRelevant(t, d)) {
            gained += weight[j][t] * (sweeps[t] - 1);
          }
        }
        best = Math.max(best, gained);
      }
    }
    return sum - best;
  }

  private double sweeps(int t, int[] count) {
    double product = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(t, d)) {
        product *= count[d];
      }
    }
    return product;
  }
}
