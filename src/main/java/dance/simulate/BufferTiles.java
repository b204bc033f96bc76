package dance.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The tiles of the buffer between the outermost level and the array that fit when it keeps certain
 * tensors, and what each costs at least.
 */
final class BufferTiles {
  /** No tensor stays still. */
  static final int NONE = -1;

  /**
   * One tile with a class of orders of the outermost loops.
   *
   * @param inner iterations of the buffer's loops
   * @param outer iterations of the outermost loops
   * @param owner tensor that the innermost of the outermost loops leaves still, or {@link #NONE}
   * @param words words that the buffer takes at least: [tensor]
   * @param cost what they cost: [function]
   */
  record Tile(int[] inner, int[] outer, int owner, double[] words, double[] cost) {}

  /**
   * Tiles in the order of what they cost.
   *
   * @param tiles the tiles
   * @param least least cost of each tile and those after it: [tile][function]
   */
  record Candidates(List<Tile> tiles, double[][] least) {}

  private record Extents(int[] extents) {
    @Override
    public boolean equals(Object object) {
      return object instanceof Extents other && Arrays.equals(extents, other.extents);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(extents);
    }
  }

  /** Tiles that are remembered, so that memory stays bounded. */
  private static final int MOST_HELD = 1 << 18;

  private final MapProblem problem;
  private final int keeps;
  private final SlidingWords sliding;
  private final int[] owners;
  private final Map<Extents, Candidates> known = new HashMap<>();
  private final Incumbent incumbent;
  private ToDoubleFunction<double[]> bound;
  private final int[] ones;
  private final int[] extent;
  private int held;

  /** Least cost of any tile: [function]. */
  final double[] least;

  BufferTiles(MapProblem problem, int keeps, int[] owners, Incumbent incumbent) {
    this.problem = problem;
    this.incumbent = incumbent;
    this.keeps = keeps;
    this.owners = owners;
    sliding = new SlidingWords(problem);
    ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    extent = new int[problem.dims];
    least = new double[problem.functions];
    for (int j = 0; j < problem.functions; j++) {
      least[j] = new LeastCost(j).find();
    }
  }

  /** Sets the value that no mapping with a tile of these costs undercuts. */
  void bound(ToDoubleFunction<double[]> ofCosts) {
    bound = ofCosts;
  }

  /** Cost of a word of a tensor between the outermost level and the buffer. */
  private double weight(int j, int t) {
    double out = problem.read[j][0] + (t == problem.output ? problem.update[j][0] : 0);
    return problem.fill[j][1] + out;
  }

  /**
   * The tiles in the order of their energy.
   *
   * @param base extents of what the array works on at once
   * @param tiles how many of these there are along each dimension
   */
  Candidates of(int[] base, int[] tiles) {
    Candidates found = known.get(new Extents(base));
    if (found == null) {
      found = enumerate(base, tiles);
      held += found.tiles().size() + 1;
      if (held > MOST_HELD) {
        known.clear();
        held = found.tiles().size() + 1;
      }
      known.put(new Extents(base.clone()), found);
    }
    return found;
  }

  private Candidates enumerate(int[] base, int[] tiles) {
    List<Tile> list = new ArrayList<>();
    System.arraycopy(base, 0, extent, 0, extent.length);
    if (fits(extent)) {
      choose(0, base, tiles, ones.clone(), list);
    }
    list.sort(Comparator.comparingDouble(t -> bound.applyAsDouble(t.cost())));
    double[][] least = new double[list.size()][];
    for (int i = list.size() - 1; i >= 0; i--) {
      least[i] = list.get(i).cost().clone();
      for (int j = 0; j < problem.functions && i + 1 < list.size(); j++) {
        least[i][j] = Math.min(least[i][j], least[i + 1][j]);
      }
    }
    return new Candidates(list, least);
  }

