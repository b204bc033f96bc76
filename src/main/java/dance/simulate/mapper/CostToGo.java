package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lower bound of the energy of the levels outside of all arrays, by the tiles that remain: dynamic
 * programming over numbers of tiles, from the outermost level inwards.
 *
 * <p>There, with one instance of each level, a boundary costs a sum over tensors: words of all
 * tiles, times the iterations of the loops outside that do not move the tensor, divided by those of
 * the run of innermost loops for which its tile is stationary. The former depend on the number of
 * tiles outside the boundary only. If every dimension leaves at most one tensor stationary, the
 * first loop that moves one of several open tensors leaves at most one of them open, so that a
 * state is the number of tiles and the open tensor, and its value the least energy to go for each
 * length of the run. Relaxed are: the overlap of sliding tiles, to {@link TileGeometry#leastNew};
 * tiles with a partial last one, to the smallest of the same number; temporal factors and orders
 * that the map space prescribes.
 */
final class CostToGo {
  private static final int[] FEW = {};
  private static final double[] NONE = {};

  private final MappingCosts problem;
  private final TensorSet[] keeps;

  /** Innermost level that is outside of all arrays, or of all but the unrolled one. */
  private final int innermost;

  /** The outermost of several arrays, or null. */
  private final OuterArray array;

  /** Index of a number of tiles among those that may remain: [dimension][tiles]. */
  private final int[][] index;

  /** Number of values below: the key of numbers of tiles is Σ index · stride. */
  private final long[] stride;

  private final int[][] primes;

  /** Costs of a boundary that do not depend on tiles: [level]. */
  private final double[] credit;

  /** Cost of a word that crosses the boundary around a level: [level][tensor]. */
  private final double[][] each;

  /** Cost if every instance fetches every word that it needs once: [level][tensor]. */
  private final double[][] once;

  private final Map<Long, Node>[] nodes;
  private final int[] extent;
  private final MovedWords moved;

  /** Those inside the array. */
  private final MovedWords inside;

  /** What is known of a number of tiles, before the loops of a level. */
  private static final class Node {
    private double closed = Double.NaN;

    /** Pairs of a run and the least energy to go after it, by descending run: [tensor]. */
    private final double[][] open;

    /** Whether tiles fit the level. */
    private boolean fits;

    /** Energy of the boundary around the level: [tensor]. */
    private double[] boundary;

    Node(int tensors) {
      open = new double[tensors][];
    }
  }

  @SuppressWarnings("unchecked")
  private CostToGo(
      MappingCosts problem, TensorSet[] keeps, int innermost, OuterArray array, Counts counts) {
    this.problem = problem;
    this.array = array;
    this.keeps = keeps;
    this.innermost = innermost;
    index = counts.index;
    stride = counts.stride;
    primes = counts.primes;
    credit = new double[innermost + 1];
    each = new double[innermost + 1][problem.tensors];
    once = new double[innermost + 1][problem.tensors];
    nodes = new Map[innermost + 1];
    extent = new int[problem.dims];
    moved = counts.moved;
    inside = array == null ? moved : array.words();
    for (int k = 0; k <= innermost; k++) {
      nodes[k] = new HashMap<>();
      for (int t = 0; k > 0 && t < problem.tensors; t++) {
        if (keeps[k].contains(t)) {
          int outer = k - 1;
          while (outer > 0 && !keeps[outer].contains(t)) {
            outer--;
          }
          price(k, outer, t);
        }
      }
    }
  }

  /** Inside the array, its instances share what they take from outside. */
  private void price(int k, int outer, int t) {
    boolean isOutput = t == problem.output;
    double fill = problem.costs.fill(0, k, t);
    double read = problem.costs.read(0, outer, t);
    double taken = read + (isOutput ? problem.costs.update[0][outer] : 0);
    boolean isInside = array != null && k > array.level;
    boolean crosses = isInside && outer <= array.level;
    double copies = isInside ? array.copies(t) : 1;
    if (crosses) {
      fill += array.hopPj(t);
      each[k][t] = fill + taken / array.share(t);
      once[k][t] = (fill * copies + taken) * problem.words[t];
    } else {
      each[k][t] = fill + taken;
      once[k][t] = each[k][t] * copies * problem.words[t];
    }
    if (isOutput) {
      double most = isInside ? array.share(t) : 1;
      double saved = problem.costs.fill(0, k, t) * most + read * (crosses ? 1 : most);
      credit[k] += saved * problem.words[t];
    }
  }

  /** Numbers of tiles along each dimension that may remain. */
  static final class Counts {
    private final int[][] index;
    private final long[] stride;
    private final int[][] primes;
    private final MovedWords moved;
    private final Map<Key, CostToGo> known = new HashMap<>();

    private record Key(List<TensorSet> keeps, OuterArray array) {}

    Counts(MappingCosts problem, Spatial[] spatial, MovedWords moved) {
      this.moved = moved;
      index = new int[problem.dims][];
      stride = new long[problem.dims];
      primes = new int[problem.dims][];
      long product = 1;
      for (int d = 0; d < problem.dims; d++) {
        int bound = problem.bounds[d];
        index[d] = new int[bound + 1];
        Arrays.fill(index[d], -1);
        int[] factors = factors(spatial, d);
        mark(bound, factors, problem.space.spatialRemainders, index[d]);
        int known = 0;
        for (int n = 1; n <= bound; n++) {
          index[d][n] = index[d][n] < 0 ? -1 : known++;
        }
        stride[d] = product;
        product = Math.multiplyExact(product, known);
        primes[d] = primes(index[d]);
      }
    }

    private static int[] factors(Spatial[] spatial, int d) {
      return Arrays.stream(spatial)
          .flatMap(s -> s.choices().stream())
          .flatMapToInt(c -> Arrays.stream(new int[] {c.x()[d], c.y()[d]}))
          .filter(f -> f > 1)
          .distinct()
          .sorted()
          .toArray();
    }

    private static void mark(int n, int[] factors, boolean remainders, int[] index) {
      if (index[n] >= 0) {
        return;
      }
      index[n] = 0;
      for (int f : Spatial.divisorsOf(n)) {
        mark(n / f, factors, remainders, index);
      }
      for (int f : remainders ? factors : FEW) {
        mark(Spatial.ceil(n, f), factors, true, index);
      }
    }

    private static int[] primes(int[] index) {
      List<Integer> primes = new ArrayList<>();
      for (int p = 2; p < index.length; p++) {
        boolean divides = false;
        for (int n = p; n < index.length && !divides; n += p) {
          divides = index[n] >= 0;
        }
        int prime = p;
        if (divides && primes.stream().noneMatch(q -> prime % q == 0)) {
          primes.add(p);
        }
      }
      return primes.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The bound for these kept tensors, or null if some dimension leaves several tensors
     * stationary, no level is bounded, or gaps of tiles count.
     *
     * @param array the outermost of several arrays, if its unrolling is known, or null
     */
    CostToGo of(MappingCosts problem, TensorSet[] keeps, OuterArray array) {
      int innermost = array == null ? 0 : array.level + 1;
      while (innermost < problem.levels - 1 && problem.fanout[innermost] == 1) {
        innermost++;
      }
      boolean suits = innermost > 0 && problem.plainOutput && !problem.boundingBoxes;
      for (int d = 0; suits && d < problem.dims; d++) {
        int stationary = 0;
        for (int t = 0; t < problem.tensors; t++) {
          stationary += problem.isRelevant(t, d) ? 0 : 1;
        }
        suits = stationary <= 1 || problem.bounds[d] == 1;
      }
      if (!suits) {
        return null;
      }
      Key key = new Key(List.of(keeps).subList(0, innermost + 1), array);
      int last = innermost;
      return known.computeIfAbsent(
          key, k -> new CostToGo(problem, keeps.clone(), last, array, this));
    }
  }

  /** Whether levels 1…k are outside of all arrays, or of all but the unrolled one. */
  boolean bounds(int k) {
    return k >= 1 && k <= innermost;
  }

  /** The outermost of several arrays, if a level is inside it, or null. */
  OuterArray around(int level) {
    return array != null && level > array.level ? array : null;
  }

  /** The least energy of the boundaries around levels 1…k, less what first accumulations save. */
  double closed(int k, int[] count) {
    return k == 0 ? 0 : closed(k, count, key(count));
  }

  /** The least energy of the boundaries around levels 1…k if these tiles remain outside k. */
  double around(int k, int[] count) {
    long key = key(count);
    Node node = node(k, count, key);
    return node.fits ? closedAround(k, count, key, node) : Double.POSITIVE_INFINITY;
  }

  /**
   * The least energy of the boundaries around levels 1…k, and of what is open.
   *
   * @param level the tiles are around it: level k, before its loops, or the one inside
   * @param open energy of the open tensors if the next loop moves all of them: [tensor]
   * @param atLeast energy of each for whatever loops: [tensor]
   */
  double of(int k, int level, int[] tiles, double[] open, double[] atLeast) {
    int[] count = tiles;
    if (array != null && k == array.level && level > k) {
      if (!array.fits(tiles)) {
        return Double.POSITIVE_INFINITY;
      }
      count = array.remaining(tiles);
    }
    long key = key(count);
    double all = 0;
    for (double pj : open) {
      all += pj;
    }
    double least = all + closed(k, count, key);
    for (int u = 0; u < open.length; u++) {
      if (open[u] > 0) {
        double[] runs = open(k, count, key, u);
        for (int i = 0; i < runs.length; i += 2) {
          double stays = Math.max(open[u] / runs[i], atLeast[u]);
          least = Math.min(least, all - open[u] + stays + runs[i + 1]);
        }
      }
    }
    return least;
  }

  private long key(int[] count) {
    long key = 0;
    for (int d = 0; d < count.length; d++) {
      key += index[d][count[d]] * stride[d];
    }
    return key;
  }

  private Node node(int k, int[] count, long key) {
    Node node = nodes[k].get(key);
    if (node == null) {
      node = new Node(problem.tensors);
      nodes[k].put(key, node);
      if (k > 0) {
        for (int d = 0; d < problem.dims; d++) {
          extent[d] = Spatial.ceil(problem.bounds[d], count[d]);
        }
        node.fits = problem.fits(k, keeps[k], extent);
        if (node.fits) {
          node.boundary = boundary(k, count);
        }
      }
    }
    return node;
  }

  private double[] boundary(int k, int[] count) {
    double[] energy = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      if (keeps[k].contains(t)) {
        boolean isInside = array != null && k > array.level;
        double words = (isInside ? inside : moved).words(t, count);
        if (isInside) {
          words *= array.surelyMoved(t, count);
        }
        energy[t] = Math.max(each[k][t] * words, once[k][t]);
      }
    }
    return energy;
  }

  /** The least energy of the boundaries around levels 1…k of tiles around level k + 1. */
  private double closedOutside(int k, int[] count, long key) {
    if (array == null || k != array.level) {
      return closed(k, count, key);
    }
    if (!array.fits(count)) {
      return Double.POSITIVE_INFINITY;
    }
    int[] left = array.remaining(count);
    return closed(k, left, key(left));
  }

  /** As {@link #open}, of tiles around level k + 1. */
  private double[] openOutside(int k, int[] count, long key, int u) {
    if (array == null || k != array.level) {
      return open(k, count, key, u);
    }
    if (!array.fits(count)) {
      return NONE;
    }
    int[] left = array.remaining(count);
    return open(k, left, key(left), u);
  }

  private double closed(int k, int[] count, long key) {
    if (k == 0) {
      return 0;
    }
    Node node = node(k, count, key);
    if (Double.isNaN(node.closed)) {
      double least = node.fits ? closedAround(k, count, key, node) : Double.POSITIVE_INFINITY;
      for (int d = 0; d < problem.dims; d++) {
        int n = count[d];
        for (int p : primes[d]) {
          if (p > n) {
            break;
          }
          if (n % p == 0) {
            count[d] = n / p;
            long rest = key + (index[d][n / p] - index[d][n]) * stride[d];
            least = Math.min(least, closed(k, count, rest));
          }
        }
        count[d] = n;
      }
      node.closed = least;
    }
    return node.closed;
  }

  /** The least energy of the boundaries around levels 1…k if these tiles remain outside k. */
  private double closedAround(int k, int[] count, long key, Node node) {
    double all = -credit[k];
    for (double pj : node.boundary) {
      all += pj;
    }
    double least = all + closedOutside(k - 1, count, key);
    for (int t = 0; t < problem.tensors; t++) {
      if (keeps[k].contains(t)) {
        double[] runs = openOutside(k - 1, count, key, t);
        double energy = node.boundary[t];
        for (int i = 0; i < runs.length; i += 2) {
          double stays = Math.max(energy / runs[i], once[k][t]);
          least = Math.min(least, all - energy + stays + runs[i + 1]);
        }
      }
    }
    return least;
  }

  private double[] open(int k, int[] count, long key, int u) {
    Node node = node(k, count, key);
    if (node.open[u] == null) {
      node.open[u] = findOpen(k, count, key, u, node);
    }
    return node.open[u];
  }

  private double[] findOpen(int k, int[] count, long key, int u, Node node) {
    if (k == 0) {
      double run = 1;
      for (int d = 0; d < problem.dims; d++) {
        run *= problem.isRelevant(u, d) ? 1 : count[d];
      }
      return new double[] {run, 0};
    }
    List<double[]> runs = new ArrayList<>();
    runs.add(new double[] {1, closed(k, count, key)});
    for (int d = 0; d < problem.dims; d++) {
      int n = count[d];
      if (problem.isRelevant(u, d)) {
        continue;
      }
      for (int p : primes[d]) {
        if (p > n) {
          break;
        }
        if (n % p == 0) {
          count[d] = n / p;
          long rest = key + (index[d][n / p] - index[d][n]) * stride[d];
          double[] longer = open(k, count, rest, u);
          for (int i = 0; i < longer.length; i += 2) {
            runs.add(new double[] {longer[i] * p, longer[i + 1]});
          }
        }
      }
      count[d] = n;
    }
    if (node.fits) {
      double around = -credit[k];
      for (int t = 0; t < problem.tensors; t++) {
        around += t == u ? 0 : node.boundary[t];
      }
      double[] longer = openOutside(k - 1, count, key, u);
      for (int i = 0; i < longer.length; i += 2) {
        double own = !keeps[k].contains(u) ? 0 : Math.max(node.boundary[u] / longer[i], once[k][u]);
        runs.add(new double[] {longer[i], around + own + longer[i + 1]});
      }
    }
    return pareto(runs);
  }

  /** Without pairs that another, of no shorter run, undercuts. */
  private static double[] pareto(List<double[]> runs) {
    runs.sort(
        Comparator.comparingDouble((double[] pair) -> -pair[0])
            .thenComparingDouble(pair -> pair[1]));
    double[] kept = new double[2 * runs.size()];
    int size = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double[] pair : runs) {
      if (pair[1] < least) {
        least = pair[1];
        kept[size++] = pair[0];
        kept[size++] = pair[1];
      }
    }
    return Arrays.copyOf(kept, size);
  }
}
