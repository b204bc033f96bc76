package dance.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Branch and bound for off-chip memory, a buffer, and an array of register files, by joining two
 * halves: what goes on between the register files and the buffer depends on their tile and how it
 * is spread; what goes on between the buffer and the outside depends on the buffer's tile; the two
 * meet in few numbers.
 *
 * <p>A half is cut by the sum of its own cost and the least cost of any other half; a joint is cut
 * by its own bound ({@link JointBound}); what remains is evaluated exactly, in every order of loops
 * that could matter. Bounds rest on three facts. A word is fetched at least once for every
 * iteration outside that leaves it where it is, except those of an unbroken run of innermost loops;
 * where every dimension leaves one tensor still at most, such a run serves one tensor only. What
 * sliding tiles save is bounded by {@link SlidingWords}. Instances that idle in a last, partial
 * round may keep their tile.
 */
final class BufferSearch {
  /** Pairs of a tile and a way to spread it that are looked at, for each unit of width. */
  private static final int PAIRS = 4096;

  /** Halves that are joined, for each unit of width. */
  private static final int JOINS = 2;

  /** Halves that are held at once, so that memory stays bounded. */
  private static final int MOST_HALVES = 1 << 18;

  private final long pairs;
  private final long joins;
  private final boolean exhaustive;
  private final MapProblem problem;
  private final Incumbent incumbent;
  private final MapSearch.Deadline deadline;
  private final Spatial.Choice[] spreads;
  private final int[] owners;
  private final JointBound bound;
  private final OrderChoices orders;
  private final double[] mostShared;
  private final Map<Integer, List<RegisterTiles.Tile>> registerTiles = new HashMap<>();
  private final Map<Integer, BufferTiles> bufferTiles = new HashMap<>();
  private long considered;
  private double dropped = Double.POSITIVE_INFINITY;

  /** Whether a problem has this structure. */
  static boolean suits(MapProblem problem, Accounting accounting) {
    boolean suits = accounting == Accounting.EXACT && problem.levels == 3 && problem.plainOutput;
    for (int l = 0; suits && l < problem.levels; l++) {
      boolean plain = problem.accelerator.levels().get(l).interconnect().free();
      suits = l == 1 || (problem.fanout[l] == 1 && plain);
      suits &= l == 1 || problem.space.levels[l].innermost.length == 0;
    }
    double all = 0;
    for (double words : problem.words) {
      all += words;
    }
    suits &= all <= problem.capacity[0];
    for (int d = 0; suits && d < problem.dims; d++) {
      int still = 0;
      for (int t = 0; t < problem.tensors; t++) {
        still += problem.isRelevant(t, d) ? 0 : 1;
      }
      suits = still <= 1 || problem.bounds[d] == 1;
    }
    return suits;
  }

