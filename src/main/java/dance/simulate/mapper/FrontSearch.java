package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * One search for the best mappings of all arrays of a grid with each of several off-chip
 * bandwidths: branch and bound for off-chip memory, a buffer, and an array of register files, by
 * joining two inner mappings as {@link ThreeLevelMapper} does.
 *
 * <p>The cost of a mapping depends on the columns and rows that it uses, not on those of the array;
 * except for the floor of clock and control, which grows with the array, and the way to its rows,
 * which is not shorter on an array of more. With another off-chip bandwidth only the cycles of this
 * port change. So every mapping is enumerated, bounded and evaluated once, and {@link LinkBests}
 * decides whether it could be the best on any array with any bandwidth.
 *
 * <p>Enumeration: tensors kept by registers and buffer; {@linkplain ArrayUnrolling unrollings} over
 * the largest array; feasible tiles of a register file; for both together, tiles of the buffer and
 * classes of orders. Pruning, and its argument:
 *
 * <ul>
 *   <li>a choice of kept tensors: every word is accessed once, and all instances work at once;
 *   <li>an unrolling: no tile takes fewer rounds, dimension by dimension; no word is shared by more
 *       instances than there are along dimensions for which it is stationary;
 *   <li>a tile: it is fetched for every iteration that moves it, shared as much as any unrolling
 *       allows; with an unrolling, the cycles are exact, and every word of a tensor whose tiles
 *       slide is fetched at least once;
 *   <li>an inner mapping, a tile with an unrolling: its own cost plus the lower bound of any other
 *       inner mapping;
 *   <li>a joined mapping: the cost of both, minus the upper bound of the savings by sliding tiles
 *       and idle instances ({@link JoinBound}); exact except for these and for whole lines.
 * </ul>
 *
 * <p>Each is pruned only if its bound is not better than the incumbent, on every array with room
 * for it and with every bandwidth. The order in which inner mappings are joined, the most promising
 * first, affects the amount of pruning, but not the result.
 */
final class FrontSearch {
  /** Maximum number of inner mappings held at once, to bound memory. */
  private static final int MOST_HALVES = 1 << 20;

  /** Number of inner mappings joined between updates of the quick test. */
  private static final int JOINS = 16;

  /** Number of regions looked at between updates of the quick test. */
  private static final int REGIONS = 256;

  private final MappingCosts problem;
  private final ArrayGrid grid;
  private final JoinShape shape;
  private final JoinBound bound;
  private final OrderChoices orders;
  private final List<StorageChoice> choices;
  private final GridUnrollings unrollings;
  private final LinkBests bests;
  private final OrderTrials trials;
  private final List<InnerMapping> innerMappings = new ArrayList<>();
  private final double points;

  /** The most promising of a region: [bandwidth]. */
  private final InnerMapping[] promising;

  private final MoreRows more;

  /** Bound of the kept tensors. */
  private Bound kept;

  /** Bounds of register tiles with the kept tensors; null if none was asked for. */
  private TileBounds tiles;

  /** A register tile with its unrolling, with tiles of the buffer of one kind, and its bound. */
  private record InnerMapping(
      StorageChoice keeps,
      ArrayUnrolling unrolling,
      RegisterTiles.Tile tile,
      int innermost,
      Bound least) {}

  /**
   * @param problem on the largest array of the grids, with the greatest bandwidth
   * @param grids of the arrays with each bandwidth, at the same places
   * @param wordsPerCycle off-chip bandwidths, descending
   * @param unrollings over the arrays
   */
  FrontSearch(
      MappingCosts problem,
      List<ArrayGrid> grids,
      double[] wordsPerCycle,
      GridUnrollings unrollings) {
    this.unrollings = unrollings;
    this.problem = problem;
    grid = grids.get(0);
    points = problem.space.einsum.points();
    int[] stationaryTensors = StorageChoice.stationaryTensors(problem);
    shape = new JoinShape(problem, stationaryTensors);
    bound = new JoinBound(problem, shape);
    more = new MoreRows(shape, grid.rows.length);
    orders = new OrderChoices(problem, stationaryTensors);
    bound.array(grid.mostInstances());
    choices = StorageChoice.of(problem, stationaryTensors);
    double leastCycles = points / grid.mostInstances();
    bests = new LinkBests(problem, grids, wordsPerCycle, leastCycles, leastEnergyPj());
    promising = new InnerMapping[wordsPerCycle.length];
    trials = new OrderTrials(problem, grid, wordsPerCycle, bests);
  }

  private double leastEnergyPj() {
    double least = Double.POSITIVE_INFINITY;
    for (StorageChoice keeps : choices) {
      least = Math.min(least, bound.ofKeeps(keeps).energyPj());
    }
    return least;
  }

  /** The best mapping on an array with one of the bandwidths; null if none is feasible. */
  CompleteMapping winner(int link, int place) {
    return bests.winner(link, place);
  }

