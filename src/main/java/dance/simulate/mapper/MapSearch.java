package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Branch and bound over the mappings that keep the same tensors at the same levels, from the
 * innermost level outwards.
 *
 * <p>Pruning rests on three arguments: the {@link LowerBound} of what is not decided yet, dominance
 * ({@link PartialFront}), and orders of loops that make no difference ({@link StationaryOrders}).
 * Steps alternate: an unrolling ({@link UnrolledLevel}), and the loops of a level ({@link
 * IteratedLevel}).
 */
final class MapSearch {
  private final MappingCosts problem;
  private final TensorPlacement kept;
  private final Spatial[] spatial;
  private final LowerBound lowerBound;
  private final SpatialStep spatialStep;
  private final TemporalStep temporalStep;
  private final Incumbent incumbent;
  private final Skipped skipped = new Skipped();
  private double found = Double.POSITIVE_INFINITY;

  /** Whether the unrolling of the outermost of several arrays is given. */
  private final boolean isSplit;

  MapSearch(MappingCosts problem, TensorSet[] keeps, Incumbent incumbent, Shared shared) {
    this.problem = problem;
    this.incumbent = incumbent;
    kept = new TensorPlacement(problem, keeps);
    spatial = shared.spatial;
    lowerBound = shared.lowerBound(kept);
    spatialStep = new SpatialStep(kept, shared, lowerBound, incumbent, skipped);
    temporalStep = new TemporalStep(kept, lowerBound, incumbent, skipped);
    isSplit = shared.array != null;
  }

  /** Data shared by searches of one problem, independent of the kept tensors. */
  static final class Shared {
    final Spatial[] spatial;
    final HopCosts hops;
    private final Reach reach;
    final SharingChoices[] sharing;
    private final MovedWords moved;
    private final CostToGo.Counts counts;
    private final Map<List<Integer>, OuterBound> bounds = new HashMap<>();

    /** The outermost of several arrays, if it is unrolled in one way, or null. */
    private final OuterArray array;

    Shared(MappingCosts problem, Accounting accounting) {
      spatial = new Spatial[problem.levels];
      for (int l = 0; l < problem.levels; l++) {
        spatial[l] = Spatial.of(problem.space, l, problem.bounds);
      }
      hops = new HopCosts(problem, accounting);
      reach = new Reach(problem, spatial);
      sharing = SharingChoices.of(problem, spatial, hops);
      moved = new MovedWords(problem, reach.dimensions[problem.levels]);
      counts = new CostToGo.Counts(problem, spatial, new MovedWords(problem, DimensionSet.NONE));
      array = null;
    }

    /** The same with one unrolling of an array only. */
    private Shared(Shared all, MappingCosts problem, int level, Spatial.Unrolling unrolling) {
      spatial = all.spatial.clone();
      spatial[level] = Spatial.only(unrolling);
      hops = all.hops;
      reach = new Reach(problem, spatial);
      sharing = all.sharing.clone();
      sharing[level] = SharingChoices.of(problem, spatial, level, hops);
      moved = all.moved;
      counts = all.counts;
      // Outside of the array, nothing depends on it.
      all.bounds.forEach(
          (key, bound) -> {
            if (key.get(0) <= level) {
              bounds.put(key, bound);
            }
          });
      array = new OuterArray(problem, level, unrolling, sharing[level]);
    }

    /**
     * One for each unrolling of the outermost of several arrays; none if there is one array, or if
     * there are more unrollings than these.
     */
    List<Shared> split(MappingCosts problem, int most) {
      int level = OuterArray.levelOf(problem);
      List<Shared> parts = new ArrayList<>();
      if (level >= 0 && spatial[level].choices().size() <= most) {
        for (Spatial.Unrolling unrolling : spatial[level].choices()) {
          parts.add(new Shared(this, problem, level, unrolling));
        }
      }
      return parts;
    }

    private LowerBound lowerBound(TensorPlacement kept) {
      MappingCosts problem = kept.problem;
      OuterBound[] outside = OuterBound.of(problem, kept.levels, bounds, moved, reach);
      return new LowerBound(
          problem,
          kept.levels,
          kept.stationaryAlong,
          reach,
          sharing,
          outside,
          kept.holder,
          counts.of(problem, kept.levels, array));
    }
  }

  /** The tensors that each level keeps: [level]. */
  TensorSet[] keeps() {
    return kept.levels;
  }

