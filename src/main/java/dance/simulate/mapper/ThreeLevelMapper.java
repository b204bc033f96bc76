package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Branch and bound for off-chip memory, a buffer, and an array of register files, by joining two
 * partial mappings: traffic between register files and buffer depends on the register tile and its
 * unrolling (the inner mapping); traffic between the buffer and the off-chip memory depends on the
 * buffer's tile; the two interact in few numbers.
 *
 * <p>An inner mapping is pruned by the sum of its own cost and the minimum cost outside the buffer,
 * first of any tile of the buffer, then of those around its own by how long a tensor is stationary
 * there ({@link StationaryRuns}); a joined mapping is pruned by its own bound ({@link JoinBound});
 * the rest is evaluated exactly, in every relevant order of loops. Bounds rest on three facts. A
 * word is fetched at least once for every outer iteration for which it is stationary, except those
 * of an unbroken run of innermost loops; if every dimension leaves at most one tensor stationary,
 * such a run serves one tensor only. The savings of sliding tiles are bounded by {@link
 * SlidingWords}. Instances that idle in a last, partial round may keep their tile. What bounds a
 * whole bounds its parts.
 */
final class ThreeLevelMapper {
  /**
   * Fraction of what a pass has of the effort after which no more regions are opened, and inner
   * mappings are joined.
   */
  private static final double OPENING = 0.5;

  /** First ceiling, relative to the least bound. */
  private static final double NEAR = 1.02;

  /** Factor between the ceilings of successive passes. */
  private static final double GROWTH = 1.5;

  /** Maximum number of inner mappings held at once, to bound memory. */
  private static final int MOST_HALVES = 1 << 20;

  /**
   * Number of regions whose best inner mapping is joined at once: good mappings early prune most of
   * what follows.
   */
  private static final int JOINED_EARLY = 8;

  private final MappingCosts problem;
  private final JoinBound bound;
  private final OrderChoices orders;
  private final ArrayRegions array;
  private final MirroredDimensions mirrored;
  private final List<Choice> choices = new ArrayList<>();
  private final double points;
  private final double instances;
  private final Incumbent incumbent;
  private final Effort.Meter meter;

  /** Halves of mappings that are bounded in one step. */
  private final int perStep;

  /** Extents of the array's tile, and how many there are: [dimension]. */
  private final int[] base;

  private final int[] tiles;

  private int looks;
  private final List<InnerMapping> innerMappings = new ArrayList<>();
  private double dropped = Double.POSITIVE_INFINITY;
  private int joinedEarly;

  // Of a pass.

  /** What has a bound of this or more is left for later passes. */
  private double ceiling;

  /** Whether anything that could be the best is left. */
  private boolean cut;

  /** Fraction of the effort until which regions are opened. */
  private double opening;

  /**
   * Tensors kept by registers and buffer, with the bounds of all mappings and of each tile, and the
   * bits of the tiles without mirror images.
   */
  private record Choice(
      StorageChoice keeps,
      double value,
      double[] energyPj,
      double[] cycles,
      long[] firstTiles,
      List<Region> regions) {}

  /** Unrollings over the same number of columns and rows, with the bound of all. */
  private record Region(List<Spatial.Unrolling> unrollings, double value, Bound bound) {}