  /**
   * Searches.
   *
   * @param seeds mappings of other accelerators with the same map space; feasible ones are
   *     evaluated first, as incumbents
   */
  void run(Set<CompleteMapping> seeds) {
    seeds.forEach(this::seed);
    for (StorageChoice keeps : choices) {
      bests.refresh();
      bound.array(grid.mostInstances());
      kept = bound.ofKeeps(keeps);
      if (bests.admits(0, kept)) {
        search(keeps);
      }
    }
  }

  private void seed(CompleteMapping mapping) {
    Spatial.Unrolling unrolled = mapping.unrolled()[ArrayGrid.BUFFER];
    ArrayUnrolling unrolling = unrollings.of(unrolled);
    boolean fits = unrolling.home >= 0;
    int[] extent = new int[problem.dims];
    Arrays.fill(extent, 1);
    for (int l = problem.levels - 1; l > 0 && fits; l--) {
      for (int d = 0; d < problem.dims; d++) {
        extent[d] *= mapping.temporal()[l][d] * (l == ArrayGrid.BUFFER ? unrolled.factor()[d] : 1);
      }
      fits = problem.fits(l, mapping.keeps()[l], extent);
    }
    if (fits) {
      trials.offer(unrolling, mapping);
    }
  }

  private void search(StorageChoice keeps) {
    tiles = null;
    int seen = 0;
    for (ArrayRegion region : unrollings.regions) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the search for mappings was interrupted");
      }
      int home = region.home;
      if (seen++ % REGIONS == 0) {
        bests.refresh();
      }
      bound.begin(keeps);
      Bound any =
          spread(
              home, region.fewestCycles, region.spread, region.pjPerWord(), region.morePjPerWord());
      if (!any.exists()) {
        continue;
      }
      if (tiles == null) {
        tiles = new TileBounds(keeps);
      }
      Arrays.fill(promising, null);
      for (ArrayUnrolling unrolling : region.unrollings) {
        innerMappings(keeps, unrolling);
      }
      joinPromising(home);
      if (innerMappings.size() > MOST_HALVES) {
        joinHalves();
      }
    }
    joinHalves();
  }

  /** Good mappings for every array early prune most of what follows. */
  private void joinPromising(int home) {
    InnerMapping joined = null;
    for (int link = 0; link < promising.length; link++) {
      InnerMapping best = promising[link];
      if (best != null && best != joined && bests.wins(link, home, best.least)) {
        join(best);
        joined = best;
      }
    }
  }

  /** Lower bounds of register tiles over all unrollings, as far as they were asked for. */
  private final class TileBounds {
    private final Bound[] known;
    private final List<RegisterTiles.Tile> all;

    TileBounds(StorageChoice keeps) {
      all = keeps.tiles();
      known = new Bound[all.size()];
    }

    Bound of(int i) {
      if (known[i] == null) {
        bound.within(Bound.ZERO);
        known[i] = bound.ofTile(all.get(i), unrollings.mostShared);
      }
      return known[i];
    }
  }

  /** Bound of unrollings with any tile; none if they cannot be the best anywhere. */
  private Bound spread(
      int home,
      double fewestCycles,
      JoinShape.Spread spread,
      double[] pjPerWord,
      double[][] morePjPerWord) {
    Bound any = kept.atLeast(fewestCycles);
    if (!bests.admits(home, any)) {
      return Bound.NONE;
    }
    bound.within(any);
    Bound least = bound.ofSpread(spread, pjPerWord);
    if (!bests.admits(home, least)) {
      return Bound.NONE;
    }
    more.ofSpread(spread, morePjPerWord);
    return bests.admits(home, least, more.energyPj) ? least : Bound.NONE;
  }

  /** Adds the tiles compatible with an unrolling that could be the best somewhere. */
  private void innerMappings(StorageChoice keeps, ArrayUnrolling unrolling) {
    int home = unrolling.home;
    Bound any =
        spread(
            home,
            unrolling.fewestCycles,
            unrolling.spread,
            unrolling.pjPerWord(),
            unrolling.morePjPerWord());
    if (!any.exists()) {
      return;
    }
    double[] moreEnergy = more.energyPj.clone();
    bound.unroll(unrolling);
    keeps.inside().of(unrolling.unrolled, keeps.fitting());
    for (int word = 0; word < keeps.fitting().length; word++) {
      for (long rest = keeps.fitting()[word]; rest != 0; rest &= rest - 1) {
        int i = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
        Bound least = any.and(tiles.of(i));
        if (!bests.admits(home, least)) {
          continue;
        }
        RegisterTiles.Tile tile = keeps.tiles().get(i);
        least = least.atLeast(unrolling.cycles(tile, points) + problem.latency);
        if (bests.admits(home, least, moreEnergy)) {
          bound.within(least);
          innerMappings(keeps, unrolling, tile);
        }
      }
    }
  }

  private void innerMappings(
      StorageChoice keeps, ArrayUnrolling unrolling, RegisterTiles.Tile tile) {
    Bound rough = bound.roughly(tile);
    if (!bests.admits(unrolling.home, rough)) {
      return;
    }
    bound.inner(tile);
    for (int innermost = 0; innermost <= BufferTiles.NO_LOOP; innermost++) {
      Bound least = bound.ofInner(innermost);
      if (least.exists() && admitsInner(unrolling, innermost, least)) {
        InnerMapping inner = new InnerMapping(keeps, unrolling, tile, innermost, least);
        innerMappings.add(inner);
        promise(inner);
      }
    }
  }

  /** The most promising on the smallest array is remembered for each bandwidth. */
  private void promise(InnerMapping inner) {
    int home = inner.unrolling.home;
    for (int link = 0; link < promising.length; link++) {
      InnerMapping best = promising[link];
      boolean better =
          best == null || bests.of(link, home, inner.least) < bests.of(link, home, best.least);
      promising[link] = better ? inner : best;
    }
  }

  /** Whether the inner mapping of the tile set last could be the best somewhere. */
  private boolean admitsInner(ArrayUnrolling unrolling, int innermost, Bound least) {
    int home = unrolling.home;
    if (!bests.admits(home, least)) {
      return false;
    }
    more.ofInner(unrolling, innermost);
    return bests.admits(home, least, more.energyPj);
  }

  /** Joins the inner mappings that could be the best somewhere, the most promising first. */
  private void joinHalves() {
    record Ranked(double rank, InnerMapping inner) {}
    bests.refresh();
    List<Ranked> ranked = new ArrayList<>();
    for (InnerMapping inner : innerMappings) {
      if (bests.admits(inner.unrolling.home, inner.least)) {
        double rank = bests.rank(inner.unrolling.home, inner.least);
        ranked.add(new Ranked(rank, inner));
      }
    }
    innerMappings.clear();
    ranked.sort(Comparator.comparingDouble(Ranked::rank));
    int joined = 0;
    for (Ranked next : ranked) {
      InnerMapping inner = next.inner;
      if (bests.admits(inner.unrolling.home, inner.least)) {
        join(inner);
        if (++joined % JOINS == 0) {
          bests.refresh();
        }
      }
    }
  }

  private void join(InnerMapping inner) {
    ArrayUnrolling unrolling = inner.unrolling;
    int[] base = new int[problem.dims];
    int[] tiles = new int[problem.dims];
    inner.tile.around(unrolling.unrolled, base, tiles);
    bound.begin(inner.keeps);
    bound.unroll(unrolling);
    bound.within(inner.least);
    bound.inner(inner.tile);
    more.ofInner(unrolling, inner.innermost);
    double[] atLeast = more.energyPj.clone();
    double[] fewest = inner.keeps.outside().least(base, inner.innermost);
    if (!bests.admits(unrolling.home, bound.ofHalfWith(inner.innermost, fewest), atLeast)) {
      return;
    }
    BufferTiles.Candidates candidates = inner.keeps.outside().of(base, tiles, inner.innermost);
    for (int i = 0; i < candidates.tiles().size(); i++) {
      Bound least = bound.ofHalfWith(inner.innermost, candidates.least()[i]);
      if (!bests.admits(unrolling.home, least, atLeast)) {
        return;
      }
      BufferTiles.Tile tile = candidates.tiles().get(i);
      Bound half = bound.ofHalfWith(inner.innermost, tile.cost());
      if (bests.admits(unrolling.home, half, atLeast)) {
        for (int stationaryTensor : orders.stationaryTensors(tile)) {
          Bound joined =
              bound.ofJoined(
                  inner.tile,
                  tile,
                  stationaryTensor,
                  b -> bests.admits(unrolling.home, b, atLeast));
          if (bests.admits(unrolling.home, joined, atLeast)) {
            evaluate(inner, tile, stationaryTensor, joined);
          }
        }
      }
    }
  }

  /** Evaluates a joined mapping, unless its bound excludes it everywhere. */
  private void evaluate(
      InnerMapping inner, BufferTiles.Tile tile, int stationaryTensor, Bound least) {
    ArrayUnrolling unrolling = inner.unrolling;
    more.ofJoined(unrolling, inner.tile.temporal());
    if (!bests.couldWin(unrolling.home, least, more.energyPj)) {
      return;
    }
    TensorSet[] keeps = inner.keeps.kept(problem);
    int[][] temporal = {tile.outer(), tile.inner(), inner.tile.temporal()};
    CompleteMapping mapping = CompleteMapping.ofThree(keeps, temporal, unrolling.unrolled);
    List<int[][]> choice = orders.of(inner.tile, tile, stationaryTensor);
    trials.offer(unrolling, mapping, choice, least, more.energyPj.clone());
  }
}