  /** The best value of this search, whether or not another search found a better one. */
  double found() {
    return found;
  }

  /** Resets the bounds of what earlier, narrower runs skipped. */
  void forget() {
    skipped.forget();
  }

  /** Lower bound of everything skipped for lack of effort or space. */
  double dropped() {
    return skipped.bound();
  }

  /** Nothing is decided. */
  PartialMapping root() {
    PartialMapping root =
        new PartialMapping(
            problem.dims,
            problem.tensors,
            problem.costs.counted,
            problem.levels,
            problem.passes.levels.length);
    System.arraycopy(problem.bounds, 0, root.count, 0, problem.dims);
    System.arraycopy(problem.always, 0, root.cost, 0, problem.functions);
    System.arraycopy(problem.always, 0, root.sure, 0, problem.functions);
    Arrays.fill(root.pending, problem.space.einsum.points());
    root.leakPjPerCycle = problem.accelerator.mac().leakPjPerCycle();
    root.bound = lowerBound.of(root, problem.levels, problem.levels - 1);
    for (Spatial level : spatial) {
      if (level.choices().isEmpty()) {
        root.bound = PartialBound.NONE;
      }
    }
    return root;
  }

  /** Lower bound of the objective. */
  double rootBound() {
    return root().bound.value();
  }

  /**
   * Searches.
   *
   * @param width beam width: maximum number of partial mappings kept after each level, the best by
   *     bound
   */
  void run(int width) {
    List<PartialMapping> front = new ArrayList<>();
    front.add(root());
    for (int l = problem.levels - 1; l >= 1; l--) {
      front = trim(spatialStep.of(front, l), width);
      if (l == 1) {
        break;
      }
      front = trim(temporalStep.of(front, l), width);
    }
    finish(problem.levels == 1 ? spatialStep.of(front, 0) : front, width);
  }

  /** Whether bounds are close enough for {@link BestFirst}: outside of all arrays, of one array. */
  boolean isBoundedOutside() {
    int arrays = 0;
    for (double fanout : problem.fanout) {
      arrays += fanout > 1 ? 1 : 0;
    }
    return (arrays <= 1 || isSplit) && lowerBound.isOutside(1);
  }

  /** The partial mappings with one more step. */
  List<PartialMapping> expand(PartialMapping partial) {
    boolean iterates = partial.temporal == null && partial.level < problem.levels;
    return iterates
        ? temporalStep.of(List.of(partial), partial.level)
        : spatialStep.of(List.of(partial), partial.level - 1);
  }

  /** Evaluates a complete mapping in every order that could be the best. */
  void evaluate(PartialMapping leaf) {
    found = Math.min(found, incumbent.offer(leaf, kept.levels, true));
  }

  private List<PartialMapping> trim(List<PartialMapping> front, int width) {
    front.sort(Comparator.comparingDouble(p -> p.bound.value()));
    if (front.size() > width) {
      skipped.add(front.get(width));
      return new ArrayList<>(front.subList(0, width));
    }
    return front;
  }

  /** Completes partial mappings one by one, so that better incumbents prune the later ones. */
  private void finish(List<PartialMapping> front, int width) {
    int done = 0;
    for (PartialMapping partial : front) {
      if (partial.bound.value() >= incumbent.limit() || incumbent.isOver()) {
        if (partial.bound.value() < incumbent.limit()) {
          skipped.add(partial);
        }
        return;
      }
      if (done++ >= width) {
        skipped.add(partial);
        return;
      }
      List<PartialMapping> leaves = List.of(partial);
      for (int l = Math.min(1, problem.levels - 1); l >= 0; l--) {
        if (l == 0 && problem.levels > 1) {
          leaves = spatialStep.of(leaves, 0);
        }
        leaves = temporalStep.of(leaves, l);
      }
      PriorityQueue<PartialMapping> queue =
          new PriorityQueue<>(Comparator.comparingDouble(p -> p.bound.value()));
      queue.addAll(leaves);
      int tried = 0;
      while (!queue.isEmpty() && queue.peek().bound.value() < incumbent.limit()) {
        if (tried++ > 4 * width || incumbent.isOver()) {
          skipped.add(queue.peek());
          break;
        }
        found = Math.min(found, incumbent.offer(queue.poll(), kept.levels, width > Mapper.BEAM));
      }
    }
  }
}
