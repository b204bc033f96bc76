package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.Objective;
import dance.simulate.count.Analysis;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Finds the best mapping of an einsum on an accelerator in a map space, and proves it, by branch
 * and bound. Off-chip memory, a buffer and an array of register files have a search of their own,
 * {@link ThreeLevelMapper}; all other hierarchies use {@link MapSearch}, best first ({@link
 * BestFirst}), nested arrays with a search for each unrolling of the outermost, with a growing beam
 * width where that takes too many.
 *
 * <p><em>Proven</em> refers to the whole map space. A search that ends without proof is never worse
 * than those of the spaces that its own space {@link MapSpace#startingFrom contains and starts
 * from}, each with the same effort (2,000,000 steps at most), nor than its own with perfect
 * factors, nor, if groups or images share no word, than one of them after the other. A proof needs
 * none of these: where the three-level search serves, they follow only if it ends without one.
 *
 * <p>Deterministic: without a time limit, the result depends on the arguments only.
 */
public final class Mapper {
  /**
   * Beam width of the first search, which tries all orders only of mappings that are nearly the
   * best.
   */
  static final int BEAM = 24;

  /** Beam widths of successive searches: partial mappings held at once. */
  private static final int[] WIDTHS = {BEAM, 16 * BEAM, 256 * BEAM, 1 << 20};

  /** Fraction of the effort for a narrow beam before the best-first search. */
  private static final double FIRST_PHASE = 0.2;

  /** Choices of kept tensors beyond which the first search is greedy. */
  private static final int MANY_KEEPS = 100;

  /** Number of these that are searched more widely at first. */
  private static final int FEW_KEEPS = 8;

  /** Searches, by kept tensors and unrolling of the outer array, of nested arrays. */
  private static final int MOST_SPLIT = 1 << 13;

  private Mapper() {}

  /**
   * The optimal mapping, without limit of effort.
   *
   * @throws IllegalArgumentException if no mapping of the space is feasible; the message lists each
   *     violated capacity
   */
  public static MappingResult best(MapSpace space, Objective objective, Accounting accounting) {
    return best(space, objective, accounting, Effort.PROOF);
  }

  /**
   * The best mapping within an effort; the result states whether it is proven optimal.
   *
   * @param effort of this search, and of each that it starts from
   * @throws IllegalArgumentException if no mapping of the space is feasible; the message lists each
   *     violated capacity
   */
  public static MappingResult best(
      MapSpace space, Objective objective, Accounting accounting, Effort effort) {
    return best(space, objective, accounting, effort, true);
  }

  /**
   * As {@link #best(MapSpace, Objective, Accounting, Effort)}; {@code join} false: by the general
   * search alone.
   */
  static MappingResult best(
      MapSpace space, Objective objective, Accounting accounting, Effort effort, boolean join) {
    Search search = new Search(objective, accounting, effort, join);
    Found found = search.best(space, true);
    return result(found.problem, found.incumbent, accounting, found.bound, search.mappings);
  }

  /** Result of the search of one map space. */
  private record Found(MappingCosts problem, Incumbent incumbent, double bound) {
    boolean isProven() {
      return Math.min(bound, incumbent.unproven()) >= incumbent.limit();
    }
  }

  /** One search and those that it starts from. */
  private static final class Search {
    private final Objective objective;
    private final Accounting accounting;
    private final Effort effort;
    private final boolean join;
    private final BooleanSupplier clock;
    private final Map<MapSpace, Found> known = new IdentityHashMap<>();
    private final Map<MapSpace, MapSpace> perfect = new IdentityHashMap<>();
    private long mappings;

    Search(Objective objective, Accounting accounting, Effort effort, boolean join) {
      this.objective = objective;
      this.accounting = accounting;
      this.effort = effort;
      this.join = join;
      clock = effort.clock();
    }

    /** The best mapping of a space, and of those that it starts from; cached. */
    Found best(MapSpace space) {
      return best(space, false);
    }

    /**
     * As {@link #best(MapSpace)}; with {@code mustFind}, without limit of effort until a mapping is
     * found.
     */
    Found best(MapSpace space, boolean mustFind) {
      Found found = known.get(space);
      if (found == null) {
        found = find(space, mustFind);
        known.put(space, found);
      }
      return found;
    }

