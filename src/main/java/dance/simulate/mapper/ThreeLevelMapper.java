package dance.simulate.mapper;

import dance.simulate.mapper.PrunedTree.InnerMapping;
import dance.simulate.mapper.PrunedTree.JoinedMapping;
import dance.simulate.mapper.PrunedTree.PrunedBound;
import dance.simulate.mapper.PrunedTree.Region;
import dance.simulate.mapper.PrunedTree.StorageChoice;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Branch and bound for off-chip memory, a buffer, and an array of register files, by joining two
 * partial mappings (halves): traffic between register files and buffer depends on the register tile
 * and its unrolling; traffic between the buffer and the off-chip memory depends on the buffer's
 * tile; the two interact in few numbers.
 *
 * <p>A half is pruned by the sum of its own cost and the lower bound of any other half; a joined
 * mapping is pruned by its own bound ({@link JoinBound}); the rest is evaluated exactly, in every
 * relevant order of loops. Bounds rest on three facts. A word is fetched at least once for every
 * outer iteration for which it is stationary, except those of an unbroken run of innermost loops;
 * if every dimension leaves at most one tensor stationary, such a run serves one tensor only. The
 * savings of sliding tiles are bounded by {@link SlidingWords}. Instances that idle in a last,
 * partial round may keep their tile.
 *
 * <p>It can search one array after the other, of accelerators that differ in array size only. A
 * mapping needs certain rows and columns, and costs at least as much on any larger array: more PEs
 * have a higher floor, and the way from the middle of the rows is not shorter. So results for one
 * array, and the bounds of pruned parts, hold for all larger arrays; parts are opened again only
 * where they could be the best.
 */
final class ThreeLevelMapper {
  /** Fraction of the effort after which no more regions are opened, and halves are joined. */
  private static final double OPENING = 0.5;

  /** Maximum number of halves held at once, to bound memory. */
  private static final int MOST_HALVES = 1 << 20;

  /**
   * Number of regions whose best half is joined at once: good mappings early prune most of what
   * follows.
   */
  private static final int EARLY = 8;

  /**
   * Limit up to which candidates are kept for later arrays, as a multiple of the best: small at
   * first, larger each time that something must be opened again, because the floor of larger arrays
   * has used up the margin.
   */
  private static final double[] MARGINS = {1.05, 2, 4};

  private final MappingCosts problem;
  private final boolean again;
  private final int[] owners;
  private final JoinBound bound;
  private final OrderChoices orders;
  private final HopCosts hops;
  private final PrunedTree tree;

  // For one array.
  private Incumbent incumbent;
  private Effort.Meter meter;
  private double dropped;
  private long held;

  /** What tells halves of a region apart; ways to spread and tiles by identity. */
  private record InnerKey(Spatial.Unrolling spread, RegisterTiles.Tile tile, int innermost) {
    static InnerKey of(InnerMapping half) {
      return new InnerKey(half.spread, half.tile, half.innermost);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof InnerKey other
          && spread == other.spread
          && tile == other.tile
          && innermost == other.innermost;
    }

    @Override
    public int hashCode() {
      int hash = 31 * System.identityHashCode(spread) + System.identityHashCode(tile);
      return 3 * hash + innermost;
    }
  }

  private record Ranked<T>(double bound, T item) {}

