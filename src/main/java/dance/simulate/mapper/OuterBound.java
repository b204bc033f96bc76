package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lower bound of the cost of undecided boundaries: at every level each word of a kept tensor enters
 * once; and over all feasible tiles, every kept tensor enters at least once for each tile of the
 * dimensions that do not move it, less what sliding tiles overlap ({@link MovedWords}), except
 * those of one innermost stationary loop. The latter does not hold below an array with partial
 * rounds, where idle instances may keep their tiles.
 */
final class OuterBound {
  private final MappingCosts problem;
  private final int level;
  private final TensorSet kept;
  private final int[][] extents;
  private final int[][] counts;
  private final boolean mayIdle;
  private final double[] least;
  private final MovedWords moved;
  private final Reach reach;
  private final double[] words;

  /** Cost of every word once: [function]. */
  private final double[] once;

  /** The same without reads and fills of the output, which may be saved: [function]. */
  private final double[] sure;

  /** Level from which the output comes. */
  private int outputFrom;

  /** Cost of a word of a tensor: [function][tensor]. */
  private final double[][] weight;

  private OuterBound(
      MappingCosts problem, TensorSet[] keeps, int level, MovedWords moved, Reach reach) {
    this.problem = problem;
    this.moved = moved;
    this.reach = reach;
    this.level = level;
    kept = keeps[level];
    mayIdle = problem.space.spatialRemainders && problem.instancesAtMost[level] > 1;
    once = new double[problem.functions];
    sure = new double[problem.functions];
    least = new double[problem.functions];
    words = new double[problem.tensors];
    weight = new double[problem.functions][problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      if (!kept.contains(t)) {
        continue;
      }
      int outer = outer(keeps, level, t);
      boolean isOutput = t == problem.output;
      outputFrom = isOutput ? outer : outputFrom;
      double share = reach.sharing(outer, level, t);
      for (int j = 0; j < problem.functions; j++) {
        double update = isOutput ? problem.costs.update[j][outer] : 0;
        double taken = problem.costs.read(j, outer, t) + update;
        weight[j][t] = problem.costs.fill(j, level, t) + taken / share;
        double each = problem.costs.fill(j, level, t) + taken;
        once[j] += each * problem.words[t];
        sure[j] += (isOutput ? update : each) * problem.words[t];
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
   * @param known bounds for other choices of kept tensors, by level, kept tensors, and the source
   *     of each
   * @return one per level; null where nothing is bounded
   */
  static OuterBound[] of(
      MappingCosts problem,
      TensorSet[] keeps,
      Map<List<Integer>, OuterBound> known,
      MovedWords moved,
      Reach reach) {
    OuterBound[] bounds = new OuterBound[problem.levels];
    for (int l = 1; l < problem.levels; l++) {
      if (!keeps[l].isEmpty()) {
        List<Integer> key = new ArrayList<>(List.of(l, keeps[l].bits()));
        for (int t = 0; t < problem.tensors; t++) {
          key.add(!keeps[l].contains(t) ? -1 : outer(keeps, l, t));
        }
        OuterBound bound = known.get(key);
        if (bound == null) {
          bound = new OuterBound(problem, keeps, l, moved, reach);
          bound.findLeast();
          known.put(key, bound);
        }
        bounds[l] = bound;
      }
    }
    return bounds;
  }

  /** The level from which a tensor comes. */
  private static int outer(TensorSet[] keeps, int level, int t) {
    int outer = level - 1;
    while (outer > 0 && !keeps[outer].contains(t)) {
      outer--;
    }
    return outer;
  }

  /**
   * Sums of the minimum costs of the boundaries around levels 1…k, minus the savings of first
   * accumulations: fills there, and reads of the level outside. Never below the cost of every word
   * once: savings are at most what was charged.
   *
   * @return [k][function]
   */
  static double[][] sums(MappingCosts problem, TensorSet[] keeps, OuterBound[] bounds) {
    double[][] sums = new double[problem.levels][problem.functions];
    for (int l = 1; l < problem.levels; l++) {
      for (int j = 0; j < problem.functions; j++) {
        double least = bounds[l] == null ? 0 : bounds[l].saved(j, bounds[l].least[j]);
        sums[l][j] = sums[l - 1][j] + least;
      }
    }
    return sums;
  }

  /**
   * Upper bound of the savings of first accumulations if the reading level is the innermost of 0…k
   * that keeps the output, for inner boundaries.
   *
   * @return [k][function]
   */
  static double[][] firstAccumulationCredit(MappingCosts problem, TensorSet[] keeps, Reach reach) {
    double[][] firstAccumulationCredit = new double[problem.levels][problem.functions];
    int innermost = 0;
    for (int l = 0; l < problem.levels; l++) {
      innermost = keeps[l].contains(problem.output) ? l : innermost;
      for (int j = 0; j < problem.functions; j++) {
        firstAccumulationCredit[l][j] = firstReads(problem, j, innermost, reach);
      }
    }
    return firstAccumulationCredit;
  }

  private static double firstReads(MappingCosts problem, int j, int level, Reach reach) {
    double words = problem.words[problem.output] * reach.copies[level];
    return problem.costs.read(j, level, problem.output) * words;
  }

  /** Upper bound of the savings of first accumulations at this boundary. */
  private double firstAccumulationCredit(int j) {
    if (!kept.contains(problem.output)) {
      return 0;
    }
    double words = problem.words[problem.output] * reach.copies[level];
    return problem.costs.fill(j, level, problem.output) * words
        + firstReads(problem, j, outputFrom, reach);
  }

  private void findLeast() {
    if (mayIdle) {
      System.arraycopy(once, 0, least, 0, least.length);
      return;
    }
    java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
    int[] extent = new int[problem.dims];
    int[] count = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      extent[d] = extents[d][0];
      count[d] = counts[d][0];
    }
    walk(0, extent, count);
  }

  /** Additional energy of the boundary with these counts of tiles, relative to the best. */
  double excess(int[] count) {
    return mayIdle ? 0 : saved(0, cost(0, count)) - saved(0, least[0]);
  }

  /** Cost that is left of this much by first accumulations. */
  private double saved(int j, double cost) {
    return Math.max(cost - firstAccumulationCredit(j), sure[j]);
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
          if (axes.alongX().or(axes.alongY()).contains(d)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Enumerates the feasible tiles. Larger tiles never cost more, so for the last dimension only the
   * largest feasible one is visited.
   */
  private void walk(int d, int[] extent, int[] count) {
    int last = problem.dims - 1;
    int[] candidates = extents[d];
    if (d == last) {
      int best = -1;
      for (int i = candidates.length - 1; i >= 0 && best < 0; i--) {
        extent[d] = candidates[i];
        count[d] = counts[d][i];
        if (problem.fits(level, kept, extent)) {
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
        if (!problem.fits(level, kept, extent)) {
          break;
        }
        walk(d + 1, extent, count);
      }
    }
    extent[d] = candidates[0];
    count[d] = counts[d][0];
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
      if (weight[j][t] != 0) {
        words[t] = Math.max(problem.words[t], moved.words(t, count));
        sum += weight[j][t] * words[t];
      }
    }
    for (int d = 0; d < problem.dims; d++) {
      if (count[d] > 1) {
        double gained = 0;
        for (int t = 0; t < problem.tensors; t++) {
          if (weight[j][t] != 0 && !problem.isRelevant(t, d)) {
            gained += weight[j][t] * (words[t] - problem.words[t]);
          }
        }
        best = Math.max(best, gained);
      }
    }
    return Math.max(sum - best, once[j]);
  }
}
