package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The feasible tiles of the buffer between the outermost level and the array for a choice of kept
 * tensors, with lower bounds of their costs; for one buffer, or several that differ in size and in
 * the energy of an access.
 */
final class BufferTiles {
  /** No tensor is stationary. */
  static final int NONE = -1;

  /** The innermost of the buffer's loops is a fixed one, any other one, or does not exist. */
  static final int FIXED = 0;

  static final int FREE = 1;
  static final int NO_LOOP = 2;

  /**
   * One tile with a class of orders of the outermost loops.
   *
   * @param inner iterations of the buffer's loops
   * @param outer iterations of the outermost loops
   * @param innermost kind of the innermost of the buffer's loops: {@link #FIXED}, {@link #FREE},
   *     {@link #NO_LOOP}
   * @param stationaryTensor stationary tensor of the innermost of the outermost loops, or {@link
   *     #NONE}
   * @param words lower bound of the words that enter the buffer: [tensor]
   * @param cost their cost with the smallest buffer: [function]
   * @param room the smallest buffer that it fits
   */
  record Tile(
      int[] inner,
      int[] outer,
      int innermost,
      int stationaryTensor,
      double[] words,
      double[] cost,
      int room) {}

  /**
   * Tiles by ascending cost.
   *
   * @param tiles the tiles
   * @param least minimum cost of each tile and those after it of those that fit, infinite if none
   *     does: [buffer][tile][function]
   */
  record Candidates(List<Tile> tiles, double[][][] least) {
    /** Minimum cost of a tile and those after it: [buffer][function]. */
    double[][] leastFrom(int tile) {
      double[][] from = new double[least.length][];
      for (int b = 0; b < from.length; b++) {
        from[b] = least[b][tile];
      }
      return from;
    }
  }

  /** Is shown tiles, one after another; may not keep the arrays. */
  private interface Visitor {
    /**
     * @param inner iterations of the buffer's loops
     * @param outer iterations of the outermost loops
     * @param stationaryTensor stationary tensor of the innermost of the outermost loops
     */
    void see(int[] inner, int[] outer, int stationaryTensor);
  }

  private record Key(int innermost, int[] base) {
    @Override
    public boolean equals(Object object) {
      return object instanceof Key other
          && innermost == other.innermost
          && Arrays.equals(base, other.base);
    }

    @Override
    public int hashCode() {
      return 31 * innermost + Arrays.hashCode(base);
    }
  }

  /** Maximum number of cached tiles, to bound memory. */
  private static final int MOST_HELD = 1 << 18;

  /** Maximum number of cached runs. */
  private static final int MOST_RUNS = 1 << 18;

  /** Maximum number of cached minimum costs. */
  private static final int MOST_LEAST = 1 << 16;

  private static final int[] NONE_BUT_ONE = {1};

  /** With the largest buffer. */
  private final MappingCosts problem;

  /** With each buffer, by ascending size. */
  private final List<MappingCosts> sizes;

  private final TensorSet keeps;
  private final SlidingWords sliding;
  private final int[] stationaryTensors;
  private final Map<Key, Candidates> known = new HashMap<>();
  private final Map<Key, double[][]> leastKnown = new HashMap<>();
  private final Map<Key, StationaryRuns> runsKnown = new HashMap<>();
  private final int[] ones;
  private final int[] extent;
  private final int[] outer;
  private final DimensionSet fixed;

  /** As {@link StorageChoice#leaving} has them. */
  private final DimensionSet[] leaving;

  /** Cost of a word between the outermost level and the buffer: [buffer][function][tensor]. */
  private final double[][][] weights;

  /** Functions that such a word costs anything of. */
  private final int[] priced;

  /** Whether tiles of a kept tensor slide. */
  private final boolean slides;

  private int held;

  /** Dimension whose factor is chosen last, or {@link #NONE} for all in turn. */
  private int last = NONE;

  /** Minimum cost of any tile: [buffer][function]. */
  private final double[][] least;

  /** Of one buffer. */
  BufferTiles(MappingCosts problem, TensorSet keeps, int[] stationaryTensors) {
    this(List.of(problem), keeps, stationaryTensors);
  }