  BufferSearch(MapProblem problem, Incumbent incumbent, MapSearch.Deadline deadline, int width) {
    pairs = (long) width * PAIRS;
    joins = (long) width * JOINS;
    exhaustive = width >= Mapper.Limits.NONE.width();
    this.problem = problem;
    this.incumbent = incumbent;
    this.deadline = deadline;
    spreads = incumbent.spatial()[1].choices().toArray(new Spatial.Choice[0]);
    owners = new int[problem.dims];
    Arrays.fill(owners, BufferTiles.NONE);
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d) && problem.bounds[d] > 1) {
          owners[d] = t;
        }
      }
    }
    bound = new JointBound(problem, owners);
    orders = new OrderChoices(problem, owners);
    mostShared = bound.mostShared(spreads);
  }

  long considered() {
    return considered;
  }

  /** Least bound of what was given up for lack of time. */
  double dropped() {
    return dropped;
  }

  /** What is kept where: by the registers and by the buffer. */
  private record Keeps(int registers, int buffer, double bound) {}

  void run() {
    List<Keeps> choices = new ArrayList<>();
    for (int registers : subsets(2)) {
      for (int buffer : subsets(1)) {
        BufferTiles tiles = bufferTiles.computeIfAbsent(buffer, this::bufferTiles);
        choices.add(new Keeps(registers, buffer, bound.ofKeeps(registers, buffer, tiles)));
      }
    }
    // Mostly it is best to keep everything, so that this gives the mapping to beat.
    choices.sort(
        Comparator.comparingInt((Keeps k) -> -Integer.bitCount(k.registers() << 16 | k.buffer()))
            .thenComparingDouble(Keeps::bound));
    for (Keeps keeps : choices) {
      search(keeps);
    }
  }

  private BufferTiles bufferTiles(int buffer) {
    BufferTiles tiles = new BufferTiles(problem, buffer, owners, incumbent);
    tiles.bound(bound.ofBuffer(subsets(2), buffer, tiles));
    return tiles;
  }

  private List<Integer> subsets(int level) {
    MapSpace.Level rule = problem.space.levels[level];
    int free = rule.mayKeep & ~rule.mustKeep;
    List<Integer> list = new ArrayList<>();
    for (int subset = free; ; subset = (subset - 1) & free) {
      list.add(rule.mustKeep | subset);
      if (subset == 0) {
        return list;
      }
    }
  }

  /** A register tile, spread. */
  private record Half(double bound, Spatial.Choice spread, RegisterTiles.Tile tile) {}

  private void search(Keeps keeps) {
    if (keeps.bound() >= incumbent.limit()) {
      return;
    }
    BufferTiles outside = bufferTiles.get(keeps.buffer());
    List<Half> halves = new ArrayList<>();
    bound.begin(keeps.registers(), keeps.buffer(), outside);
    List<RegisterTiles.Tile> tiles = new ArrayList<>();
    for (RegisterTiles.Tile tile :
        registerTiles.computeIfAbsent(keeps.registers(), k -> RegisterTiles.of(problem, k))) {
      if (bound.ofTile(tile, mostShared) < incumbent.limit()) {
        tiles.add(tile);
      }
    }
    int kept = 0;
    long looked = 0;
    for (Spatial.Choice spread : spreads) {
      if (deadline.isOver() || (looked > pairs && incumbent.exists())) {
        dropped = Math.min(dropped, keeps.bound());
        break;
      }
      if (bound.ofArray(spread) >= incumbent.limit()) {
        break;
      }
      bound.spread(spread, incumbent.hops());
      if (bound.ofSpread() >= incumbent.limit()) {
        continue;
      }
      Half best = null;
      for (RegisterTiles.Tile tile : tiles) {
        considered++;
        looked++;
        if (!spread.fits(tile.tiles(), problem.space.spatialRemainders)) {
          continue;
        }
        double value = bound.ofHalf(tile);
        if (value < incumbent.limit()) {
          Half half = new Half(value, spread, tile);
          halves.add(half);
          best = best == null || value < best.bound() ? half : best;
        }
      }
      // Good mappings early cut most of what follows.
      if (best != null && kept++ < 8) {
        join(best, keeps, outside);
      }
      if (halves.size() > MOST_HALVES) {
        halves.removeIf(h -> h.bound() >= incumbent.limit());
        if (halves.size() > MOST_HALVES / 2) {
          joinAll(halves, keeps, outside);
        }
      }
    }
    joinAll(halves, keeps, outside);
  }

  /** Joins halves, the most promising first, and forgets them. */
  private void joinAll(List<Half> halves, Keeps keeps, BufferTiles outside) {
    halves.sort(Comparator.comparingDouble(Half::bound));
    long joined = 0;
    for (Half half : halves) {
      if (half.bound() >= incumbent.limit()) {
        break;
      }
      if (deadline.isOver() || (joined++ >= joins && incumbent.exists())) {
        dropped = Math.min(dropped, half.bound());
        break;
      }
      join(half, keeps, outside);
    }
    halves.clear();
  }

  private void join(Half half, Keeps keeps, BufferTiles outside) {
    int[] base = new int[problem.dims];
    int[] tiles = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      base[d] = half.tile().temporal()[d] * half.spread().factor()[d];
      tiles[d] =
          Spatial.remaining(half.tile().tiles()[d], half.spread().x()[d], half.spread().y()[d]);
    }
    bound.spread(half.spread(), incumbent.hops());
    bound.ofHalf(half.tile());
    BufferTiles.Candidates candidates = outside.of(base, tiles);
    for (int i = 0; i < candidates.tiles().size(); i++) {
      if (bound.ofHalfWith(candidates.least()[i]) >= incumbent.limit()) {
        return;
      }
      BufferTiles.Tile tile = candidates.tiles().get(i);
      considered++;
      if (bound.ofHalfWith(tile.cost()) >= incumbent.limit()) {
        continue;
      }
      for (int owner : orders.owners(tile)) {
        double value = bound.ofJoint(half.tile(), tile, owner, incumbent.limit());
        if (value < incumbent.limit()) {
          evaluate(half, tile, keeps, owner, value);
        }
      }
    }
  }

  private void evaluate(
      Half half, BufferTiles.Tile tile, Keeps keeps, int owner, double lowerBound) {
    int[] ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    int[][] temporal = {tile.outer(), tile.inner(), half.tile().temporal()};
    int[][] x = {ones, half.spread().x(), ones};
    int[][] y = {ones, half.spread().y(), ones};
    int[] kept = {problem.space.levels[0].mayKeep, keeps.buffer(), keeps.registers()};
    incumbent.offer(
        new Incumbent.Candidates(kept, temporal, x, y, orders.of(half.tile(), tile, owner)),
        lowerBound,
        bound.cycles(),
        exhaustive);
  }
}
