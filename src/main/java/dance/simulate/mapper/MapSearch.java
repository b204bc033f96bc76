package dance.simulate.mapper;

import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Branch and bound over the mappings that keep the same tensors at the same levels, from the
 * innermost level outwards.
 *
 * <p>Pruning rests on three arguments. <em>Bound</em>: the settled cost, plus the open costs
 * divided by the maximum number of iterations for which the tile can still be stationary (only
 * tensors that the next loop does not move can profit), plus the minimum cost of every undecided
 * boundary over all feasible tiles. <em>Dominance</em>: of two partial mappings with the same tiles
 * and the same future cost functions, one that is nowhere worse dominates the other; it is used
 * only while costs are known and not only bounded: no tile that may overlap itself has been moved,
 * and no loop of two rounds in which instances idle. <em>Order</em>: among the dimensions with the
 * same stationary tensors, the order is irrelevant to those tensors.
 */
final class MapSearch {
  private final MappingCosts problem;
  private final int[] keeps;
  private final Spatial[] spatial;
  private final LowerBound lowerBound;
  private final HopCosts hops;
  private final SharingChoices[] sharing;
  private final int[] stationaryMask;
  private final Incumbent incumbent;
  private final Effort.Meter meter;
  private final int[] left;
  private final boolean[] keepsNothingInside;
  private final MovedFraction fraction;

  /** Level that holds the stationary tensor of a systolic array, or the number of levels. */
  private final int[] holder;

  /** Whether the unrolling of the outermost of several arrays is given. */
  private final boolean isSplit;

  private static final int[] NONE = {};
  private double found = Double.POSITIVE_INFINITY;
  private double dropped = Double.POSITIVE_INFINITY;

  MapSearch(MappingCosts problem, int[] keeps, Incumbent incumbent, Shared shared) {
    this.problem = problem;
    this.keeps = keeps;
    this.incumbent = incumbent;
    meter = incumbent.meter();
    spatial = shared.spatial;
    hops = shared.hops;
    sharing = shared.sharing;
    left = new int[problem.dims];
    stationaryMask = stationaryMask();
    keepsNothingInside = keepsNothingInside();
    fraction = new MovedFraction(problem);
    holder = new int[problem.passes.levels.length];
    for (int i = 0; i < holder.length; i++) {
      boolean has = problem.passes.stationary[i] >= 0;
      holder[i] = has ? problem.passes.holder(i, keeps) : problem.levels;
    }
    OuterBound[] bounds = OuterBound.of(problem, keeps, shared.bounds, shared.moved, shared.reach);
    lowerBound =
        new LowerBound(
            problem,
            keeps,
            stationaryMask,
            shared.reach,
            shared.sharing,
            bounds,
            holder,
            shared.counts.of(problem, keeps, shared.array));
    isSplit = shared.array != null;
  }

  /** Data shared by searches of one problem, independent of the kept tensors. */
  static final class Shared {
    private final Spatial[] spatial;
    private final HopCosts hops;
    private final Reach reach;
    private final SharingChoices[] sharing;
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
      moved = new MovedWords(problem);
      counts = new CostToGo.Counts(problem, spatial, moved);
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

    /** One for each unrolling of the outermost of several arrays; empty if there is one array. */
    List<Shared> split(MappingCosts problem) {
      int level = OuterArray.levelOf(problem);
      List<Shared> parts = new ArrayList<>();
      for (Spatial.Unrolling unrolling : level < 0 ? NO_CHOICES : spatial[level].choices()) {
        parts.add(new Shared(this, problem, level, unrolling));
      }
      return parts;
    }

    private static final List<Spatial.Unrolling> NO_CHOICES = List.of();
  }

  /** Bits of the tensors that each level keeps. */
  int[] keeps() {
    return keeps;
  }

  /** The best value of this search, whether or not another search found a better one. */
  double found() {
    return found;
  }