  /**
   * Of several buffers.
   *
   * @param sizes by ascending capacity; nothing else differs but energy
   */
  BufferTiles(List<MappingCosts> sizes, TensorSet keeps, int[] stationaryTensors) {
    this.sizes = sizes;
    problem = sizes.get(sizes.size() - 1);
    this.keeps = keeps;
    this.stationaryTensors = stationaryTensors;
    sliding = new SlidingWords(problem);
    ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    extent = new int[problem.dims];
    outer = new int[problem.dims];
    fixed = DimensionSet.of(problem.space.levels[1].innermost);
    leaving = StorageChoice.leaving(problem, stationaryTensors);
    weights = new double[sizes.size()][problem.functions][problem.tensors];
    for (int b = 0; b < sizes.size(); b++) {
      for (int j = 0; j < problem.functions; j++) {
        for (int t = 0; t < problem.tensors; t++) {
          weights[b][j][t] = weight(sizes.get(b), j, t);
        }
      }
    }
    priced =
        IntStream.range(0, problem.functions)
            .filter(j -> Arrays.stream(weights[0][j]).anyMatch(each -> each != 0))
            .toArray();
    boolean anySlides = false;
    for (int t = 0; t < problem.tensors; t++) {
      anySlides |= keeps.contains(t) && !problem.shape.plain[t];
    }
    slides = anySlides;
    least = new double[sizes.size()][problem.functions];
    for (int b = 0; b < sizes.size(); b++) {
      for (int j = 0; j < problem.functions; j++) {
        least[b][j] = new LeastCost(b, j).find();
      }
    }
  }

  private static double weight(MappingCosts problem, int j, int t) {
    double out =
        problem.costs.read(j, 0, t) + (t == problem.output ? problem.costs.update[j][0] : 0);
    return problem.costs.fill(j, 1, t) + out;
  }

  /** Cost of a word of a tensor between the outermost level and a buffer. */
  double weight(int buffer, int j, int t) {
    return weights[buffer][j][t];
  }

  /** Minimum cost of any tile of a buffer: [function]. */
  double[] least(int buffer) {
    return least[buffer];
  }

  /**
   * The tiles by ascending energy.
   *
   * @param base extents of the array's tile
   * @param tiles number of these tiles along each dimension
   * @param innermost kind of the innermost of the buffer's loops: {@link #FIXED}, {@link #FREE},
   *     {@link #NO_LOOP}
   */
  Candidates of(int[] base, int[] tiles, int innermost) {
    if (innermost == NO_LOOP) {
      return enumerate(base, tiles, innermost);
    }
    Key key = new Key(innermost, base);
    Candidates found = known.get(key);
    if (found == null) {
      found = enumerate(base, tiles, innermost);
      held += found.tiles().size() + 1;
      if (held > MOST_HELD) {
        known.clear();
        held = found.tiles().size() + 1;
      }
      Key own = new Key(innermost, base.clone());
      known.put(own, found);
      if (leastKnown.size() < MOST_LEAST && !found.tiles().isEmpty()) {
        leastKnown.put(own, found.leastFrom(0));
      }
    }
    return found;
  }

  /**
   * Minimum cost of the tiles if these were enumerated before, else of any tile:
   * [buffer][function].
   */
  double[][] least(int[] base, int innermost) {
    double[][] found = innermost == NO_LOOP ? null : leastKnown.get(new Key(innermost, base));
    return found == null ? least : found;
  }

  private Candidates enumerate(int[] base, int[] tiles, int innermost) {
    List<Tile> list = new ArrayList<>();
    System.arraycopy(base, 0, extent, 0, extent.length);
    if (fits(extent)) {
      choose(
          0,
          innermost,
          base,
          tiles,
          ones.clone(),
          (inner, outer, t) -> list.add(tile(inner.clone(), outer.clone(), innermost, t)));
    }
    list.sort(Comparator.comparingDouble(t -> t.cost()[0]));
    double[][][] least = new double[sizes.size()][][];
    for (int b = 0; b < least.length; b++) {
      least[b] = least(list, b);
    }
    return new Candidates(list, least);
  }

  /** Minimum cost of each tile and those after it that fit a buffer: [tile][function]. */
  private double[][] least(List<Tile> tiles, int buffer) {
    double[][] fewest = new double[tiles.size()][problem.functions];
    double[] after = new double[problem.functions];
    Arrays.fill(after, Double.POSITIVE_INFINITY);
    for (int i = tiles.size() - 1; i >= 0; i--) {
      if (tiles.get(i).room() <= buffer) {
        cost(tiles.get(i), buffer, fewest[i]);
        for (int j = 0; j < problem.functions; j++) {
          fewest[i][j] = Math.min(fewest[i][j], after[j]);
        }
        after = fewest[i];
      } else {
        fewest[i] = after;
      }
    }
    return fewest;
  }

  /** Sets the cost of a tile with a buffer that it fits: [function]. */
  void cost(Tile tile, int buffer, double[] cost) {
    System.arraycopy(tile.cost(), 0, cost, 0, cost.length);
    if (buffer > 0) {
      cost(tile.words(), buffer, 0, cost);
    }
  }