  /** Whether a problem has this structure. */
  static boolean suits(MappingCosts problem, Accounting accounting) {
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
   * Whether results for one array hold for another: sides are distinguished, and nothing else
   * depends on the number of instances.
   */
  static boolean suitsArrays(MappingCosts problem) {
    boolean sides =
        problem.space.spatialRemainders
            || !problem.accelerator.levels().get(1).interconnect().free();
    return sides && problem.accelerator.levels().stream().allMatch(l -> l.clusterSize() == 1);
  }

  /**
   * @param again whether it will be run for several arrays
   */
  ThreeLevelMapper(MappingCosts problem, boolean again) {
    this.problem = problem;
    this.again = again;
    owners = new int[problem.dims];
    Arrays.fill(owners, BufferTiles.NONE);
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d) && problem.bounds[d] > 1) {
          owners[d] = t;
        }
      }
    }
    bound = new JoinBound(problem, owners);
    orders = new OrderChoices(problem, owners);
    hops =
        again
            ? new HopCosts(problem, Accounting.EXACT, HopCosts.FEWEST)
            : new HopCosts(problem, Accounting.EXACT);
    tree = new PrunedTree(problem, bound, owners, again);
  }

  /** Lower bound of everything skipped for lack of effort. */
  double dropped() {
    return dropped;
  }

  /** Searches for the best mapping on the array of the incumbent's accelerator. */
  void run(Incumbent target) {
    incumbent = target;
    meter = target.meter();
    dropped = Double.POSITIVE_INFINITY;
    tree.array(new PrunedTree.Extent(target.columns(), target.rows()));
    tryRemembered();
    openRegions();
    joinHalves();
    tree.noteLimit(incumbent.limit());
  }

  private SearchMargin margin(Region region, int opened) {
    double times = again ? MARGINS[Math.min(opened, MARGINS.length - 1)] : 1;
    return new SearchMargin(tree, bound, region.home, incumbent, times);
  }

  /** Evaluates mappings that were good on other arrays, the most promising first. */
  private void tryRemembered() {
    List<JoinedMapping> joints = tree.remembered();
    JoinedMapping first = null;
    double least = Double.POSITIVE_INFINITY;
    for (JoinedMapping joint : joints) {
      double value = tree.of(joint);
      first = value < least ? joint : first;
      least = Math.min(least, value);
    }
    if (first == null) {
      return;
    }
    evaluate(first);
    List<Ranked<JoinedMapping>> list = new ArrayList<>();
    for (JoinedMapping joint : joints) {
      double value = tree.of(joint);
      if (value < incumbent.limit() && joint != first) {
        list.add(new Ranked<>(value, joint));
      }
    }
    list.sort(Comparator.comparingDouble(Ranked::bound));
    for (Ranked<JoinedMapping> joint : list) {
      if (joint.bound() >= incumbent.limit()) {
        break;
      }
      if (tree.withHops(joint.item()) < incumbent.limit()) {
        evaluate(joint.item());
      }
    }
  }

  private void openRegions() {
    int early = 0;
    for (StorageChoice kept : tree.choices()) {
      if (kept.bound() >= incumbent.limit()) {
        continue;
      }
      List<Ranked<Region>> open = new ArrayList<>();
      for (Region region : kept.regions) {
        if (tree.array().holds(region.extent)) {
          double value = tree.leftOut(region);
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
        if (incumbent.isOver(OPENING)) {
          giveUp(Math.max(region.bound(), kept.bound()));
          break;
        }
        InnerMapping best = open(region.item());
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

  /** Records that something with this bound was skipped for lack of effort. */
  private void giveUp(double value) {
    dropped = Math.min(dropped, value);
  }

  /** Finds the halves of a region; returns the best one that could improve, or null. */
  private InnerMapping open(Region region) {
    StorageChoice kept = region.kept;
    held -= region.halves.size();
    // What an earlier array found stays: only what no array found is left out.
    Set<InnerKey> known = new HashSet<>();
    region.halves.forEach(half -> known.add(InnerKey.of(half)));
    bound.begin(kept.registers, kept.buffer, kept.outside);
    SearchMargin margin = margin(region, region.opened++);
    double least = incumbent.limit();
    InnerMapping best = null;
    for (Spatial.Unrolling spread : region.spreads) {
      if (incumbent.isOver(OPENING)) {
        giveUp(Math.max(bound.of(region.energy, region.cycles), kept.bound()));
        break;
      }
      bound.spread(spread, hops);
      bound.ofSpread();
      if (!margin.holdsLast()) {
        continue;
      }
      double energy = bound.energy();
      double cycles = bound.cycles();
      kept.tiles.of(spread, kept.bits);
      for (int word = 0; word < kept.bits.length; word++) {
        for (long rest = kept.bits[word]; rest != 0; rest &= rest - 1) {
          int i = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
          double tileEnergy = Math.max(energy, kept.energy[i]);
          double tileCycles = Math.max(cycles, kept.cycles[i]);
          if (!margin.holds(tileEnergy, tileCycles)) {
            continue;
          }
          RegisterTiles.Tile tile = kept.tiles.tiles().get(i);
          if (!margin.holds(tileEnergy, Math.max(tileCycles, bound.rounds(tile)))) {
            continue;
          }
          meter.look(1);
          bound.ofHalf(tile);
          for (int innermost = 0; innermost <= BufferTiles.NO_LOOP; innermost++) {
            double value = bound.ofHalf(innermost);
            if (value < Double.POSITIVE_INFINITY && margin.holdsLast()) {
              InnerMapping half =
                  new InnerMapping(region, spread, tile, innermost, bound.energy(), bound.cycles());
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
    margin.note(region.leftOut, region.cycles);
    return best;
  }

  /** Joins the halves that could be the best, the most promising first. */
  private void joinHalves() {
    List<Ranked<InnerMapping>> list = new ArrayList<>();
    for (StorageChoice kept : tree.choices()) {
      if (kept.bound() >= incumbent.limit()) {
        continue;
      }
      for (Region region : kept.regions) {
        if (tree.array().holds(region.extent)
            && bound.of(region.leastEnergy, region.leastCycles) < incumbent.limit()) {
          for (InnerMapping half : region.halves) {
            double value = tree.leftOut(half);
            if (value < incumbent.limit()) {
              list.add(new Ranked<>(value, half));
            }
          }
        }
      }
    }
    list.sort(Comparator.comparingDouble(Ranked::bound));
    for (Ranked<InnerMapping> half : list) {
      if (half.bound() >= incumbent.limit()) {
        break;
      }
      if (incumbent.isOver(1)) {
        giveUp(half.bound());
        break;
      }
      join(half.item());
    }
  }

  private void forget() {
    for (StorageChoice kept : tree.choices()) {
      for (Region region : kept.regions) {
        region.halves.clear();
        region.leftOut.clear();
      }
    }
    held = 0;
  }

  private void join(InnerMapping half) {
    StorageChoice kept = half.region.kept;
    int[] base = new int[problem.dims];
    int[] tiles = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      base[d] = half.tile.temporal()[d] * half.spread.factor()[d];
      tiles[d] = Spatial.remaining(half.tile.tiles()[d], half.spread.x()[d], half.spread.y()[d]);
    }
    bound.begin(kept.registers, kept.buffer, kept.outside);
    bound.spread(half.spread, hops);
    bound.ofHalf(half.tile);
    List<JoinedMapping> joints = new ArrayList<>();
    SearchMargin margin = margin(half.region, half.joined++);
    join(half, kept.outside.of(base, tiles, half.innermost), margin, joints);
    if (again) {
      if (half.joints.isEmpty() && !joints.isEmpty()) {
        kept.joined.add(half);
      }
      joints.stream().filter(half::isNew).toList().forEach(half.joints::add);
    }
    margin.note(half.leftOut, half.cycles);
  }

  private void join(
      InnerMapping half,
      BufferTiles.Candidates candidates,
      SearchMargin margin,
      List<JoinedMapping> joints) {
    for (int i = 0; i < candidates.tiles().size(); i++) {
      bound.ofHalfWith(half.innermost, candidates.least()[i]);
      if (!margin.holdsLast()) {
        return;
      }
      if (incumbent.isOver(1)) {
        giveUp(bound.of(half.energy, half.cycles));
        return;
      }
      BufferTiles.Tile tile = candidates.tiles().get(i);
      meter.look(1);
      bound.ofHalfWith(half.innermost, tile.cost());
      if (!margin.holdsLast()) {
        continue;
      }
      for (int owner : orders.owners(tile)) {
        double value = bound.ofJoint(half.tile, tile, owner, margin::holdsLast);
        if (margin.holdsLast()) {
          JoinedMapping joint =
              new JoinedMapping(half, tile, owner, bound.energy(), bound.cycles(), bound.passing());
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

  private void evaluate(JoinedMapping joint) {
    InnerMapping half = joint.half;
    int[] ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    int[][] temporal = {joint.tile.outer(), joint.tile.inner(), half.tile.temporal()};
    int[][] x = {ones, half.spread.x(), ones};
    int[][] y = {ones, half.spread.y(), ones};
    StorageChoice keeps = half.region.kept;
    int[] kept = {problem.space.levels[0].mayKeep, keeps.buffer, keeps.registers};
    List<int[][]> choice = orders.of(half.tile, joint.tile, joint.owner);
    double least =
        incumbent.offer(
            new Incumbent.Candidates(kept, temporal, x, y, choice),
            bound.of(joint.energy, joint.cycles),
            joint.cycles);
    joint.seen.add(new PrunedBound(tree.array(), least, joint.cycles));
  }
}
