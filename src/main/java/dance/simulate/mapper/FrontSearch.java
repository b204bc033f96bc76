package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * One search for the best mappings of all arrays of a grid with each of several buffers and
 * off-chip bandwidths: branch and bound for off-chip memory, a buffer, and an array of register
 * files, by joining two inner mappings as {@link ThreeLevelMapper} does.
 *
 * <p>The cost of a mapping depends on the columns and rows that it uses, not on those of the array;
 * except for the floor of clock and control, which grows with the array, and the way to its rows,
 * which is not shorter on an array of more. With another off-chip bandwidth only the cycles of this
 * port change; with a buffer of another size, the energy of its accesses, its leakage, and which
 * tiles fit. So every mapping is enumerated and counted once. It is bounded for each buffer with
 * which what contains it could be the best ({@link SizedBuffer}), and {@link LinkBests} decides
 * whether it could, on any array with any bandwidth.
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
 * <p>Each is pruned for a buffer only if its bound is not better than the incumbent, on every array
 * with room for it and with every bandwidth; and looked at no more if it is for all. The order in
 * which inner mappings are joined, the most promising first, affects the amount of pruning, but not
 * the result.
 */
final class FrontSearch {
  /** Maximum number of bounds of inner mappings held at once, to bound memory. */
  private static final int MOST_HALVES = 1 << 20;

  /** Number of inner mappings joined between updates of the quick test. */
  private static final int JOINS = 16;

  /** Number of regions looked at between updates of the quick test. */
  private static final int REGIONS = 256;

  private final MappingCosts problem;
  private final ArrayGrid grid;
  private final JoinShape shape;
  private final WordHops hops = new WordHops();
  private final List<StorageChoice> choices;
  private final GridUnrollings unrollings;
  private final SizedBuffer[] buffers;
  private final OrderTrials trials;
  private final Joiner joiner;
  private final List<InnerMapping> innerMappings = new ArrayList<>();
  private final double points;
  private final MoreRows more;

  /**
   * @param sizes with each buffer, by ascending capacity; none is in any way cheaper than a smaller
   *     one; on the largest array of the grids, with the greatest bandwidth
   * @param grids of the arrays, at the same places: [buffer][bandwidth]
   * @param wordsPerCycle off-chip bandwidths, descending
   * @param unrollings over the arrays
   */
  FrontSearch(
      List<MappingCosts> sizes,
      List<List<ArrayGrid>> grids,
      double[] wordsPerCycle,
      GridUnrollings unrollings) {
    this.unrollings = unrollings;
    problem = sizes.get(0);
    grid = grids.get(0).get(0);
    points = problem.space.einsum.points();
    int[] stationaryTensors = StorageChoice.stationaryTensors(problem);
    shape = new JoinShape(problem, stationaryTensors);
    more = new MoreRows(shape, grid.rows.length);
    choices = StorageChoice.of(sizes, stationaryTensors);
    double leastCycles = points / grid.mostInstances();
    buffers = new SizedBuffer[sizes.size()];
    for (int b = 0; b < buffers.length; b++) {
      JoinBound bound = new JoinBound(sizes.get(b), b, shape, hops);
      bound.array(grid.mostInstances());
      LinkBests bests = new LinkBests(sizes.get(b), grids.get(b), wordsPerCycle, leastCycles);
      buffers[b] = new SizedBuffer(b, bound, bests, unrollings.mostShared);
    }
    trials = new OrderTrials(sizes, buffers, grid, wordsPerCycle);
    OrderChoices orders = new OrderChoices(problem, stationaryTensors);
    joiner = new Joiner(problem, shape, more, orders, buffers, trials);
  }

  /** The best mapping on an array with a buffer and a bandwidth; null if none is feasible. */
  CompleteMapping winner(int buffer, int link, int place) {
    return buffers[buffer].bests.winner(link, place);
  }

