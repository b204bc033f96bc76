package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dance.cost.Objective;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No bound of a partial mapping of the general search exceeds the cost of the mappings that
 * complete it: every partial mapping of small random spaces, none pruned, against the exact
 * evaluation of all that it leads to. And what a search prunes with the second-best mapping at hand
 * is not the best.
 */
class LowerBoundTest {
  private static final long MOST_MAPPINGS = 3000;

  /** Differences of sums in another order. */
  private static final double ROUNDING = 1 + 1e-9;

  /** A tiling with its cost in the best order. */
  private record Tiling(PartialMapping leaf, double value) {}

  private final Map<List<String>, Tiling> tilings = new HashMap<>();
  private MappingCosts problem;
  private Accounting accounting;

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 8, 16, 26, 27})
  void noPartialMappingIsBoundedAboveItsCompletions(long seed) {
    MapCase c = RandomMapSpaces.of(seed, MOST_MAPPINGS);
    accounting = c.accounting();
    problem = new MappingCosts(space(c), Objective.byName(c.goal().name()), accounting);
    MapSearch.Shared all = new MapSearch.Shared(problem, accounting);
    List<MapSearch.Shared> parts = new ArrayList<>(all.split(problem, 100));
    parts.add(all);
    for (MapSearch.Shared part : parts) {
      for (TensorSet[] keeps : keepChoices(new TensorSet[problem.levels], 0)) {
        tilings.clear();
        MapSearch search = new MapSearch(problem, keeps, incumbent(), part);
        walk(search, search.root(), 0);
        findsTheBest(keeps, part, c);
      }
    }
  }

  /** With the second-best mapping as incumbent. */
  private void findsTheBest(TensorSet[] keeps, MapSearch.Shared part, MapCase c) {
    List<Tiling> sorted = new ArrayList<>(tilings.values());
    sorted.sort(Comparator.comparingDouble(Tiling::value));
    Incumbent incumbent = incumbent();
    for (Tiling tiling : sorted) {
      if (tiling.value > sorted.get(0).value * ROUNDING) {
        value(tiling.leaf, keeps, incumbent);
        MapSearch search = new MapSearch(problem, keeps, incumbent, part);
        complete(search, search.root());
        assertThat(search.found())
            .as("kept %s of %s", Arrays.toString(keeps), c)
            .isLessThanOrEqualTo(sorted.get(0).value * ROUNDING);
        return;
      }
    }
  }

  private static void complete(MapSearch search, PartialMapping partial) {
    if (isComplete(partial)) {
      search.evaluate(partial);
    } else {
      search.expand(partial).forEach(child -> complete(search, child));
    }
  }

  private void walk(MapSearch search, PartialMapping partial, double outer) {
    double bound = Math.max(outer, partial.bound.value());
    if (!isComplete(partial)) {
      search.expand(partial).forEach(child -> walk(search, child, bound));
      return;
    }
    double inThisOrder = incumbent().evaluate(partial.complete(search.keeps(), problem.levels));
    if (bound > inThisOrder * ROUNDING) {
      fail(
          "%s, kept %s: bounded by %s, costs %s",
          tiling(partial), Arrays.toString(search.keeps()), bound, inThisOrder);
    }
    tilings.computeIfAbsent(
        tiling(partial), t -> new Tiling(partial, value(partial, search.keeps(), incumbent())));
  }

  private static boolean isComplete(PartialMapping partial) {
    return partial.level == 0 && partial.temporal != null;
  }

  /** The cost in the best order, whatever the bounds. */
  private static double value(PartialMapping leaf, TensorSet[] keeps, Incumbent incumbent) {
    PartialBound bound = leaf.bound;
    leaf.bound = PartialBound.all(0);
    double value = incumbent.offer(leaf, keeps, true);
    leaf.bound = bound;
    return value;
  }

  private static List<String> tiling(PartialMapping leaf) {
    List<String> steps = new ArrayList<>();
    for (PartialMapping p = leaf; p.inside != null; p = p.inside) {
      steps.add(
          p.temporal != null
              ? p.level + " " + Arrays.toString(p.temporal)
              : p.level
                  + " X "
                  + Arrays.toString(p.unrolled.x())
                  + " Y "
                  + Arrays.toString(p.unrolled.y()));
    }
    return steps;
  }

  private Incumbent incumbent() {
    Effort.Meter unlimited = new Effort.Meter(Long.MAX_VALUE, () -> false);
    return new Incumbent(problem, accounting, unlimited, false);
  }

  private List<TensorSet[]> keepChoices(TensorSet[] keeps, int level) {
    if (level == keeps.length) {
      return List.<TensorSet[]>of(keeps.clone());
    }
    List<TensorSet[]> list = new ArrayList<>();
    for (TensorSet kept : problem.space.levels[level].keepChoices()) {
      keeps[level] = kept;
      list.addAll(keepChoices(keeps, level + 1));
    }
    return list;
  }

  private static MapSpace space(MapCase c) {
    MapSpace space = MapSpace.of(c.einsum(), c.accelerator(), c.constraints());
    space = c.spatialRemainders() ? space : space.withPerfectFactors();
    for (int l = 0; l < c.arrays().size(); l++) {
      MapCase.Array array = c.arrays().get(l);
      space = array == null ? space : space.spatial(l, array.alongX(), array.alongY());
    }
    return space;
  }
}
