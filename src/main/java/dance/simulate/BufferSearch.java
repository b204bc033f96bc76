package dance.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 *
 * <p>It can search for one array after the other, of accelerators that are alike but for its size.
 * A mapping needs certain rows and columns, and costs more on any array that has more: the floor is
 * that of more PEs, and the way from the middle of the rows is not shorter. So what was found for
 * one array, and the bounds of what was left out, hold for all arrays that are larger; they are
 * opened again only where they could be the best.
 */
final class BufferSearch {
  /** Pairs of a tile and a way to spread it that are looked at, for each unit of width. */
  private static final int PAIRS = 1 << 17;

  /** Halves that are joined, for each unit of width. */
  private static final int JOINS = 1 << 12;

  /** Halves that are held at once, so that memory stays bounded. */
  private static final int MOST_HALVES = 1 << 18;

  /** Regions whose best half is joined at once: good mappings early cut most of what follows. */
  private static final int EARLY = 8;

  /** What is kept for later arrays, halves and joints, as multiples of the best. */
  private static final double KEPT_HALVES = 1.05;

  private static final double KEPT_JOINTS = 1.05;

  private final MapProblem problem;
  private final boolean again;
  private final long pairs;
  private final long joins;
  private final int[] owners;
  private final JointBound bound;
  private final OrderChoices orders;
  private final HopCosts hops;
  private final List<Kept> choices = new ArrayList<>();
  private int columns;
  private int rows;

  /** Ways to spread that no array so far was large enough for. */
  private Map<Extent, List<Spatial.Choice>> larger = new LinkedHashMap<>();

  // For one array.
  private Incumbent incumbent;
  private MapSearch.Deadline deadline;
  private Extent array;
  private double dropped;
  private long considered;
  private long looked;
  private long joined;
  private long held;

  /** Columns and rows. */
  private record Extent(int x, int y) {
    boolean holds(Extent other) {
      return other.x <= x && other.y <= y;
    }

    double instances() {
      return (double) x * y;
    }
  }

  /**
   * What was left out while searching for an array.
   *
   * @param value that it has at least on that array
   * @param cycles that it has at least
   */
  private record LeftOut(Extent array, double value, double cycles) {}

  /** What is kept where, by the registers and by the buffer. */
  private final class Kept {
    final int registers;
    final int buffer;
    final BufferTiles outside;
    final FittingTiles tiles;
    final long[] bits;
    final List<Region> regions = new ArrayList<>();
    final List<Half> joined = new ArrayList<>();
    double[] energy;
    double[] cycles;

    Kept(int registers, int buffer, BufferTiles outside, FittingTiles tiles) {
      this.registers = registers;
      this.buffer = buffer;
      this.outside = outside;
      this.tiles = tiles;
      bits = tiles.bits();
    }

    int tensors() {
      return Integer.bitCount(registers) + Integer.bitCount(buffer);
    }

    double bound() {
      return bound.ofKeeps(registers, buffer, outside);
    }

    /** Bounds of the tiles over all ways to spread them. */
    void boundTiles(double[] mostShared) {
      bound.begin(registers, buffer, outside);
      energy = new double[tiles.tiles().size()];
      cycles = new double[energy.length];
      for (int i = 0; i < energy.length; i++) {
        bound.ofTile(tiles.tiles().get(i), mostShared);
        energy[i] = bound.energy();
        cycles[i] = bound.cycles();
      }
    }
  }

  /** Register tiles spread over so many columns and rows. */
  private final class Region {
    final Kept kept;
    final Extent extent;
    final List<Spatial.Choice> spreads;
    final double energy;
    final double cycles;
    LeftOut first;
    LeftOut last;
    List<Half> halves = new ArrayList<>();
    double leastEnergy;
    double leastCycles;

    Region(Kept kept, Extent extent, List<Spatial.Choice> spreads) {
      this.kept = kept;
      this.extent = extent;
      this.spreads = spreads;
      bound.array(extent.instances());
      kept.bound();
      energy = bound.energy();
      cycles = bound.cycles();
    }

    /** Bound of what is not among the halves. */
    double leftOut() {
      return first == null ? bound.of(energy, cycles) : Math.max(on(first), on(last));
    }
  }

  /** A register tile, spread, with tiles of the buffer of one kind. */
  private static final class Half {
    final Region region;
    final Spatial.Choice spread;
    final RegisterTiles.Tile tile;
    final int innermost;
    final double energy;
    final double cycles;
    LeftOut first;
    LeftOut last;
    List<Joint> joints = List.of();