    private Found find(MapSpace space, boolean mustFind) {
      boolean startsLater = !space.starts().isEmpty() && isJoined(space);
      Found first = startsLater ? atOnce(space, mustFind) : null;
      if (startsLater && first.isProven()) {
        return first;
      }
      List<Found> starts = new ArrayList<>();
      for (MapSpace narrower : space.starts()) {
        starts.add(best(narrower));
      }
      boolean perfectFirst = space.spatialRemainders && !starts.isEmpty();
      if (perfectFirst) {
        starts.add(best(perfect(space)));
      }
      Found found =
          startsLater ? again(first, space, starts, mustFind) : own(space, starts, mustFind);
      // Named dataflows are mostly proven at once.
      if (space.spatialRemainders && !perfectFirst && !found.isProven()) {
        found.incumbent.start(best(perfect(space)).incumbent);
      }
      boolean[] outermost = space.withoutFixedUnrolling(found.problem.freeLoops.outermost);
      if (!found.isProven() && isAny(outermost)) {
        // Groups one by one never cost less than together, but their space is smaller.
        found.incumbent.start(best(space.outermostOnly(outermost)).incumbent);
      }
      return found;
    }

    /** Searches a space before those that it starts from, which a proof does not need. */
    private Found atOnce(MapSpace space, boolean mustFind) {
      List<Found> perfect = new ArrayList<>();
      if (space.spatialRemainders) {
        perfect.add(own(space.withPerfectFactors(), List.of(), false));
      }
      return own(space, perfect, mustFind);
    }

    /** Searches once more if one of the spaces that this one starts from has a better mapping. */
    private Found again(Found first, MapSpace space, List<Found> starts, boolean mustFind) {
      double least = first.incumbent.limit();
      return starts.stream().anyMatch(start -> start.incumbent.best() < least)
          ? own(space, starts, mustFind)
          : first;
    }

    private boolean isJoined(MapSpace space) {
      MappingCosts problem = new MappingCosts(space, objective, accounting);
      return join && ThreeLevelMapper.suits(problem, accounting);
    }

    private static boolean isAny(boolean[] flags) {
      for (boolean flag : flags) {
        if (flag) {
          return true;
        }
      }
      return false;
    }

    private MapSpace perfect(MapSpace space) {
      MapSpace found = perfect.get(space);
      if (found == null) {
        List<MapSpace> starts = space.starts().stream().map(this::perfect).toList();
        found = space.withPerfectFactors().startingFrom(starts);
        perfect.put(space, found);
      }
      return found;
    }

    /** The best mapping of a space by its own search, with the best of others as incumbent. */
    private Found own(MapSpace space, List<Found> starts, boolean mustFind) {
      MappingCosts problem = new MappingCosts(space, objective, accounting);
      // A larger effort is for the requested space.
      long steps = mustFind ? effort.steps() : Math.min(effort.steps(), Effort.STARTING);
      Effort.Meter meter = new Effort.Meter(steps, clock);
      Incumbent incumbent = new Incumbent(problem, accounting, meter, mustFind);
      starts.forEach(start -> incumbent.start(start.incumbent));
      double bound;
      if (join && ThreeLevelMapper.suits(problem, accounting)) {
        bound = new ThreeLevelMapper(problem, incumbent).run();
      } else {
        bound = general(problem, incumbent);
      }
      mappings += meter.mappings();
      return new Found(problem, incumbent, bound);
    }

    private double general(MappingCosts problem, Incumbent incumbent) {
      MapSearch.Shared shared = new MapSearch.Shared(problem, accounting);
      List<MapSearch> searches = new ArrayList<>();
      for (TensorSet[] keeps : keepChoices(problem)) {
        searches.add(new MapSearch(problem, keeps, incumbent, shared));
      }
      searches.sort(Comparator.comparingDouble(MapSearch::rootBound));
      double bound = searches.get(0).rootBound();
      List<MapSearch> parts = split(problem, searches, shared, incumbent);
      if (!parts.isEmpty()) {
        incumbent.begin(FIRST_PHASE);
        pass(searches, BEAM, incumbent);
        incumbent.begin(1);
        return Math.max(bound, new BestFirst(parts, incumbent).run());
      }
      if (searches.stream().allMatch(MapSearch::isBoundedOutside)) {
        // Where tiles slide, a narrow beam finds better mappings than the least bounds lead to.
        incumbent.begin(FIRST_PHASE);
        pass(searches, BEAM, incumbent);
        incumbent.begin(1);
        return Math.max(bound, new BestFirst(searches, incumbent).run());
      }
      if (searches.size() > MANY_KEEPS) {
        pass(searches.stream().filter(s -> isTidy(problem, s.keeps())).toList(), 1, incumbent);
        searches.sort(Comparator.comparingDouble(MapSearch::found));
        pass(searches.subList(0, FEW_KEEPS), 4 * BEAM, incumbent);
        pass(searches, 1, incumbent);
        searches.sort(Comparator.comparingDouble(MapSearch::found));
      }
      for (int width : WIDTHS) {
        double dropped = pass(searches, width, incumbent);
        // The narrowest search does not try all orders.
        bound = width > BEAM ? Math.max(bound, dropped) : bound;
        if (bound >= incumbent.limit() || incumbent.isOver()) {
          break;
        }
      }
      return bound;
    }