  private boolean fits(int[] extent) {
    double words = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if ((keeps >> t & 1) != 0) {
        words += problem.tile(t, extent);
      }
    }
    return words <= problem.capacity[1];
  }

  private void choose(int d, int[] base, int[] tiles, int[] inner, List<Tile> list) {
    if (d == problem.dims) {
      complete(tiles, inner.clone(), list);
      return;
    }
    for (int f : Spatial.divisorsOf(tiles[d])) {
      inner[d] = f;
      extent[d] = base[d] * f;
      if (!fits(extent)) {
        break;
      }
      boolean allowed =
          problem.space.levels[1].allowsTemporal(d, f)
              && problem.space.levels[0].allowsTemporal(d, tiles[d] / f);
      if (allowed) {
        choose(d + 1, base, tiles, inner, list);
      }
    }
    inner[d] = 1;
    extent[d] = base[d];
  }

  private void complete(int[] tiles, int[] inner, List<Tile> list) {
    int[] outer = new int[problem.dims];
    int classes = 0;
    for (int d = 0; d < problem.dims; d++) {
      outer[d] = tiles[d] / inner[d];
      if (outer[d] > 1) {
        classes |= 1 << (owners[d] + 1);
      }
    }
    if (classes == 0) {
      classes = 1;
    }
    for (int owner = NONE; owner < problem.tensors; owner++) {
      if ((classes >> (owner + 1) & 1) != 0) {
        Tile tile = tile(inner, outer, owner);
        if (bound.applyAsDouble(tile.cost()) < incumbent.limit()) {
          list.add(tile);
        }
      }
    }
  }

  private Tile tile(int[] inner, int[] outer, int owner) {
    double[] words = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      if ((keeps >> t & 1) == 0) {
        continue;
      }
      long first = -1;
      double visits = 1;
      for (int d = 0; d < problem.dims; d++) {
        if (owner != t && owners[d] != owner) {
          first &= ~(1L << d);
        }
        if (owner != t && !problem.isRelevant(t, d)) {
          visits *= outer[d];
        }
      }
      words[t] = visits * sliding.least(t, extent, outer, extent, outer, ones, true, first, -1);
    }
    double[] cost = new double[problem.functions];
    for (int j = 0; j < problem.functions; j++) {
      for (int t = 0; t < problem.tensors; t++) {
        cost[j] += words[t] * weight(j, t);
      }
    }
    return new Tile(inner, outer, owner, words, cost);
  }

  /**
   * Least of one cost function over all tiles, whatever the array works on. Of n tiles along a
   * dimension of bound b, one has at least ⌈b / n⌉ indices; so it is enough to look at the n that
   * are themselves ⌈b / k⌉ for some k. A word is brought at least once for every iteration of the
   * loops that leave it where it is, but those of one tensor.
   */
  private final class LeastCost {
    private final int function;
    private final int[] count = new int[problem.dims];
    private final int[] size = new int[problem.dims];
    private int owner;
    private double best = Double.POSITIVE_INFINITY;

    LeastCost(int function) {
      this.function = function;
    }

    double find() {
      if (keeps == 0) {
        return 0;
      }
      for (owner = NONE; owner < problem.tensors; owner++) {
        if (owner == NONE || (keeps >> owner & 1) != 0) {
          Arrays.fill(count, 1);
          Arrays.fill(size, 1);
          choose(0);
        }
      }
      return best == Double.POSITIVE_INFINITY ? 0 : best;
    }

    private double cost() {
      double cost = 0;
      for (int t = 0; t < problem.tensors; t++) {
        if ((keeps >> t & 1) != 0) {
          double visits = problem.words[t] * weight(function, t);
          for (int d = 0; d < problem.dims; d++) {
            visits *= t == owner || problem.isRelevant(t, d) ? 1 : count[d];
          }
          cost += visits;
        }
      }
      return cost;
    }

    private void choose(int d) {
      if (cost() >= best || !fits(size)) {
        return;
      }
      if (d == problem.dims) {
        best = cost();
        return;
      }
      int bound = problem.bounds[d];
      for (int n = 1; n <= bound; n++) {
        size[d] = Spatial.ceil(bound, n);
        count[d] = n;
        if (n == Spatial.ceil(bound, size[d])) {
          choose(d + 1);
        }
      }
      count[d] = 1;
      size[d] = 1;
    }
  }
}