    Half(
        Region region,
        Spatial.Choice spread,
        RegisterTiles.Tile tile,
        int innermost,
        double energy,
        double cycles) {
      this.region = region;
      this.spread = spread;
      this.tile = tile;
      this.innermost = innermost;
      this.energy = energy;
      this.cycles = cycles;
    }
  }

  /** A half with a tile of the buffer. */
  private static final class Joint {
    final Half half;
    final BufferTiles.Tile tile;
    final int owner;
    final double energy;
    final double cycles;
    LeftOut seen;

    Joint(Half half, BufferTiles.Tile tile, int owner, double energy, double cycles) {
      this.half = half;
      this.tile = tile;
      this.owner = owner;
      this.energy = energy;
      this.cycles = cycles;
    }
  }

  private record Ranked<T>(double bound, T item) {}

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

  /**
   * Whether what is found for one array can be used for another one: sides are told apart, and
   * nothing else depends on the number of instances.
   */
  static boolean suitsArrays(MapProblem problem) {
    boolean sides =
        problem.space.spatialRemainders
            || !problem.accelerator.levels().get(1).interconnect().free();
    return sides && problem.accelerator.levels().stream().allMatch(l -> l.clusterSize() == 1);
  }

  /**
   * A search.
   *
   * @param again whether it will be run for several arrays
   */
  BufferSearch(MapProblem problem, int width, boolean again) {
    this.problem = problem;
    this.again = again;
    pairs = (long) width * PAIRS;
    joins = (long) width * JOINS;
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
    hops = new HopCosts(problem, Accounting.EXACT, again);
    Map<Integer, BufferTiles> outside = new HashMap<>();
    for (int registers : subsets(2)) {
      FittingTiles tiles =
          new FittingTiles(RegisterTiles.of(problem, registers), problem.space.spatialRemainders);
      for (int buffer : subsets(1)) {
        BufferTiles side =
            outside.computeIfAbsent(buffer, b -> new BufferTiles(problem, b, owners));
        choices.add(new Kept(registers, buffer, side, tiles));
      }
    }
    // Mostly it is best to keep everything, so that this gives the mapping to beat.
    choices.sort(Comparator.comparingInt(k -> -k.tensors()));
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

  long considered() {
    return considered;
  }

  /** Least bound of what was given up for lack of time. */
  double dropped() {
    return dropped;
  }

  /** Searches for the best mapping on the array of the incumbent's accelerator. */
  void run(Incumbent target, MapSearch.Deadline until) {
    incumbent = target;
    deadline = until;
    dropped = Double.POSITIVE_INFINITY;
    considered = 0;
    looked = 0;
    joined = 0;
    array = new Extent(target.columns(), target.rows());
    bound.array(array.instances());
    spread();
    tryRemembered();
    openRegions();
    joinHalves();
  }

  /** Finds the ways to spread over the array, unless those over a larger one are known. */
  private void spread() {
    if (array.x() > columns || array.y() > rows) {
      // A larger array will mostly follow a smaller one.
      Extent before = new Extent(columns, rows);
      columns = Math.max(columns, again && columns > 0 ? 2 * array.x() : array.x());
      rows = Math.max(rows, again && rows > 0 ? 2 * array.y() : array.y());
      List<Spatial.Choice> all =
          Spatial.of(problem.space, 1, problem.bounds, columns, rows).choices();
      for (Spatial.Choice choice : all) {
        Extent extent = new Extent(choice.columns(), choice.rows());
        if (!before.holds(extent)) {
          larger.computeIfAbsent(extent, e -> new ArrayList<>()).add(choice);
        }
      }
      double[] mostShared = bound.mostShared(all.toArray(new Spatial.Choice[0]));
      bound.array((double) columns * rows);
      choices.forEach(kept -> kept.boundTiles(mostShared));
      bound.array(array.instances());
    }
    for (Iterator<Extent> extents = larger.keySet().iterator(); extents.hasNext(); ) {
      Extent extent = extents.next();
      if (array.holds(extent)) {
        List<Spatial.Choice> spreads = larger.get(extent);
        choices.forEach(kept -> kept.regions.add(new Region(kept, extent, spreads)));
        extents.remove();
      }
    }
    bound.array(array.instances());
  }

  /** Bound of what was left out, on the array. */
  private double on(LeftOut out) {
    if (!array.holds(out.array())) {
      return 0;
    }
    double floor = problem.accelerator.overheads().floorPjPerCyclePerPe();
    double more = floor * (array.instances() - out.array().instances()) * out.cycles();
    double growth =
        problem.objective == MapObjective.LATENCY ? 0 : problem.objective.of(more, out.cycles());
    return out.value() + growth;
  }

  /** Whether what was left out is no better than the best. */
  private boolean isOver(LeftOut out) {
    return out != null && out.value() >= incumbent.limit() && array.holds(out.array());
  }

  private double limit(double slack) {
    return again ? incumbent.limit() * slack : incumbent.limit();
  }

  /** Evaluates what was good on other arrays, the most promising first. */
  private void tryRemembered() {
    Joint first = null;
    double least = Double.POSITIVE_INFINITY;
    for (Kept kept : choices) {
      for (Half half : kept.joined) {
        if (array.holds(half.region.extent)) {
          for (Joint joint : half.joints) {
            double value = of(joint);
            first = value < least ? joint : first;
            least = Math.min(least, value);
          }
        }
      }
    }
    if (first == null) {
      return;
    }
    evaluate(first);
    List<Ranked<Joint>> list = new ArrayList<>();
    for (Kept kept : choices) {
      for (Half half : kept.joined) {
        if (array.holds(half.region.extent)) {
          for (Joint joint : half.joints) {
            double value = of(joint);
            if (value < incumbent.limit() && joint != first) {
              list.add(new Ranked<>(value, joint));
            }
          }
        }
      }
    }
    list.sort(Comparator.comparingDouble(Ranked::bound));
    for (Ranked<Joint> joint : list) {
      if (joint.bound() >= incumbent.limit()) {
        break;
      }
      evaluate(joint.item());
    }
  }

  private double of(Joint joint) {
    double value = bound.of(joint.energy, joint.cycles);
    return joint.seen == null ? value : Math.max(value, on(joint.seen));
  }

  private void openRegions() {
    int early = 0;
    for (Kept kept : choices) {
      if (kept.bound() >= incumbent.limit()) {
        continue;
      }
      List<Ranked<Region>> open = new ArrayList<>();
      for (Region region : kept.regions) {
        if (array.holds(region.extent) && !isOver(region.first) && !isOver(region.last)) {
          double value = region.leftOut();
          if (value < incumbent.limit()) {
            open.add(new Ranked<>(value, region));
          }
        }
      }
      open.sort(Comparator.comparingDouble(Ranked::bound));
      for (Ranked<Region> region : open) {
        if (region.bound() >= incumbent.limit()) {
          break;
        }
        if (incumbent.exists() && (looked > pairs || deadline.isOver())) {
          dropped = Math.min(dropped, Math.max(region.bound(), kept.bound()));
          break;
        }
        Half best = open(region.item());
        if (best != null && (early++ < EARLY || !incumbent.exists())) {
          join(best);
        }
        if (held > MOST_HALVES) {
          joinHalves();
          forget();
        }
      }
    }
  }

  /** Finds the halves of a region; the best of those that could be improved on, or null. */
  private Half open(Region region) {
    Kept kept = region.kept;
    held -= region.halves.size();
    region.halves = new ArrayList<>();
    region.leastEnergy = Double.POSITIVE_INFINITY;
    region.leastCycles = Double.POSITIVE_INFINITY;
    bound.begin(kept.registers, kept.buffer, kept.outside);
    double limit = limit(KEPT_HALVES);
    double least = incumbent.limit();
    Half best = null;
    for (Spatial.Choice spread : region.spreads) {
      bound.spread(spread, hops);
      if (bound.ofSpread() >= limit) {
        continue;
      }
      double energy = bound.energy();
      double cycles = bound.cycles();
      kept.tiles.of(spread, kept.bits);
      for (int word = 0; word < kept.bits.length; word++) {
        for (long rest = kept.bits[word]; rest != 0; rest &= rest - 1) {
          int i = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
          double tileEnergy = Math.max(energy, kept.energy[i]);
          if (bound.of(tileEnergy, Math.max(cycles, kept.cycles[i])) >= limit) {
            continue;
          }
          RegisterTiles.Tile tile = kept.tiles.tiles().get(i);
          considered++;
          looked++;
          bound.ofHalf(tile);
          for (int innermost = 0; innermost <= BufferTiles.NO_LOOP; innermost++) {
            double value = bound.ofHalf(innermost);
            if (value < limit) {
              Half half = new Half(region, spread, tile, innermost, bound.energy(), bound.cycles());
              region.halves.add(half);
              region.leastEnergy = Math.min(region.leastEnergy, half.energy);
              region.leastCycles = Math.min(region.leastCycles, half.cycles);
              best = value < least ? half : best;
              least = Math.min(least, value);
            }
          }
        }
      }
    }
    held += region.halves.size();
    region.last = new LeftOut(array, limit, region.cycles);
    region.first = region.first == null ? region.last : region.first;
    return best;
  }

  /** Bound of what is not among the joints of a half. */
  private double leftOut(Half half) {
    double value = bound.of(half.energy, half.cycles);
    return half.first == null ? value : Math.max(value, Math.max(on(half.first), on(half.last)));
  }

  /** Joins the halves that could be the best, the most promising first. */
  private void joinHalves() {
    List<Ranked<Half>> list = new ArrayList<>();
    for (Kept kept : choices) {
      if (kept.bound() >= incumbent.limit()) {
        continue;
      }
      for (Region region : kept.regions) {
        if (array.holds(region.extent)
            && bound.of(region.leastEnergy, region.leastCycles) < incumbent.limit()) {
          for (Half half : region.halves) {
            if (isOver(half.first) || isOver(half.last)) {
              continue;
            }
            double value = leftOut(half);
            if (value < incumbent.limit()) {
              list.add(new Ranked<>(value, half));
            }
          }
        }
      }
    }
    list.sort(Comparator.comparingDouble(Ranked::bound));
    for (Ranked<Half> half : list) {
      if (half.bound() >= incumbent.limit()) {
        break;
      }
      if (incumbent.exists() && (joined >= joins || deadline.isOver())) {
        dropped = Math.min(dropped, half.bound());
        break;
      }
      join(half.item());
    }
  }

  private void forget() {
    for (Kept kept : choices) {
      for (Region region : kept.regions) {
        region.halves.clear();
        region.first = null;
        region.last = null;
      }
    }
    held = 0;
  }

  private void join(Half half) {
    joined++;
    Kept kept = half.region.kept;
    int[] base = new int[problem.dims];
    int[] tiles = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      base[d] = half.tile.temporal()[d] * half.spread.factor()[d];
      tiles[d] = Spatial.remaining(half.tile.tiles()[d], half.spread.x()[d], half.spread.y()[d]);
    }
    bound.begin(kept.registers, kept.buffer, kept.outside);
    bound.spread(half.spread, hops);
    bound.ofHalf(half.tile);
    List<Joint> joints = new ArrayList<>();
    join(half, kept.outside.of(base, tiles, half.innermost), joints);
    if (again) {
      if (half.joints.isEmpty() && !joints.isEmpty()) {
        kept.joined.add(half);
      }
      half.joints = joints;
    }
    half.last = new LeftOut(array, limit(KEPT_JOINTS), half.cycles);
    half.first = half.first == null ? half.last : half.first;
  }