    /** A search for each unrolling of the outermost of several arrays, or none if too many. */
    private static List<MapSearch> split(
        MappingCosts problem,
        List<MapSearch> searches,
        MapSearch.Shared shared,
        Incumbent incumbent) {
      List<MapSearch> parts = new ArrayList<>();
      for (MapSearch.Shared part : shared.split(problem, MOST_SPLIT / searches.size())) {
        for (MapSearch search : searches) {
          MapSearch split = new MapSearch(problem, search.keeps(), incumbent, part);
          if (!split.isBoundedOutside()) {
            return List.of();
          }
          parts.add(split);
        }
      }
      return parts;
    }

    /**
     * Whether the levels inside the last array keep one tensor each, like register files of chips,
     * all different; tried first if there are many choices.
     */
    private static boolean isTidy(MappingCosts problem, TensorSet[] keeps) {
      TensorSet seen = TensorSet.NONE;
      for (int l = problem.levels - 1; l > 0 && problem.fanout[l] == 1; l--) {
        boolean many = keeps[l].size() > 1;
        if (many || !seen.and(keeps[l]).isEmpty()) {
          return false;
        }
        seen = seen.or(keeps[l]);
      }
      return !seen.isEmpty();
    }

    /** Searches with a beam width; returns the lower bound of what was pruned for space. */
    private double pass(List<MapSearch> searches, int width, Incumbent incumbent) {
      double dropped = Double.POSITIVE_INFINITY;
      for (MapSearch search : searches) {
        if (search.rootBound() < incumbent.limit()) {
          search.forget();
          search.run(width);
          dropped = Math.min(dropped, search.dropped());
        }
      }
      return dropped;
    }
  }

  static MappingResult result(
      MappingCosts problem,
      Incumbent incumbent,
      Accounting accounting,
      double dropped,
      long mappings) {
    Mapping mapping = incumbent.mapping();
    if (mapping == null) {
      throw new IllegalArgumentException(NothingFits.explain(problem));
    }
    double least = Math.min(dropped, Math.min(incumbent.best(), incumbent.unproven()));
    boolean bounded = accounting == Accounting.EXACT || !endsInADummy(problem.accelerator);
    double lowerBound = bounded ? Math.max(0, least) : 0;
    Evaluation evaluation =
        Analysis.of(problem.space.einsum, problem.space.accelerator)
            .evaluate(mapping.namedAs(problem.space.accelerator), accounting);
    return new MappingResult(
        evaluation,
        problem.goal,
        incumbent.best(),
        lowerBound,
        bounded && lowerBound >= incumbent.limit(),
        mappings);
  }

  /**
   * Whether an innermost level that keeps nothing may be unrolled over the MACs. In Timeloop's
   * accounting they then read less often than in every cycle, which no bound takes into account.
   */
  static boolean endsInADummy(Accelerator accelerator) {
    MemoryLevel level = accelerator.levels().get(accelerator.levels().size() - 1);
    return level.keeps().isEmpty() && (level.fanoutX() > 1 || level.fanoutY() > 1);
  }

  /** All choices of kept tensors, level by level. */
  private static List<TensorSet[]> keepChoices(MappingCosts problem) {
    List<TensorSet[]> list = new ArrayList<>();
    extend(problem, 0, TensorSet.none(problem.levels), list);
    return list;
  }

  private static void extend(
      MappingCosts problem, int level, TensorSet[] keeps, List<TensorSet[]> list) {
    if (level == problem.levels) {
      list.add(keeps.clone());
      return;
    }
    for (TensorSet kept : problem.space.levels[level].keepChoices()) {
      keeps[level] = kept;
      extend(problem, level + 1, keeps, list);
    }
  }

  /** Explains why no mapping of a space is feasible. */
  private static final class NothingFits {
    static String explain(MappingCosts problem) {
      List<String> lines = new ArrayList<>();
      lines.add(
          String.format(
              Locale.ROOT,
              "no mapping of %s fits %s",
              problem.space.einsum.name(),
              problem.accelerator.name()));
      int[] extent = new int[problem.dims];
      Arrays.fill(extent, 1);
      for (int l = problem.levels - 1; l >= 0; l--) {
        MapSpace.Level rule = problem.space.levels[l];
        for (int d = 0; d < problem.dims; d++) {
          extent[d] *= Math.max(1, rule.spatial[d]) * Math.max(1, rule.temporal[d]);
          if (l == 0) {
            extent[d] = problem.bounds[d]; // the outermost level holds everything
          }
        }
        lines.addAll(problem.capacity[l].tooFew(problem, rule.mustKeep, extent));
      }
      if (lines.size() == 1) {
        lines.add(
            "No capacity is violated by the smallest tiles: the fixed factors and limits leave "
                + "no product that covers every dimension.");
      }
      return String.join(System.lineSeparator(), lines);
    }
  }
}