  private boolean fits(int[] extents) {
    return problem.fits(1, keeps, extents);
  }

  private void choose(int d, int innermost, int[] base, int[] tiles, int[] inner, Visitor visitor) {
    if (d == problem.dims) {
      if (last == NONE) {
        chosen(innermost, tiles, inner, visitor);
      } else {
        chooseLast(innermost, base, tiles, inner, visitor);
      }
      return;
    }
    boolean moves = d != last && isMovable(d, innermost);
    for (int f : moves ? Spatial.divisorsOf(tiles[d]) : NONE_BUT_ONE) {
      inner[d] = f;
      extent[d] = base[d] * f;
      if (f > 1 && !fits(extent)) {
        break;
      }
      if (d == last || isAllowed(d, f, tiles[d])) {
        choose(d + 1, innermost, base, tiles, inner, visitor);
      }
    }
    inner[d] = 1;
    extent[d] = base[d];
  }

  /** The largest factor that fits, and one where it may leave a tensor stationary for longer. */
  private void chooseLast(int innermost, int[] base, int[] tiles, int[] inner, Visitor visitor) {
    int d = last;
    int most = 0;
    for (int f : Spatial.divisorsOf(tiles[d])) {
      extent[d] = base[d] * f;
      if (f > 1 && !fits(extent)) {
        break;
      }
      most = isAllowed(d, f, tiles[d]) ? f : most;
    }
    if (most > 1 && isAllowed(d, 1, tiles[d])) {
      extent[d] = base[d];
      chosen(innermost, tiles, inner, visitor);
    }
    if (most > 0) {
      inner[d] = most;
      extent[d] = base[d] * most;
      chosen(innermost, tiles, inner, visitor);
    }
    inner[d] = 1;
    extent[d] = base[d];
  }

  private boolean isMovable(int d, int innermost) {
    boolean free = innermost == FIXED || (innermost == FREE && !fixed.contains(d));
    return free && !problem.freeLoops.outermost[d];
  }

  private boolean isAllowed(int d, int f, int tiles) {
    return problem.space.levels[1].allowsTemporal(d, f)
        && problem.space.levels[0].allowsTemporal(d, tiles / f);
  }

  private void chosen(int innermost, int[] tiles, int[] inner, Visitor visitor) {
    if (innermost(inner) == innermost) {
      complete(tiles, inner, visitor);
    }
  }

  private void complete(int[] tiles, int[] inner, Visitor visitor) {
    int classes = 0;
    for (int d = 0; d < problem.dims; d++) {
      outer[d] = tiles[d] / inner[d];
      if (outer[d] > 1 && !problem.freeLoops.outermost[d]) {
        classes |= 1 << (stationaryTensors[d] + 1);
      }
    }
    if (classes == 0) {
      classes = 1;
    }
    for (int stationaryTensor = NONE; stationaryTensor < problem.tensors; stationaryTensor++) {
      if ((classes >> (stationaryTensor + 1) & 1) != 0) {
        visitor.see(inner, outer, stationaryTensor);
      }
    }
  }