  private void join(Half half, BufferTiles.Candidates candidates, List<Joint> joints) {
    for (int i = 0; i < candidates.tiles().size(); i++) {
      if (bound.ofHalfWith(half.innermost, candidates.least()[i]) >= limit(KEPT_JOINTS)) {
        return;
      }
      BufferTiles.Tile tile = candidates.tiles().get(i);
      considered++;
      if (bound.ofHalfWith(half.innermost, tile.cost()) >= limit(KEPT_JOINTS)) {
        continue;
      }
      for (int owner : orders.owners(tile)) {
        double limit = limit(KEPT_JOINTS);
        double value = bound.ofJoint(half.tile, tile, owner, limit);
        if (value < limit) {
          Joint joint = new Joint(half, tile, owner, bound.energy(), bound.cycles());
          if (again) {
            joints.add(joint);
          }
          if (value < incumbent.limit()) {
            evaluate(joint);
          }
        }
      }
    }
  }

  private void evaluate(Joint joint) {
    Half half = joint.half;
    int[] ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    int[][] temporal = {joint.tile.outer(), joint.tile.inner(), half.tile.temporal()};
    int[][] x = {ones, half.spread.x(), ones};
    int[][] y = {ones, half.spread.y(), ones};
    Kept keeps = half.region.kept;
    int[] kept = {problem.space.levels[0].mayKeep, keeps.buffer, keeps.registers};
    List<int[][]> choice = orders.of(half.tile, joint.tile, joint.owner);
    double least =
        incumbent.offer(
            new Incumbent.Candidates(kept, temporal, x, y, choice),
            bound.of(joint.energy, joint.cycles),
            joint.cycles);
    joint.seen = new LeftOut(array, least, joint.cycles);
  }
}
