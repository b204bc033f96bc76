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
 * partial mappings (inner mappings): traffic between register files and buffer depends on the
 * register tile and its unrolling; traffic between the buffer and the off-chip memory depends on
 * the buffer's tile; the two interact in few numbers.
 *
 * <p>An inner mapping is pruned by the sum of its own cost and the lower bound of any other inner
 * mapping; a joined mapping is pruned by its own bound ({@link JoinBound}); the rest is evaluated
 * exactly, in every relevant order of loops. Bounds rest on three facts. A word is fetched at least
 * once for every outer iteration for which it is stationary, except those of an unbroken run of
 * innermost loops; if every dimension leaves at most one tensor stationary, such a run serves one
 * tensor only. The savings of sliding tiles are bounded by {@link SlidingWords}. Instances that
 * idle in a last, partial round may keep their tile.
 *
 * <p>It can search one array after the other, of accelerators that differ in array size only. A
 * mapping needs certain rows and columns, and costs at least as much on any larger array: more PEs
 * have a higher floor, and the way from the middle of the rows is not shorter. So results for one
 * array, and the bounds of pruned parts, hold for all larger arrays; parts are opened again only
 * where they could be the best.
 */
final class ThreeLevelMapper {
  /**
   * Fraction of the effort after which no more regions are opened, and inner mappings are joined.
   */
  private static final double OPENING = 0.5;

  /** Maximum number of inner mappings held at once, to bound memory. */
  private static final int MOST_HALVES = 1 << 20;

  /**
   * Number of regions whose best inner mapping is joined at once: good mappings early prune most of
   * what follows.
   */
  private static final int JOINED_EARLY = 8;

  /**
   * Limit up to which candidates are kept for later arrays, as a multiple of the best: small at
   * first, larger each time that something must be opened again, because the floor of larger arrays
   * has used up the margin.
   */
  private static final double[] MARGINS = {1.05, 2, 4};

  private final MappingCosts problem;
  private final boolean again;
  private final int[] stationaryTensors;
  private final JoinBound bound;
  private final OrderChoices orders;
  private final HopCosts hops;
  private final PrunedTree tree;

  // For one array.
  private Incumbent incumbent;
  private Effort.Meter meter;
  private double dropped;
  private long held;

  /** What tells inner mappings of a region apart; unrollings and tiles by identity. */
  private record InnerKey(Spatial.Unrolling unrolled, RegisterTiles.Tile tile, int innermost) {
    static InnerKey of(InnerMapping inner) {
      return new InnerKey(inner.unrolled, inner.tile, inner.innermost);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof InnerKey other
          && unrolled == other.unrolled
          && tile == other.tile
          && innermost == other.innermost;
    }

    @Override
    public int hashCode() {
      int hash = 31 * System.identityHashCode(unrolled) + System.identityHashCode(tile);
      return 3 * hash + innermost;
    }
  }

  private record Ranked<T>(double bound, T item) {}