  private Tile tile(int[] inner, int[] outer, int innermost, int stationaryTensor) {
    double[] words = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      words[t] = words(t, outer, stationaryTensor);
    }
    double[] cost = new double[problem.functions];
    cost(words, cost);
    int room = sizes.size() - 1;
    while (room > 0 && sizes.get(room - 1).fits(1, keeps, extent)) {
      room--;
    }
    return new Tile(inner, outer, innermost, stationaryTensor, words, cost, room);
  }

  /** Lower bound of the words of a tensor that enter the buffer, with tiles of the extent. */
  private double words(int t, int[] outer, int stationaryTensor) {
    if (!keeps.contains(t)) {
      return 0;
    }
    double visits = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (stationaryTensor != t && !problem.isRelevant(t, d)) {
        visits *= outer[d];
      }
    }
    DimensionSet first = stationaryTensor == t ? DimensionSet.ALL : leaving[stationaryTensor + 1];
    return visits * sliding.least(t, extent, outer, extent, outer, ones, true, first, -1);
  }

  /** Sets the cost of words with the smallest buffer. */
  private void cost(double[] words, double[] cost) {
    for (int j : priced) {
      cost(words, 0, j, cost);
    }
  }

  private void cost(double[] words, int buffer, int j, double[] cost) {
    double sum = 0;
    for (int t = 0; t < problem.tensors; t++) {
      sum += words[t] * weights[buffer][j][t];
    }
    cost[j] = sum;
  }

  /**
   * The runs of the tiles, without keeping these.
   *
   * @param base extents of the array's tile
   * @param tiles number of these tiles along each dimension
   * @param innermost kind of the innermost of the buffer's loops
   */
  StationaryRuns runs(int[] base, int[] tiles, int innermost) {
    Key key = new Key(innermost, base);
    StationaryRuns found = runsKnown.get(key);
    if (found == null) {
      found = new StationaryRuns(priced);
      System.arraycopy(base, 0, extent, 0, extent.length);
      if (fits(extent)) {
        Visitor visitor = runsInto(found);
        last = last(innermost, tiles);
        choose(0, innermost, base, tiles, ones.clone(), visitor);
        last = NONE;
      }
      if (runsKnown.size() >= MOST_RUNS) {
        runsKnown.clear();
      }
      runsKnown.put(new Key(innermost, base.clone()), found);
    }
    return found;
  }

  /**
   * The movable dimension of most tiles, of which only the largest tiles that fit matter to runs,
   * and those of one array's tile that leave another tensor stationary alone: all words are brought
   * less often, and nothing moves earlier. {@link #NONE} if tiles slide, which may share less if
   * they are larger, or if the loops over it are fixed ones.
   */
  private int last(int innermost, int[] tiles) {
    int found = NONE;
    for (int d = 0; d < problem.dims && !slides; d++) {
      boolean moves = isMovable(d, innermost) && !fixed.contains(d);
      found = moves && (found == NONE || tiles[d] > tiles[found]) ? d : found;
    }
    return found;
  }

  /** Adds the runs of tiles: one for each tensor that may be stationary there. */
  private Visitor runsInto(StationaryRuns runs) {
    double[] words = new double[problem.tensors];
    double[] cost = new double[problem.functions];
    double[] visits = new double[problem.tensors];
    return (inner, outer, outerTensor) -> {
      if (slides) {
        for (int t = 0; t < words.length; t++) {
          words[t] = words(t, outer, outerTensor);
        }
      } else {
        // The same in a single look at the loops: each leaves at most one tensor stationary.
        Arrays.fill(visits, 1);
        for (int d = 0; d < outer.length; d++) {
          if (stationaryTensors[d] != NONE) {
            visits[stationaryTensors[d]] *= outer[d];
          }
        }
        for (int t = 0; t < words.length; t++) {
          boolean kept = keeps.contains(t);
          words[t] = kept ? problem.words[t] * (t == outerTensor ? 1 : visits[t]) : 0;
        }
      }
      cost(words, cost);
      int choices = OrderChoices.stationaryChoices(problem, stationaryTensors, inner, outerTensor);
      for (int t = NONE; t < problem.tensors; t++) {
        if ((choices >> (t + 1) & 1) != 0) {
          runs.add(t, JoinShape.iterations(stationaryTensors, inner, outer, outerTensor, t), cost);
        }
      }
    };
  }

  private int innermost(int[] inner) {
    int innermost = NO_LOOP;
    for (int d = 0; d < inner.length; d++) {
      if (inner[d] > 1) {
        innermost = Math.min(innermost, fixed.contains(d) ? FIXED : FREE);
      }
    }
    return innermost;
  }

  /**
   * Least of one cost function over all tiles, whatever the array works on. Of n tiles along a
   * dimension of bound b, one has at least ⌈b / n⌉ indices; so it is enough to look at the n that
   * are themselves ⌈b / k⌉ for some k. A word is brought at least once for every iteration of the
   * loops that leave it where it is, but those of one tensor, and of tensors whose tiles slide: the
   * first tile of a pass shares words with the last one of the pass before.
   */
  private final class LeastCost {
    private final int buffer;
    private final int function;
    private final int[] count = new int[problem.dims];
    private final int[] size = new int[problem.dims];
    private int stationaryTensor;
    private double best = Double.POSITIVE_INFINITY;

    LeastCost(int buffer, int function) {
      this.buffer = buffer;
      this.function = function;
    }

    double find() {
      if (keeps.isEmpty()) {
        return 0;
      }
      for (stationaryTensor = NONE; stationaryTensor < problem.tensors; stationaryTensor++) {
        if (stationaryTensor == NONE || keeps.contains(stationaryTensor)) {
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
        if (keeps.contains(t)) {
          double visits = problem.words[t] * weight(buffer, function, t);
          boolean again = t != stationaryTensor && problem.shape.plain[t];
          for (int d = 0; d < problem.dims && again; d++) {
            visits *= problem.isRelevant(t, d) ? 1 : count[d];
          }
          cost += visits;
        }
      }
      return cost;
    }

    private void choose(int d) {
      if (cost() >= best || !sizes.get(buffer).fits(1, keeps, size)) {
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