  /** A register tile with its unrolling, with tiles of the buffer of one kind, and its bound. */
  private record InnerMapping(
      StorageChoice keeps,
      Spatial.Unrolling unrolled,
      RegisterTiles.Tile tile,
      int innermost,
      double value,
      Bound bound) {}

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
    suits &= problem.fits(0, TensorSet.ALL, problem.bounds);
    for (int d = 0; suits && d < problem.dims; d++) {
      int stationary = 0;
      for (int t = 0; t < problem.tensors; t++) {
        stationary += problem.isRelevant(t, d) ? 0 : 1;
      }
      suits = stationary <= 1 || problem.bounds[d] == 1;
    }
    return suits;
  }

  /** What of a problem that does not suit is different. */
  static String unsuited(MappingCosts problem) {
    if (problem.levels != 3) {
      return problem.levels + " memory levels, not 3";
    }
    if (problem.passes.levels.length > 0) {
      return "a systolic array, which is filled and drained";
    }
    for (int l = 0; l < problem.levels; l += 2) {
      if (problem.fanout[l] > 1) {
        return "an array below " + problem.accelerator.levels().get(l).name();
      }
    }
    return "levels, interconnects or a layer of another structure than off-chip memory, a buffer"
        + " and an array of register files";
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

  ThreeLevelMapper(MappingCosts problem, Incumbent incumbent) {
    this.problem = problem;
    this.incumbent = incumbent;
    meter = incumbent.meter();
    perStep = problem.tiles.slide() ? 1 : Effort.QUICK;
    points = problem.space.einsum.points();
    instances = problem.fanout[1];
    base = new int[problem.dims];
    tiles = new int[problem.dims];
    int[] stationaryTensors = StorageChoice.stationaryTensors(problem);
    bound = new JoinBound(problem, stationaryTensors);
    bound.array(instances);
    orders = new OrderChoices(problem, stationaryTensors);
    mirrored = new MirroredDimensions(problem);
    array = new ArrayRegions(problem, bound.shape(), mirrored);
    for (StorageChoice keeps : StorageChoice.of(problem, stationaryTensors)) {
      choices.add(choice(keeps));
    }
  }

  private Choice choice(StorageChoice keeps) {
    List<Region> regions = new ArrayList<>();
    for (ArrayRegions.Region region : array.list()) {
      bound.array((double) region.columns() * region.rows());
      Bound least = bound.ofKeeps(keeps);
      bound.array(instances);
      regions.add(new Region(region.unrollings(), bound.value(least), least));
    }
    regions.sort(Comparator.comparingDouble(Region::value));
    double value = bound.value(bound.ofKeeps(keeps));
    double[] energyPj = new double[keeps.tiles().size()];
    double[] cycles = new double[energyPj.length];
    for (int i = 0; i < energyPj.length; i++) {
      Bound tile = bound.ofTile(keeps.tiles().get(i), array.mostShared());
      energyPj[i] = tile.energyPj();
      cycles[i] = tile.cycles();
    }
    return new Choice(keeps, value, energyPj, cycles, mirrored.firstTiles(keeps.tiles()), regions);
  }

  /**
   * Searches for the best mapping: what has low bounds first, and as long as nothing as good as
   * these is found, what has higher ones. So a bad mapping that is found early opens little, and
   * the last pass looks at little more than a proof needs.
   *
   * @return lower bound of everything skipped for lack of effort
   */
  double run() {
    double least = Double.POSITIVE_INFINITY;
    for (Choice choice : choices) {
      for (Region region : choice.regions) {
        least = Math.min(least, Math.max(region.value, choice.value));
      }
    }
    double proven = least;
    ceiling = least > 0 ? least * NEAR : Double.POSITIVE_INFINITY;
    pass();
    while (cut && ceiling < incumbent.limit() && !gaveUp()) {
      proven = dropped == Double.POSITIVE_INFINITY ? ceiling : proven;
      ceiling *= GROWTH;
      pass();
    }
    return Math.max(proven, cut ? Math.min(dropped, ceiling) : dropped);
  }

  /** Whether parts were skipped for lack of effort, so that no further pass is worth it. */
  private boolean gaveUp() {
    return dropped < Double.POSITIVE_INFINITY && incumbent.exists();
  }

  /** Searches everything with a bound below the ceiling. */
  private void pass() {
    dropped = Double.POSITIVE_INFINITY;
    cut = false;
    double used = incumbent.used();
    opening = used + (1 - used) * OPENING;
    for (Choice choice : choices) {
      for (Region region : choice.regions) {
        double value = Math.max(region.value, choice.value);
        if (!isOpen(value)) {
          break;
        }
        if (incumbent.isOver(opening)) {
          giveUp(value);
          break;
        }
        InnerMapping best = open(choice, region);
        if (best != null && joinsEarly()) {
          join(best);
        }
        if (innerMappings.size() > MOST_HALVES) {
          joinHalves();
        }
      }
    }
    joinHalves();
  }

  private boolean joinsEarly() {
    return joinedEarly++ < JOINED_EARLY || !incumbent.exists();
  }

  private void look() {
    if (++looks % perStep == 0) {
      meter.look(1);
    }
  }

  /** Records that something with this bound was skipped for lack of effort. */
  private void giveUp(double value) {
    dropped = Math.min(dropped, value);
  }

  /** Whether something with this bound is searched in this pass. */
  private boolean isOpen(double value) {
    cut |= value >= ceiling && value < incumbent.limit();
    return value < ceiling && value < incumbent.limit();
  }

  private boolean couldWin(double energyPj, double cycles) {
    return isOpen(bound.value(energyPj, cycles));
  }

  private boolean couldWin(Bound least) {
    return isOpen(bound.value(least));
  }

  /** Finds the inner mappings of a region; returns the best one that could improve, or null. */
  private InnerMapping open(Choice choice, Region region) {
    StorageChoice keeps = choice.keeps;
    double least = Math.max(region.value, choice.value);
    bound.begin(keeps);
    InnerMapping best = null;
    for (Spatial.Unrolling unrolled : region.unrollings) {
      if (incumbent.isOver(opening)) {
        giveUp(least);
        break;
      }
      if (best != null && best.value <= least * (1 + Incumbent.TOLERANCE) && joinsEarly()) {
        // None is better; many may be as good.
        join(best);
        best = null;
        if (!isOpen(least)) {
          break;
        }
        bound.begin(keeps);
      }
      bound.unroll(unrolled, array.hops());
      bound.within(region.bound);
      JoinShape.Spread spread = bound.shape().spread();
      if (!couldWin(bound.ofSpread(spread, null))) {
        continue;
      }
      Bound any = bound.ofSpread(spread, bound.measureHops());
      if (!couldWin(any)) {
        continue;
      }
      double energyPj = any.energyPj();
      double cycles = any.cycles();
      keeps.inside().of(unrolled, keeps.fitting());
      if (mirrored.isOwn(unrolled)) {
        for (int word = 0; word < keeps.fitting().length; word++) {
          keeps.fitting()[word] &= choice.firstTiles[word];
        }
      }
      for (int word = 0; word < keeps.fitting().length; word++) {
        for (long rest = keeps.fitting()[word]; rest != 0; rest &= rest - 1) {
          int i = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
          double tilePj = Math.max(energyPj, choice.energyPj[i]);
          double tileCycles = Math.max(cycles, choice.cycles[i]);
          RegisterTiles.Tile tile = keeps.tiles().get(i);
          if (couldWin(tilePj, tileCycles)
              && couldWin(tilePj, Math.max(tileCycles, bound.shape().rounds(tile)))) {
            bound.within(new Bound(tilePj, tileCycles));
            best = innerMappings(keeps, unrolled, tile, best);
          }
        }
      }
    }
    return best;
  }

  private InnerMapping innerMappings(
      StorageChoice keeps, Spatial.Unrolling unrolled, RegisterTiles.Tile tile, InnerMapping best) {
    look();
    if (!couldWin(bound.roughly(tile))) {
      return best;
    }
    bound.inner(tile);
    InnerMapping least = best;
    tile.around(unrolled, base, tiles);
    mirrored.order(base, tiles);
    for (int innermost = 0; innermost <= BufferTiles.NO_LOOP; innermost++) {
      Bound found = bound.ofInner(innermost);
      if (!couldWin(found)) {
        continue;
      }
      double value = least(tile, keeps.outside().runs(base, tiles, innermost));
      if (isOpen(value)) {
        InnerMapping inner = new InnerMapping(keeps, unrolled, tile, innermost, value, found);
        innerMappings.add(inner);
        least = least == null || value < least.value ? inner : least;
      }
    }
    return least;
  }

  /** The least value of a tile with any of the tiles of the buffer. */
  private double least(RegisterTiles.Tile tile, StationaryRuns runs) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < runs.size(); i++) {
      least = Math.min(least, bound.value(bound.ofRun(tile, runs.get(i))));
    }
    return least;
  }

  /** Joins the inner mappings that could be the best, the most promising first. */
  private void joinHalves() {
    innerMappings.sort(Comparator.comparingDouble(InnerMapping::value));
    for (InnerMapping inner : innerMappings) {
      if (!isOpen(inner.value)) {
        break;
      }
      if (incumbent.isOver(1)) {
        giveUp(inner.value);
        break;
      }
      join(inner);
    }
    innerMappings.clear();
  }

  private void join(InnerMapping inner) {
    Spatial.Unrolling unrolled = inner.unrolled;
    inner.tile.around(unrolled, base, tiles);
    bound.begin(inner.keeps);
    bound.unroll(unrolled, array.hops());
    bound.measureHops();
    bound.within(inner.bound);
    bound.inner(inner.tile);
    BufferTiles.Candidates candidates = inner.keeps.outside().of(base, tiles, inner.innermost);
    for (int i = 0; i < candidates.tiles().size(); i++) {
      double least = bound.value(bound.ofHalfWith(inner.innermost, candidates.least()[0][i]));
      if (!isOpen(least)) {
        return;
      }
      if (incumbent.isOver(1)) {
        giveUp(least);
        return;
      }
      BufferTiles.Tile tile = candidates.tiles().get(i);
      look();
      if (couldWin(bound.ofHalfWith(inner.innermost, tile.cost()))) {
        for (int stationaryTensor : orders.stationaryTensors(tile)) {
          Bound joined = bound.ofJoined(inner.tile, tile, stationaryTensor, this::couldWin);
          if (couldWin(joined)) {
            evaluate(inner, tile, stationaryTensor, joined);
          }
        }
      }
    }
  }

  /** Evaluates a joined mapping. */
  private void evaluate(
      InnerMapping inner, BufferTiles.Tile tile, int stationaryTensor, Bound least) {
    int[][] temporal = {tile.outer(), tile.inner(), inner.tile.temporal()};
    CompleteMapping mapping =
        CompleteMapping.ofThree(inner.keeps.kept(problem), temporal, inner.unrolled);
    incumbent.offer(
        mapping,
        orders.of(inner.tile, tile, stationaryTensor),
        bound.energyWithFloor(least),
        least.cycles());
  }
}