  /** Resets the bounds of what earlier, narrower runs skipped. */
  void forget() {
    dropped = Double.POSITIVE_INFINITY;
  }

  /** Lower bound of everything skipped for lack of effort or space. */
  double dropped() {
    return dropped;
  }

  private int[] stationaryMask() {
    int[] classes = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d)) {
          classes[d] |= 1 << t;
        }
      }
    }
    return classes;
  }

  /** Nothing is decided. */
  PartialMapping root() {
    PartialMapping root =
        new PartialMapping(
            problem.dims,
            problem.tensors,
            problem.counted,
            problem.levels,
            problem.passes.levels.length);
    System.arraycopy(problem.bounds, 0, root.count, 0, problem.dims);
    System.arraycopy(problem.always, 0, root.cost, 0, problem.functions);
    System.arraycopy(problem.always, 0, root.sure, 0, problem.functions);
    Arrays.fill(root.pending, problem.space.einsum.points());
    root.leakPjPerCycle = problem.accelerator.mac().leakPjPerCycle();
    lowerBound.of(root, problem.levels, problem.levels - 1);
    for (Spatial level : spatial) {
      if (level.choices().isEmpty()) {
        root.bound = Double.POSITIVE_INFINITY;
      }
    }
    return root;
  }

  /** Lower bound of the objective. */
  double rootBound() {
    return root().bound;
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
      front = trim(unroll(front, l), width);
      if (l == 1) {
        break;
      }
      front = trim(iterate(front, l), width);
    }
    finish(problem.levels == 1 ? unroll(front, 0) : front, width);
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
        ? iterate(List.of(partial), partial.level)
        : unroll(List.of(partial), partial.level - 1);
  }

  /** Evaluates a complete mapping in every order that could be the best. */
  void evaluate(PartialMapping leaf) {
    found = Math.min(found, incumbent.offer(leaf, keeps, true));
  }

  private List<PartialMapping> trim(List<PartialMapping> front, int width) {
    front.sort(Comparator.comparingDouble(p -> p.bound));
    if (front.size() > width) {
      dropped = Math.min(dropped, front.get(width).bound);
      return new ArrayList<>(front.subList(0, width));
    }
    return front;
  }

  /** Completes partial mappings one by one, so that better incumbents prune the later ones. */
  private void finish(List<PartialMapping> front, int width) {
    int done = 0;
    for (PartialMapping partial : front) {
      if (partial.bound >= incumbent.limit() || incumbent.isOver()) {
        if (partial.bound < incumbent.limit()) {
          dropped = Math.min(dropped, partial.bound);
        }
        return;
      }
      if (done++ >= width) {
        dropped = Math.min(dropped, partial.bound);
        return;
      }
      List<PartialMapping> leaves = List.of(partial);
      for (int l = Math.min(1, problem.levels - 1); l >= 0; l--) {
        if (l == 0 && problem.levels > 1) {
          leaves = unroll(leaves, 0);
        }
        leaves = iterate(leaves, l);
      }
      PriorityQueue<PartialMapping> queue =
          new PriorityQueue<>(Comparator.comparingDouble(p -> p.bound));
      queue.addAll(leaves);
      int tried = 0;
      while (!queue.isEmpty() && queue.peek().bound < incumbent.limit()) {
        if (tried++ > 4 * width || incumbent.isOver()) {
          dropped = Math.min(dropped, queue.peek().bound);
          break;
        }
        found = Math.min(found, incumbent.offer(queue.poll(), keeps, width > Mapper.BEAM));
      }
    }
  }

  /** Decides the spatial factors of a level, and its supply of the inner tiles. */
  private List<PartialMapping> unroll(List<PartialMapping> front, int level) {
    List<PartialMapping> next = new ArrayList<>();
    Map<PartialMapping.Key, List<PartialMapping>> rivals = new HashMap<>();
    for (PartialMapping partial : front) {
      if (partial.bound >= incumbent.limit()) {
        continue;
      }
      if (incumbent.isOver()) {
        dropped = Math.min(dropped, partial.bound);
        continue;
      }
      double inner = partial.temporalProduct * tiles(partial);
      double later = problem.instancesAtMost[level];
      boolean joined = sharing[level] != null && sharing[level].joins();
      Map<SharingChoices.Choice, Boolean> tooDear = new IdentityHashMap<>();
      for (Spatial.Unrolling choice : spatial[level].choices()) {
        double cycles = inner / (choice.product() * later);
        if (problem.objective.of(partial.energyBound, cycles) >= incumbent.limit()) {
          break;
        }
        if (!choice.fits(partial.count, problem.space.spatialRemainders)
            || isElsewhere(partial, level, choice)) {
          continue;
        }
        if (joined
            && tooDear.computeIfAbsent(
                sharing[level].of(choice), similar -> isTooDear(partial, similar))) {
          continue;
        }
        meter.look(1);
        if (lowerBound.isOutside(level)) {
          double instances = 1;
          for (int d = 0; d < left.length; d++) {
            left[d] = Spatial.remaining(partial.count[d], choice.x()[d], choice.y()[d]);
            instances *= leaking(partial, d, choice);
          }
          double limit = incumbent.limit();
          if (lowerBound.ofRemaining(partial, level, left, instances, limit) >= limit) {
            continue;
          }
        }
        meter.look(Effort.PARTIAL);
        PartialMapping child = unroll(partial, level, choice);
        lowerBound.of(child, level, level);
        if (child.bound < incumbent.limit()) {
          addUnlessDominated(child, next, rivals);
        }
      }
    }
    next.removeIf(p -> p.bound == Double.POSITIVE_INFINITY);
    return next;
  }

  /** Whether similar unrollings, together, cannot be the best. */
  private boolean isTooDear(PartialMapping partial, SharingChoices.Choice choice) {
    meter.look(Effort.PARTIAL);
    return lowerBound.ofChoice(partial, choice) >= incumbent.limit();
  }

  /**
   * Whether a loop inside an array could be outside of it as well: nothing is kept there that it
   * moves or leaves, and the rounds are as many, over the same instances: all of them, as there are
   * enough tiles. They then differ in which tiles each has, not in what they share.
   */
  private boolean isElsewhere(PartialMapping partial, int level, Spatial.Unrolling choice) {
    if (problem.boundingBoxes || choice.product() == 1 || !keepsNothingInside[level]) {
      return false;
    }
    for (int d = 0; d < problem.dims; d++) {
      int f = partial.extent[d];
      if (f > 1 && mayMoveOut(level, d)) {
        int all = partial.count[d] * f;
        int rounds = Spatial.remaining(all, choice.x()[d], choice.y()[d]);
        boolean same =
            partial.count[d] >= choice.x()[d] * choice.y()[d]
                && rounds == f * Spatial.remaining(partial.count[d], choice.x()[d], choice.y()[d]);
        if (same && choice.fits(d, all, problem.space.spatialRemainders)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the loops inside an array over a dimension may as well be directly outside of it. */
  private boolean mayMoveOut(int level, int d) {
    boolean may = problem.space.levels[level].isFree(d);
    for (int l = level + 1; l < problem.levels; l++) {
      may &= problem.space.levels[l].allowsTemporal(d, 1);
    }
    for (int t = 0; t < problem.tensors; t++) {
      // Distances of instances decide what they share.
      may &= !problem.isRelevant(t, d) || !problem.mayShare(t, d);
    }
    return may;
  }

  /** For each array, whether no level inside keeps anything, and nothing else is unrolled there. */
  private boolean[] keepsNothingInside() {
    boolean[] nothing = new boolean[problem.levels];
    boolean sofar = true;
    for (int l = problem.levels - 1; l >= 0; l--) {
      nothing[l] = sofar && problem.fanout[l] > 1;
      sofar &= keeps[l] == 0 && problem.fanout[l] == 1;
    }
    return nothing;
  }

  private static double tiles(PartialMapping partial) {
    double product = 1;
    for (int c : partial.count) {
      product *= c;
    }
    return product;
  }

  private void addUnlessDominated(
      PartialMapping child,
      List<PartialMapping> next,
      Map<PartialMapping.Key, List<PartialMapping>> rivals) {
    // An array outside shares a sliding axis by the distance of the instances inside.
    boolean distanceMatters =
        child.unrolledSliding != 0 && problem.instancesAtMost[child.level] > 1;
    if (child.slid || distanceMatters || !problem.plainOutput) {
      next.add(child);
      return;
    }
    List<PartialMapping> same = rivals.computeIfAbsent(child.key(), k -> new ArrayList<>(2));
    for (PartialMapping rival : same) {
      if (rival.isNoWorseThan(child, problem)) {
        return;
      }
    }
    for (int i = same.size() - 1; i >= 0; i--) {
      if (child.isNoWorseThan(same.get(i), problem)) {
        same.remove(i).bound = Double.POSITIVE_INFINITY;
      }
    }
    same.add(child);
    next.add(child);
  }

  private PartialMapping unroll(PartialMapping partial, int level, Spatial.Unrolling choice) {
    PartialMapping child = new PartialMapping(partial, level);
    child.unrolled = choice;
    problem.unrolledStep(partial.extent);
    double product = 1;
    double leaking = 1;
    if (choice.product() > 1) {
      double outputStationary = 1;
      for (int t = 0; t < problem.tensors; t++) {
        boolean before = (partial.unrolledSliding >> t & 1) != 0;
        child.pending[t] *= problem.sharing(t, choice, partial.count, before);
        if (problem.spreadsSliding(t, choice.factor())) {
          // Sharing is only bounded, not known, if two levels or partial tiles share an axis.
          child.slid |= before || problem.space.spatialRemainders;
          child.unrolledSliding |= 1 << t;
        }
      }
      for (int d = 0; d < problem.dims; d++) {
        int s = choice.factor()[d];
        if (s > 1) {
          int working = Math.min(s, partial.count[d]);
          product *= working;
          leaking *= leaking(partial, d, choice);
          child.unrolledDimensions |= 1L << d;
          child.extent[d] *= s;
          child.count[d] = Spatial.remaining(partial.count[d], choice.x()[d], choice.y()[d]);
          markIdle(child, d, partial.count[d], choice);
          if (!problem.isRelevant(problem.output, d) || !problem.plainOutput) {
            outputStationary *= working;
          }
        }
      }
      child.spatialProduct *= product;
      for (int j = 0; j < problem.counted; j++) {
        child.firstAccumulationCredit[j] *= outputStationary;
        if (problem.portLevel[j] > level) {
          child.cost[j] /= product;
          child.missing[j] /= product;
          child.sure[j] /= product;
          child.sureOpen[j] /= product;
          child.sureCompulsory[j] /= product;
          child.firstAccumulationCredit[j] /= product;
          for (int t = 0; t < problem.tensors; t++) {
            child.open[j * problem.tensors + t] /= product;
            child.compulsory[j * problem.tensors + t] /= product;
          }
        }
      }
      if (problem.instancesMatter) {
        child.addTrait((int) product);
      }
    } else if (problem.instancesMatter) {
      child.addTrait(1);
    }
    for (int t = 0; t < problem.tensors; t++) {
      if (child.tile[t] != null) {
        child.refresh(t, leastNew(child, t, child.tile[t], level));
      }
    }
    // Every instance in use leaks; one of this level does in any case.
    child.leakPjPerCycle *= leaking;
    child.leakPjPerCycle += problem.accelerator.levels().get(level).leakPjPerCycle();
    travel(child, level, choice, partial.extent);
    settle(child, level);
    return child;
  }

  /**
   * Instances along a dimension that are surely in use, for each inside: the last may have a
   * partial tile, and within it a single instance in use.
   */
  private int leaking(PartialMapping partial, int d, Spatial.Unrolling choice) {
    int s = choice.factor()[d];
    boolean full = (long) partial.extent[d] * partial.count[d] == problem.bounds[d];
    boolean inUse = full || s == 1 || (partial.unrolledDimensions >> d & 1) == 0;
    return inUse ? Math.min(s, partial.count[d]) : s - 1;
  }

  /** Charges the interconnect below a level for its words. */
  private void travel(PartialMapping child, int level, Spatial.Unrolling choice, int[] steps) {
    double[] pjPerWord = hops.pjPerWord(level, choice, steps);
    if (pjPerWord == null) {
      return;
    }
    for (int t = 0; t < problem.tensors; t++) {
      double pj = pjPerWord[t] * child.pending[t];
      boolean isOpen = (child.stationary >> t & 1) != 0;
      if (problem.counted > problem.functions) {
        int unlined = problem.functions;
        child.open[unlined * problem.tensors + t] += isOpen ? pj : 0;
        child.cost[unlined] += isOpen ? 0 : pj;
      }
      if (isOpen) {
        child.open[t] += pj;
        child.sureOpen[0] += t == problem.output ? pj : 0;
      } else {
        child.cost[0] += pj;
        child.sure[0] += pj;
      }
    }
  }

  private void markIdle(PartialMapping child, int d, int tiles, Spatial.Unrolling choice) {
    long idle = (long) choice.factor()[d] * child.count[d] - tiles;
    if (idle > 0 && child.count[d] > 1) {
      child.idle = child.idle == null ? new double[problem.dims] : child.idle.clone();
      double part = Math.min(1, (double) idle / (tiles - 1));
      child.idle[d] = 1 - (1 - child.idle[d]) * (1 - part);
      child.addTrait(d);
      child.addTrait(choice.x()[d]);
      child.addTrait(choice.y()[d]);
    }
  }

  /** Prices the words that inner tiles take from this level. */
  private void settle(PartialMapping child, int level) {
    for (int t = 0; t < problem.tensors; t++) {
      if ((keeps[level] >> t & 1) == 0 || child.pending[t] == 0) {
        continue;
      }
      boolean isOpen = (child.stationary >> t & 1) != 0;
      for (int j = 0; j < problem.counted; j++) {
        double weight =
            t == problem.output
                ? problem.update[j][level] + problem.read(j, level, t)
                : problem.read(j, level, t);
        if (isOpen) {
          child.open[j * problem.tensors + t] += weight * child.pending[t];
          child.compulsory[j * problem.tensors + t] += weight * problem.words[t];
          if (t == problem.output) {
            child.sureOpen[j] += problem.update[j][level] * child.pending[t];
            child.sureCompulsory[j] += problem.update[j][level] * problem.words[t];
          }
        } else {
          double sure = t == problem.output ? problem.update[j][level] : weight;
          // Sliding tiles are bounded only, but every word is taken at least once.
          double words = Math.max(child.pending[t], problem.words[t]);
          child.cost[j] += weight * words;
          child.sure[j] += sure * words;
        }
      }
      child.pending[t] = 0;
      child.unrolledSliding &= ~(1 << t);
    }
  }

  /** Decides the temporal loops of a level, and opens the boundary around its tiles. */
  private List<PartialMapping> iterate(List<PartialMapping> front, int level) {
    List<PartialMapping> next = new ArrayList<>();
    Map<PartialMapping.Key, List<PartialMapping>> rivals = new HashMap<>();
    int[] factor = new int[problem.dims];
    for (PartialMapping partial : front) {
      if (partial.bound >= incumbent.limit()) {
        continue;
      }
      if (incumbent.isOver()) {
        dropped = Math.min(dropped, partial.bound);
        continue;
      }
      Arrays.fill(factor, 1);
      chooseFactors(partial, level, 0, factor, partial.extent.clone(), next, rivals);
    }
    next.removeIf(p -> p.bound == Double.POSITIVE_INFINITY);
    return next;
  }

  private void chooseFactors(
      PartialMapping partial,
      int level,
      int d,
      int[] factor,
      int[] extent,
      List<PartialMapping> next,
      Map<PartialMapping.Key, List<PartialMapping>> rivals) {
    if (d == problem.dims) {
      chooseOrder(partial, level, factor, extent, next, rivals);
      return;
    }
    MapSpace.Level rule = problem.space.levels[level];
    int count = partial.count[d];
    int fixed = rule.temporal[d];
    int most = rule.temporalAtMost[d] == 0 ? Integer.MAX_VALUE : rule.temporalAtMost[d];
    if (level == 0) {
      if ((fixed != 0 && fixed != count) || count > most) {
        return;
      }
      fixed = count;
    }
    int base = extent[d];
    for (int f : fixed != 0 ? new int[] {fixed} : Spatial.divisorsOf(count)) {
      if (count % f != 0 || f > most) {
        continue;
      }
      factor[d] = f;
      extent[d] = base * f;
      if (!problem.fits(level, keeps[level], extent)) {
        break;
      }
      left[d] = count / f;
      if (lowerBound.isOutside(level)) {
        System.arraycopy(partial.count, d + 1, left, d + 1, problem.dims - d - 1);
        double bound =
            d == problem.dims - 1
                ? lowerBound.ofTilesAround(partial, level, left)
                : lowerBound.ofRemaining(partial, level, left);
        if (bound >= incumbent.limit()) {
          continue;
        }
      } else {
        Arrays.fill(left, d + 1, problem.dims, 1);
        if (lowerBound.ofTiles(partial, level, left) >= incumbent.limit()) {
          continue;
        }
      }
      chooseFactors(partial, level, d + 1, factor, extent, next, rivals);
    }
    factor[d] = 1;
    extent[d] = base;
  }

  private void chooseOrder(
      PartialMapping partial,
      int level,
      int[] factor,
      int[] extent,
      List<PartialMapping> next,
      Map<PartialMapping.Key, List<PartialMapping>> rivals) {
    int loops = 0;
    int moving = 0;
    for (int d = 0; d < problem.dims; d++) {
      if (factor[d] > 1) {
        loops |= 1 << d;
        moving++;
      }
    }
    int open = partial.stationary | passing(partial, level);
    for (int t = 0; t < problem.tensors; t++) {
      for (int j = 0; j < problem.counted; j++) {
        if (partial.open[j * problem.tensors + t] != 0) {
          open |= 1 << t;
        }
      }
    }
    int[] order = new int[moving];
    double[] stationary = new double[problem.tensors];
    Arrays.fill(stationary, 1);
    int at = 0;
    int left = loops;
    for (int d : problem.space.levels[level].innermost) {
      if ((left >> d & 1) != 0) {
        leave(partial, open & ~stationaryMask[d], d, factor[d], stationary);
        open &= stationaryMask[d];
        for (int t = 0; t < problem.tensors; t++) {
          if ((open >> t & 1) != 0) {
            stationary[t] *= factor[d];
          }
        }
        order[at++] = d;
        left &= ~(1 << d);
      }
    }
    nextLoops(partial, level, factor, extent, order, at, left, open, stationary, next, rivals);
  }

  /** Puts the dimensions with the most stationary tensors innermost; branches where they differ. */
  private void nextLoops(
      PartialMapping partial,
      int level,
      int[] factor,
      int[] extent,
      int[] order,
      int at,
      int left,
      int open,
      double[] stationary,
      List<PartialMapping> next,
      Map<PartialMapping.Key, List<PartialMapping>> rivals) {
    if (open == 0 || left == 0) {
      for (int d = 0; d < problem.dims; d++) {
        if ((left >> d & 1) != 0) {
          order[at++] = d;
        }
      }
      complete(partial, level, factor, extent, order, open, stationary, next, rivals);
      return;
    }
    for (int d = 0; d < problem.dims; d++) {
      if ((left >> d & 1) == 0) {
        continue;
      }
      int remains = open & stationaryMask[d];
      boolean covered = false;
      for (int e = 0; e < problem.dims && !covered; e++) {
        if ((left >> e & 1) != 0 && e != d) {
          int other = open & stationaryMask[e];
          covered = (other & remains) == remains && (other != remains || e < d);
        }
      }
      if (covered) {
        continue;
      }
      double[] longer = stationary.clone();
      int[] begun = order.clone();
      int placed = at;
      int rest = left;
      for (int e = 0; e < problem.dims; e++) {
        if ((left >> e & 1) != 0 && (stationaryMask[e] & remains) == remains) {
          if (remains == 0 && e != d) {
            continue;
          }
          begun[placed++] = e;
          rest &= ~(1 << e);
          leave(partial, open & ~remains & ~stationaryMask[e], e, factor[e], longer);
          for (int t = 0; t < problem.tensors; t++) {
            if ((remains >> t & 1) != 0) {
              longer[t] *= factor[e];
            }
          }
        }
      }
      nextLoops(partial, level, factor, extent, begun, placed, rest, remains, longer, next, rivals);
    }
  }

  /** The tiles of idle instances may stay although a loop moves their tensors. */
  private void leave(PartialMapping partial, int closed, int d, int factor, double[] stationary) {
    double moved = partial.moved(d, factor);
    if (moved < 1) {
      for (int t = 0; t < problem.tensors; t++) {
        if (((closed & ~partial.outside) >> t & 1) != 0) {
          stationary[t] /= Math.max(moved, 1e-9);
        }
      }
    }
  }

  private void complete(
      PartialMapping partial,
      int level,
      int[] factor,
      int[] extent,
      int[] order,
      int open,
      double[] stationary,
      List<PartialMapping> next,
      Map<PartialMapping.Key, List<PartialMapping>> rivals) {
    meter.look(Effort.PARTIAL);
    PartialMapping child = new PartialMapping(partial, level);
    child.temporal = factor.clone();
    child.order = order.clone();
    for (int d = 0; d < problem.dims; d++) {
      child.extent[d] = extent[d];
      child.count[d] = partial.count[d] / factor[d];
      child.temporalProduct *= factor[d];
      // What idle instances keep is bounded, not known.
      child.slid |= partial.moved(d, factor[d]) < 1;
    }
    child.slid |= child.sliding != 0 && order.length > 0;
    countPasses(child, level);
    int fixed = fixedLoops(level, factor);
    for (int t = 0; t < problem.tensors; t++) {
      boolean closed = (open >> t & 1) == 0;
      if (closed && child.tile[t] != null) {
        int[] tile = child.tile[t];
        child.refresh(t, fraction.least(partial, t, tile, order, fixed, factor, child.fresh[t]));
        child.tile[t] = null;
      }
      if ((child.stationary >> t & 1) != 0) {
        child.pending[t] /= stationary[t];
        if (closed) {
          child.stationary &= ~(1 << t);
        }
      }
      for (int j = 0; j < problem.counted; j++) {
        int at = j * problem.tensors + t;
        child.open[at] /= stationary[t];
        if (t == problem.output) {
          child.sureOpen[j] /= stationary[t];
        }
        if (closed) {
          close(child, j, t);
        }
      }
    }
    for (int t = 0; t < problem.tensors; t++) {
      if ((keeps[level] >> t & 1) != 0) {
        openBoundary(child, level, t);
      }
    }
    lowerBound.of(child, level, level - 1);
    if (child.bound < incumbent.limit()) {
      addUnlessDominated(child, next, rivals);
    }
  }

  /** Loops of a level of which the order is prescribed. */
  private int fixedLoops(int level, int[] factor) {
    int fixed = 0;
    for (int d : problem.space.levels[level].innermost) {
      fixed += factor[d] > 1 ? 1 : 0;
    }
    return fixed;
  }

  /** Lower bound of the fraction of a tile that loops outside of a level move. */
  private double leastNew(PartialMapping child, int t, int[] tile, int level) {
    OuterArray array = lowerBound.isOutside(level) ? lowerBound.around(level) : null;
    int[] moving = array == null ? child.count : array.moving(child.count);
    double any = problem.leastNew(t, tile, child.extent, moving);
    if (any == 1 || problem.boundingBoxes || !MovedFraction.isFull(problem, t, tile)) {
      return any;
    }
    long unknown = problem.space.spatialRemainders ? lowerBound.unrolledBefore(level) : 0;
    return fraction.least(t, tile, child.extent, moving, child.idle, unknown, any);
  }

  /** Stationary tensors of systolic arrays that no loop has moved yet, as bits. */
  private int passing(PartialMapping partial, int level) {
    int bits = 0;
    for (int i = 0; i < partial.passes.length; i++) {
      boolean stays = level < holder[i] && partial.passes[i] == 0 && holder[i] < problem.levels;
      bits |= stays ? 1 << problem.passes.stationary[i] : 0;
    }
    return bits;
  }

  /** Counts the loops of this level around the stationary tiles of systolic arrays. */
  private void countPasses(PartialMapping child, int level) {
    for (int i = 0; i < child.passes.length; i++) {
      for (int d : level < holder[i] && holder[i] < problem.levels ? child.order : NONE) {
        if (child.passes[i] > 0 || problem.isRelevant(problem.passes.stationary[i], d)) {
          child.passes[i] = Math.max(1, child.passes[i]) * child.temporal[d];
        }
      }
    }
  }

  private void close(PartialMapping child, int j, int t) {
    int at = j * problem.tensors + t;
    boolean isOutput = t == problem.output;
    double sure = isOutput ? child.sureOpen[j] : child.open[at];
    double atLeast = isOutput ? child.sureCompulsory[j] : child.compulsory[at];
    child.cost[j] += child.open[at];
    child.sure[j] += sure;
    child.missing[j] += Math.max(0, atLeast - sure);
    child.open[at] = 0;
    child.compulsory[at] = 0;
    if (isOutput) {
      child.sureOpen[j] = 0;
      child.sureCompulsory[j] = 0;
    }
  }

  private void openBoundary(PartialMapping child, int level, int t) {
    boolean isOutput = t == problem.output;
    if (level > 0) {
      boolean isOutside = problem.instancesAtMost[level] == 1 && !child.isOpen(t);
      child.outside = isOutside ? child.outside | 1 << t : child.outside & ~(1 << t);
      double fresh = leastNew(child, t, child.extent, level);
      boolean tracked =
          fresh < 1 && !isOutput && !problem.boundingBoxes && !child.isOpen(t);
      boolean isFull = tracked && MovedFraction.isFull(problem, t, child.extent);
      child.tile[t] = isFull ? child.extent.clone() : null;
      child.fresh[t] = fresh;
      double all = problem.allTiles(t, child.extent, child.count) * fresh;
      child.pending[t] = all;
      child.stationary |= 1 << t;
      for (int j = 0; j < problem.counted; j++) {
        child.open[j * problem.tensors + t] += problem.fill(j, level, t) * all;
        child.compulsory[j * problem.tensors + t] += problem.fill(j, level, t) * problem.words[t];
      }
      if (fresh < 1) {
        child.sliding |= 1 << t;
        for (int[] axis : problem.shape.axisDimensions[t]) {
          if (axis.length > 1) {
            for (int d : axis) {
              child.addTrait(child.extent[d]);
            }
          }
        }
      }
    }
    if (isOutput) {
      for (int j = 0; j < problem.counted; j++) {
        double first = problem.read(j, level, t) + (level > 0 ? problem.fill(j, level, t) : 0);
        child.firstAccumulationCredit[j] += first * problem.words[t];
      }
    }
  }
}