  /** Whether a problem has this structure. */
  static boolean suits(MappingCosts problem, Accounting accounting) {
    boolean suits = accounting == Accounting.EXACT && problem.levels == 3 && problem.plainOutput;
    // There cycles depend on the order of the loops.
    suits &= problem.passes.levels.length == 0;
    for (int l = 0; suits && l < problem.levels; l++) {
      boolean plain = problem.accelerator.levels().get(l).interconnect().free();
      suits = l == 1 || (problem.fanout[l] == 1 && plain);
      suits &= l == 1 || problem.space.levels[l].innermost.length == 0;
    }
    suits &= problem.fits(0, -1, problem.bounds);
    for (int d = 0; suits && d < problem.dims; d++) {
      int stationary = 0;
      for (int t = 0; t < problem.tensors; t++) {
        stationary += problem.isRelevant(t, d) ? 0 : 1;
      }
      suits = stationary <= 1 || problem.bounds[d] == 1;
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
    stationaryTensors = new int[problem.dims];
    Arrays.fill(stationaryTensors, BufferTiles.NONE);
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d) && problem.bounds[d] > 1) {
          stationaryTensors[d] = t;
        }
      }
    }
    bound = new JoinBound(problem, stationaryTensors);
    orders = new OrderChoices(problem, stationaryTensors);
    hops =
        again
            ? new HopCosts(problem, Accounting.EXACT, HopCosts.FEWEST)
            : new HopCosts(problem, Accounting.EXACT);
    tree = new PrunedTree(problem, bound, stationaryTensors, again);
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
    for (JoinedMapping joined : joints) {
      double value = tree.of(joined);
      first = value < least ? joined : first;
      least = Math.min(least, value);
    }
    if (first == null) {
      return;
    }
    evaluate(first);
    List<Ranked<JoinedMapping>> list = new ArrayList<>();
    for (JoinedMapping joined : joints) {
      double value = tree.of(joined);
      if (value < incumbent.limit() && joined != first) {
        list.add(new Ranked<>(value, joined));
      }
    }
    list.sort(Comparator.comparingDouble(Ranked::bound));
    for (Ranked<JoinedMapping> joined : list) {
      if (joined.bound() >= incumbent.limit()) {
        break;
      }
      if (tree.withHops(joined.item()) < incumbent.limit()) {
        evaluate(joined.item());
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
        if (best != null && (early++ < JOINED_EARLY || !incumbent.exists())) {
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

  /** Finds the inner mappings of a region; returns the best one that could improve, or null. */
  private InnerMapping open(Region region) {
    StorageChoice kept = region.kept;
    held -= region.innerMappings.size();
    // What an earlier array found stays: only what no array found is left out.
    Set<InnerKey> known = new HashSet<>();
    region.innerMappings.forEach(inner -> known.add(InnerKey.of(inner)));
    bound.begin(kept.registers, kept.buffer, kept.outside);
    bound.within(region.energy, region.cycles);
    SearchMargin margin = margin(region, region.opened++);
    double least = incumbent.limit();
    InnerMapping best = null;
    for (Spatial.Unrolling unrolled : region.unrollings) {
      if (incumbent.isOver(OPENING)) {
        giveUp(Math.max(bound.of(region.energy, region.cycles), kept.bound()));
        break;
      }
      bound.unroll(unrolled, hops);
      bound.within(region.energy, region.cycles);
      bound.ofSpread();
      if (!margin.holdsLast()) {
        continue;
      }
      double energy = bound.energy();
      double cycles = bound.cycles();
      kept.tiles.of(unrolled, kept.bits);
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
          bound.within(tileEnergy, tileCycles);
          bound.ofInner(tile);
          for (int innermost = 0; innermost <= BufferTiles.NO_LOOP; innermost++) {
            double value = bound.ofInner(innermost);
            if (value < Double.POSITIVE_INFINITY && margin.holdsLast()) {
              InnerMapping inner =
                  new InnerMapping(
                      region, unrolled, tile, innermost, bound.energy(), bound.cycles());
              region.innerMappings.add(inner);
              region.leastEnergy = Math.min(region.leastEnergy, inner.energy);
              region.leastCycles = Math.min(region.leastCycles, inner.cycles);
              best = value < least ? inner : best;
              least = Math.min(least, value);
            }
          }
        }
      }
    }
    held += region.innerMappings.size();
    margin.note(region.leftOut, region.cycles);
    return best;
  }

  /** Joins the inner mappings that could be the best, the most promising first. */
  private void joinHalves() {
    List<Ranked<InnerMapping>> list = new ArrayList<>();
    for (StorageChoice kept : tree.choices()) {
      if (kept.bound() >= incumbent.limit()) {
        continue;
      }
      for (Region region : kept.regions) {
        if (tree.array().holds(region.extent)
            && bound.of(region.leastEnergy, region.leastCycles) < incumbent.limit()) {
          for (InnerMapping inner : region.innerMappings) {
            double value = tree.leftOut(inner);
            if (value < incumbent.limit()) {
              list.add(new Ranked<>(value, inner));
            }
          }
        }
      }
    }
    list.sort(Comparator.comparingDouble(Ranked::bound));
    for (Ranked<InnerMapping> inner : list) {
      if (inner.bound() >= incumbent.limit()) {
        break;
      }
      if (incumbent.isOver(1)) {
        giveUp(inner.bound());
        break;
      }
      join(inner.item());
    }
  }

  private void forget() {
    for (StorageChoice kept : tree.choices()) {
      for (Region region : kept.regions) {
        region.innerMappings.clear();
        region.leftOut.clear();
      }
    }
    held = 0;
  }

  private void join(InnerMapping inner) {
    StorageChoice kept = inner.region.kept;
    int[] base = new int[problem.dims];
    int[] tiles = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      base[d] = inner.tile.temporal()[d] * inner.unrolled.factor()[d];
      tiles[d] =
          Spatial.remaining(inner.tile.tiles()[d], inner.unrolled.x()[d], inner.unrolled.y()[d]);
    }
    bound.begin(kept.registers, kept.buffer, kept.outside);
    bound.unroll(inner.unrolled, hops);
    bound.within(inner.energy, inner.cycles);
    bound.ofInner(inner.tile);
    List<JoinedMapping> joints = new ArrayList<>();
    SearchMargin margin = margin(inner.region, inner.joined++);
    join(inner, kept.outside.of(base, tiles, inner.innermost), margin, joints);
    if (again) {
      if (inner.joints.isEmpty() && !joints.isEmpty()) {
        kept.joined.add(inner);
      }
      joints.stream().filter(inner::isNew).toList().forEach(inner.joints::add);
    }
    margin.note(inner.leftOut, inner.cycles);
  }

  private void join(
      InnerMapping inner,
      BufferTiles.Candidates candidates,
      SearchMargin margin,
      List<JoinedMapping> joints) {
    for (int i = 0; i < candidates.tiles().size(); i++) {
      bound.ofHalfWith(inner.innermost, candidates.least()[i]);
      if (!margin.holdsLast()) {
        return;
      }
      if (incumbent.isOver(1)) {
        giveUp(bound.of(inner.energy, inner.cycles));
        return;
      }
      BufferTiles.Tile tile = candidates.tiles().get(i);
      meter.look(1);
      bound.ofHalfWith(inner.innermost, tile.cost());
      if (!margin.holdsLast()) {
        continue;
      }
      for (int stationaryTensor : orders.stationaryTensors(tile)) {
        double value = bound.ofJoined(inner.tile, tile, stationaryTensor, margin::holdsLast);
        if (margin.holdsLast()) {
          JoinedMapping joined =
              new JoinedMapping(
                  inner, tile, stationaryTensor, bound.energy(), bound.cycles(), bound.passing());
          if (again) {
            joints.add(joined);
          }
          if (value < incumbent.limit()) {
            evaluate(joined);
          }
        }
      }
    }
  }

  private void evaluate(JoinedMapping joined) {
    InnerMapping inner = joined.inner;
    int[] ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    int[][] temporal = {joined.tile.outer(), joined.tile.inner(), inner.tile.temporal()};
    int[][] x = {ones, inner.unrolled.x(), ones};
    int[][] y = {ones, inner.unrolled.y(), ones};
    StorageChoice keeps = inner.region.kept;
    int[] kept = {problem.space.levels[0].mayKeep, keeps.buffer, keeps.registers};
    List<int[][]> choice = orders.of(inner.tile, joined.tile, joined.stationaryTensor);
    double least =
        incumbent.offer(
            new Incumbent.Candidates(kept, temporal, x, y, choice),
            bound.of(joined.energy, joined.cycles),
            joined.cycles);
    joined.seen.add(new PrunedBound(tree.array(), least, joined.cycles));
  }
}
