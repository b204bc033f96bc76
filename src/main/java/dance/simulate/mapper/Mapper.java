package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the best mapping of an einsum on an accelerator within a map space, and proves it: a branch
 * and bound over everything that could be better. Off-chip memory, a buffer and an array of
 * register files have a search of their own, {@link BufferSearch}; all other hierarchies have a
 * beam search for a good start, then {@link MapSearch}.
 *
 * <p>Deterministic: without a time limit the answer depends on the arguments only.
 */
public final class Mapper {
  /** Width of the beam search before the exhaustive one. */
  static final int BEAM = 24;

  private Mapper() {}

  /**
   * The best mapping, whatever time it takes.
   *
   * @throws IllegalArgumentException if no mapping of the space fits; names each violated capacity
   */
  public static MappingResult best(MapSpace space, MapObjective objective, Accounting accounting) {
    return best(space, objective, accounting, Limits.NONE);
  }

  /**
   * The best mapping within limits; the result says whether it is proven to be the best.
   *
   * @throws IllegalArgumentException if no mapping of the space fits; names each violated capacity
   */
  public static MappingResult best(
      MapSpace space, MapObjective objective, Accounting accounting, Limits limits) {
    return best(space, objective, accounting, limits, true);
  }

  /** As above; by the general search alone unless halves may be joined where that is possible. */
  static MappingResult best(
      MapSpace space, MapObjective objective, Accounting accounting, Limits limits, boolean join) {
    MapProblem problem = new MapProblem(space, objective, accounting);
    Incumbent incumbent = new Incumbent(problem, accounting);
    MapSearch.Deadline timeIsUp = limits.start();
    // Without any mapping there is nothing to return: the first one is found whatever it takes.
    MapSearch.Deadline deadline =
        () -> incumbent.best() < Double.POSITIVE_INFINITY && timeIsUp.isOver();
    if (join && BufferSearch.suits(problem, accounting)) {
      BufferSearch search = new BufferSearch(problem, limits.width(), false);
      search.run(incumbent, deadline);
      return result(problem, incumbent, accounting, search.dropped(), search.considered());
    }
    List<MapSearch> searches = new ArrayList<>();
    for (int[] keeps : keepChoices(problem)) {
      searches.add(new MapSearch(problem, keeps, incumbent, deadline));
    }
    searches.sort(Comparator.comparingDouble(MapSearch::rootBound));
    for (MapSearch search : searches) {
      if (search.rootBound() < incumbent.limit()) {
        search.run(Math.min(BEAM, limits.width()));
      }
    }
    double lowerBound = Double.POSITIVE_INFINITY;
    for (MapSearch search : searches) {
      if (search.rootBound() < incumbent.limit()) {
        search.forget();
        search.run(limits.width());
        lowerBound = Math.min(lowerBound, search.dropped());
      }
    }
    long considered = 0;
    for (MapSearch search : searches) {
      considered += search.considered();
    }
    return result(problem, incumbent, accounting, lowerBound, considered);
  }

  static MappingResult result(
      MapProblem problem,
      Incumbent incumbent,
      Accounting accounting,
      double dropped,
      long considered) {
    Mapping mapping = incumbent.mapping();
    if (mapping == null) {
      throw new IllegalArgumentException(NothingFits.explain(problem));
    }
    double least = Math.min(dropped, Math.min(incumbent.best(), incumbent.unproven()));
    double lowerBound = Math.max(0, least);
    Evaluation evaluation =
        Analysis.of(problem.space.einsum, problem.accelerator).evaluate(mapping, accounting);
    return new MappingResult(
        evaluation,
        problem.objective,
        incumbent.best(),
        lowerBound,
        lowerBound >= incumbent.limit(),
        considered + incumbent.evaluations());
  }

  /** All choices of kept tensors, level by level. */
  private static List<int[]> keepChoices(MapProblem problem) {
    List<int[]> list = new ArrayList<>();
    extend(problem, 0, new int[problem.levels], list);
    return list;
  }

  private static void extend(MapProblem problem, int level, int[] keeps, List<int[]> list) {
    if (level == problem.levels) {
      list.add(keeps.clone());
      return;
    }
    MapSpace.Level rule = problem.space.levels[level];
    int free = rule.mayKeep & ~rule.mustKeep;
    for (int subset = free; ; subset = (subset - 1) & free) {
      keeps[level] = rule.mustKeep | subset;
      extend(problem, level + 1, keeps, list);
      if (subset == 0) {
        return;
      }
    }
  }

  /**
   * What a search may take.
   *
   * @param seconds time after which the best mapping so far is good enough; infinite by default
   * @param width most partial mappings that are held at once
   */
  public record Limits(double seconds, int width) {
    /** As long as it takes. */
    public static final Limits NONE = new Limits(Double.POSITIVE_INFINITY, 1 << 20);

    public Limits {
      if (!(seconds > 0) || width < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "limits of the search (%s s, width %d) must be positive",
                seconds,
                width));
      }
    }

    /** With a time limit. */
    public static Limits seconds(double seconds) {
      return new Limits(seconds, NONE.width());
    }

    private MapSearch.Deadline start() {
      if (seconds == Double.POSITIVE_INFINITY) {
        return () -> false;
      }
      long end = System.nanoTime() + (long) (seconds * 1e9);
      return () -> System.nanoTime() > end;
    }
  }

  /** Says why no mapping of a space fits. */
  private static final class NothingFits {
    static String explain(MapProblem problem) {
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
        MemoryLevel level = problem.accelerator.levels().get(l);
        double words = 0;
        List<String> parts = new ArrayList<>();
        for (int d = 0; d < problem.dims; d++) {
          extent[d] *= Math.max(1, rule.spatial[d]) * Math.max(1, rule.temporal[d]);
          if (l == 0) {
            extent[d] = problem.bounds[d]; // the outermost level holds everything
          }
        }
        for (int t = 0; t < problem.tensors; t++) {
          if ((rule.mustKeep >> t & 1) != 0) {
            double tile = problem.tile(t, extent);
            words += tile;
            parts.add(
                String.format(
                    Locale.ROOT,
                    "%,.0f of %s",
                    tile,
                    problem.space.einsum.tensors().get(t).name()));
          }
        }
        if (words > problem.capacity[l]) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s must keep at least %,.0f words (%s) but holds %,d: %,.0f too few. Maybe a"
                      + " capacity of %,.0f words, or fewer kept tensors or fixed factors.",
                  level.name(),
                  words,
                  String.join(", ", parts),
                  problem.capacity[l],
                  words - problem.capacity[l],
                  words * level.multipleBuffering()));
        }
      }
      if (lines.size() == 1) {
        lines.add(
            "No capacity is violated by the smallest tiles: the fixed factors and limits leave no"
                + " product that covers every dimension.");
      }
      return String.join(System.lineSeparator(), lines);
    }
  }
}