  /** The best mappings of all arrays with each buffer and bandwidth. */
  Set<CompleteMapping> winners() {
    Set<CompleteMapping> winners = new LinkedHashSet<>();
    for (SizedBuffer buffer : buffers) {
      for (int link = 0; link < buffer.bests.links(); link++) {
        for (int place = 0; place < grid.places(); place++) {
          winners.add(buffer.bests.winner(link, place));
        }
      }
    }
    winners.remove(null);
    return winners;
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
      refresh();
      Bound[] kept = Bound.none(buffers.length);
      for (int b = 0; b < kept.length; b++) {
        kept[b] = buffers[b].keep(keeps);
      }
      if (Bound.anyExists(kept)) {
        search(keeps, kept);
      }
    }
  }

  /** Updates the quick tests. */
  private void refresh() {
    for (SizedBuffer buffer : buffers) {
      buffer.bests.refresh();
    }
  }

  private void seed(CompleteMapping mapping) {
    Spatial.Unrolling unrolled = mapping.unrolled()[ArrayGrid.BUFFER];
    ArrayUnrolling unrolling = unrollings.of(unrolled);
    boolean fits = unrolling.home() >= 0;
    int[] extent = new int[problem.dims];
    Arrays.fill(extent, 1);
    int room = 0;
    for (int l = problem.levels - 1; l > 0 && fits; l--) {
      for (int d = 0; d < problem.dims; d++) {
        extent[d] *= mapping.temporal()[l][d] * (l == ArrayGrid.BUFFER ? unrolled.factor()[d] : 1);
      }
      room = room(l, mapping.keeps()[l], extent);
      fits = room < buffers.length;
    }
    if (fits) {
      trials.offer(unrolling, room, mapping);
    }
  }

  /** The smallest buffer with which tiles fit a level; the number of buffers if there is none. */
  private int room(int level, TensorSet kept, int[] extent) {
    int room = 0;
    while (room < buffers.length && !buffers[room].fits(level, kept, extent)) {
      room++;
    }
    return room;
  }

  private void search(StorageChoice keeps, Bound[] kept) {
    int seen = 0;
    for (ArrayRegion region : unrollings.regions) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the search for mappings was interrupted");
      }
      if (seen++ % REGIONS == 0) {
        refresh();
      }
      begin(keeps);
      Bound[] any = spread(kept, region);
      if (!Bound.anyExists(any)) {
        continue;
      }
      int before = innerMappings.size();
      for (ArrayUnrolling unrolling : region.unrollings) {
        innerMappings(keeps, kept, unrolling);
      }
      joinPromising(region.home(), innerMappings.subList(before, innerMappings.size()));
      if (innerMappings.size() > MOST_HALVES / buffers.length) {
        joinHalves();
      }
    }
    joinHalves();
  }

  private void begin(StorageChoice keeps) {
    for (SizedBuffer buffer : buffers) {
      buffer.bound.begin(keeps);
    }
  }

  /**
   * Joins the most promising of a region with each buffer and bandwidth: good mappings for every
   * array early prune most of what follows.
   */
  private void joinPromising(int home, List<InnerMapping> found) {
    Set<InnerMapping> joined = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int b = 0; b < buffers.length && !found.isEmpty(); b++) {
      LinkBests bests = buffers[b].bests;
      for (int link = 0; link < bests.links(); link++) {
        InnerMapping best = null;
        double value = Double.POSITIVE_INFINITY;
        for (InnerMapping inner : found) {
          double of = bests.of(link, home, inner.least()[b]);
          best = of < value ? inner : best;
          value = Math.min(value, of);
        }
        if (best != null && bests.wins(link, home, best.least()[b]) && joined.add(best)) {
          join(best);
        }
      }
    }
  }

  /**
   * Bounds of unrollings with any tile; none where they cannot be the best.
   *
   * @param kept bounds with the kept tensors
   */
  private Bound[] spread(Bound[] kept, UnrollingBounds unrollings) {
    Bound[] bounds = Bound.none(buffers.length);
    int home = unrollings.home();
    double[] pjPerWord = unrollings.pjPerWord();
    boolean knowsMore = false;
    for (int b = 0; b < bounds.length; b++) {
      LinkBests bests = buffers[b].bests;
      Bound any = kept[b].atLeast(unrollings.fewestCycles());
      if (!any.exists() || !bests.admits(home, any)) {
        continue;
      }
      buffers[b].bound.within(any);
      Bound least = buffers[b].bound.ofSpread(unrollings.spread(), pjPerWord);
      if (!bests.admits(home, least)) {
        continue;
      }
      if (!knowsMore) {
        more.ofSpread(unrollings.spread(), unrollings.morePjPerWord());
        knowsMore = true;
      }
      bounds[b] = bests.admits(home, least, more.energyPj) ? least : Bound.NONE;
    }
    return bounds;
  }

  /** Adds the tiles compatible with an unrolling that could be the best somewhere. */
  private void innerMappings(StorageChoice keeps, Bound[] kept, ArrayUnrolling unrolling) {
    Bound[] any = spread(kept, unrolling);
    if (!Bound.anyExists(any)) {
      return;
    }
    double[] moreEnergy = more.energyPj.clone();
    unroll(unrolling);
    keeps.inside().of(unrolling.unrolled, keeps.fitting());
    for (int word = 0; word < keeps.fitting().length; word++) {
      for (long rest = keeps.fitting()[word]; rest != 0; rest &= rest - 1) {
        int i = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
        RegisterTiles.Tile tile = keeps.tiles().get(i);
        Bound[] least = roughly(any, unrolling, tile, i, moreEnergy);
        if (least != null) {
          innerMappings(keeps, unrolling, tile, least);
        }
      }
    }
  }

  private void unroll(ArrayUnrolling unrolling) {
    shape.unroll(unrolling);
    hops.unroll(unrolling);
  }

  /**
   * Bounds of a register tile with an unrolling, before its shape is known, and then those that a
   * rough shape leaves; null if it can be the best nowhere.
   *
   * @param any bounds of the unrolling with any tile
   * @param i number of the tile
   * @param moreEnergy of the unrolling on arrays of more rows: [rows]
   */
  private Bound[] roughly(
      Bound[] any, ArrayUnrolling unrolling, RegisterTiles.Tile tile, int i, double[] moreEnergy) {
    Bound[] bounds = null;
    double cycles = 0;
    for (int b = 0; b < any.length; b++) {
      LinkBests bests = buffers[b].bests;
      if (!any[b].exists()) {
        continue;
      }
      Bound least = any[b].and(buffers[b].ofTile(i));
      if (!bests.admits(unrolling.home(), least)) {
        continue;
      }
      cycles = cycles > 0 ? cycles : unrolling.cycles(tile, points) + problem.latency;
      least = least.atLeast(cycles);
      if (!bests.admits(unrolling.home(), least, moreEnergy)) {
        continue;
      }
      if (bounds == null) {
        bounds = Bound.none(buffers.length);
        shape.inner(tile, true);
        hops.inner(shape);
      }
      buffers[b].bound.within(least);
      bounds[b] = bests.admits(unrolling.home(), buffers[b].bound.roughly()) ? least : Bound.NONE;
    }
    return bounds != null && Bound.anyExists(bounds) ? bounds : null;
  }

  /** Adds the inner mappings of a tile with an unrolling that could be the best somewhere. */
  private void innerMappings(
      StorageChoice keeps, ArrayUnrolling unrolling, RegisterTiles.Tile tile, Bound[] whole) {
    inner(tile, whole);
    for (int innermost = 0; innermost <= BufferTiles.NO_LOOP; innermost++) {
      Bound[] least = shape.exists[innermost] ? ofInner(unrolling, innermost, whole) : null;
      if (least != null) {
        innerMappings.add(new InnerMapping(keeps, unrolling, tile, innermost, least));
      }
    }
  }

  /** Sets a tile, with each buffer for which there is a bound. */
  private void inner(RegisterTiles.Tile tile, Bound[] whole) {
    shape.inner(tile, false);
    hops.inner(shape);
    for (int b = 0; b < whole.length; b++) {
      if (whole[b].exists()) {
        buffers[b].bound.within(whole[b]);
        buffers[b].bound.inner();
      }
    }
  }

  /**
   * Bounds of the tile set last with tiles of the buffer of one kind; null if they can be the best
   * nowhere.
   */
  private Bound[] ofInner(ArrayUnrolling unrolling, int innermost, Bound[] whole) {
    Bound[] bounds = null;
    boolean knowsMore = false;
    for (int b = 0; b < whole.length; b++) {
      LinkBests bests = buffers[b].bests;
      if (!whole[b].exists()) {
        continue;
      }
      Bound least = buffers[b].bound.ofInner(innermost);
      if (!bests.admits(unrolling.home(), least)) {
        continue;
      }
      if (!knowsMore) {
        more.ofInner(unrolling, innermost);
        knowsMore = true;
      }
      if (bests.admits(unrolling.home(), least, more.energyPj)) {
        bounds = bounds == null ? Bound.none(buffers.length) : bounds;
        bounds[b] = least;
      }
    }
    return bounds;
  }

  /** Bounds of an inner mapping where it could still be the best. */
  private Bound[] left(InnerMapping inner) {
    Bound[] left = Bound.none(buffers.length);
    for (int b = 0; b < left.length; b++) {
      Bound least = inner.least()[b];
      boolean could = least.exists() && buffers[b].bests.admits(inner.unrolling().home(), least);
      left[b] = could ? least : Bound.NONE;
    }
    return left;
  }

  /** Value of an inner mapping relative to the best: the least with any buffer. */
  private double rank(InnerMapping inner) {
    double rank = Double.POSITIVE_INFINITY;
    for (int b = 0; b < buffers.length; b++) {
      if (inner.least()[b].exists()) {
        rank = Math.min(rank, buffers[b].bests.rank(inner.unrolling().home(), inner.least()[b]));
      }
    }
    return rank;
  }

  /**
   * Joins the inner mappings that could be the best somewhere, the most promising first, and with
   * each those with the same tiles of the buffer around, of which not all can be remembered.
   */
  private void joinHalves() {
    record Ranked(double first, int around, double rank, InnerMapping inner) {}
    refresh();
    Map<Integer, Double> first = new HashMap<>();
    List<Ranked> promising = new ArrayList<>();
    for (InnerMapping inner : innerMappings) {
      if (Bound.anyExists(left(inner))) {
        Ranked one = new Ranked(0, inner.around(), rank(inner), inner);
        promising.add(one);
        first.merge(one.around, one.rank, Math::min);
      }
    }
    innerMappings.clear();
    List<Ranked> ranked = new ArrayList<>();
    for (Ranked one : promising) {
      ranked.add(new Ranked(first.get(one.around), one.around, one.rank, one.inner));
    }
    ranked.sort(
        Comparator.comparingDouble(Ranked::first)
            .thenComparingInt(Ranked::around)
            .thenComparingDouble(Ranked::rank));
    int joined = 0;
    for (Ranked next : ranked) {
      if (join(next.inner) && ++joined % JOINS == 0) {
        refresh();
      }
    }
  }

  /**
   * Joins an inner mapping with tiles of the buffer.
   *
   * @return whether it could be the best somewhere
   */
  private boolean join(InnerMapping inner) {
    Bound[] whole = left(inner);
    if (!Bound.anyExists(whole)) {
      return false;
    }
    begin(inner.keeps());
    unroll(inner.unrolling());
    inner(inner.tile(), whole);
    more.ofInner(inner.unrolling(), inner.innermost());
    joiner.join(inner, more.energyPj.clone(), whole);
    return true;
  }
}
