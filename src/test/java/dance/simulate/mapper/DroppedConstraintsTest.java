package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.cost.Objective;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A constraint that is dropped, any one of a file, never costs anything. */
class DroppedConstraintsTest {
  private static final double TOLERANCE = 1e-9;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutAnyOneConstraintTheBestMappingCostsNoMore(long seed) {
    MapCase c = RandomMapSpaces.of(7_000_000 + seed, 3000);
    Objective objective = Objective.byName(c.goal().name());
    OptionalDouble narrow = best(c, c.constraints(), objective);
    for (MapConstraints wider : eachDropped(c.constraints())) {
      OptionalDouble wide = best(c, wider, objective);
      if (narrow.isPresent()) {
        assertThat(wide).as("%s%nwithout one: %s", c, wider).isPresent();
        assertThat(wide.getAsDouble())
            .as("%s%nwithout one: %s", c, wider)
            .isLessThanOrEqualTo(narrow.getAsDouble() * (1 + TOLERANCE));
      }
    }
  }

  /** The least value, proven; none if nothing fits. */
  private static OptionalDouble best(MapCase c, MapConstraints constraints, Objective objective) {
    MapSpace space = MapSpace.of(c.einsum(), c.accelerator(), constraints);
    try {
      MappingResult found =
          Mapper.best(
              c.spatialRemainders() ? space : space.withPerfectFactors(),
              objective,
              Accounting.EXACT);
      assertThat(found.optimal()).as("%s", c).isTrue();
      return OptionalDouble.of(found.value());
    } catch (IllegalArgumentException nothingFits) {
      return OptionalDouble.empty();
    }
  }

  private static List<MapConstraints> eachDropped(MapConstraints all) {
    List<MapConstraints> list = new ArrayList<>();
    for (int l = 0; l < all.levels().size(); l++) {
      for (MapConstraints.Level level : eachDropped(all.levels().get(l))) {
        List<MapConstraints.Level> levels = new ArrayList<>(all.levels());
        levels.set(l, level);
        list.add(new MapConstraints(levels));
      }
    }
    return list;
  }

  private static List<MapConstraints.Level> eachDropped(MapConstraints.Level level) {
    List<MapConstraints.Level> list = new ArrayList<>();
    for (MapConstraints.Loops temporal : eachDropped(level.temporal())) {
      list.add(
          new MapConstraints.Level(
              temporal, level.spatial(), level.split(), level.keeps(), level.bypasses()));
    }
    // An order without its split, or a split without its order, leaves other mappings than both.
    if (level.split().isEmpty()) {
      for (MapConstraints.Loops spatial : eachDropped(level.spatial())) {
        list.add(
            new MapConstraints.Level(
                level.temporal(), spatial, level.split(), level.keeps(), level.bypasses()));
      }
    } else {
      list.add(
          new MapConstraints.Level(
              level.temporal(),
              level.spatial(),
              OptionalInt.empty(),
              level.keeps(),
              level.bypasses()));
    }
    for (String tensor : level.keeps()) {
      list.add(
          new MapConstraints.Level(
              level.temporal(),
              level.spatial(),
              level.split(),
              without(level.keeps(), tensor),
              level.bypasses()));
    }
    for (String tensor : level.bypasses()) {
      list.add(
          new MapConstraints.Level(
              level.temporal(),
              level.spatial(),
              level.split(),
              level.keeps(),
              without(level.bypasses(), tensor)));
    }
    return list;
  }

  private static List<MapConstraints.Loops> eachDropped(MapConstraints.Loops loops) {
    List<MapConstraints.Loops> list = new ArrayList<>();
    for (String dimension : loops.factors().keySet()) {
      list.add(
          new MapConstraints.Loops(
              without(loops.factors(), dimension), loops.atMost(), loops.innermost()));
    }
    for (String dimension : loops.atMost().keySet()) {
      list.add(
          new MapConstraints.Loops(
              loops.factors(), without(loops.atMost(), dimension), loops.innermost()));
    }
    if (!loops.innermost().isEmpty()) {
      list.add(new MapConstraints.Loops(loops.factors(), loops.atMost(), List.of()));
    }
    return list;
  }

  private static Set<String> without(Set<String> names, String name) {
    Set<String> others = new HashSet<>(names);
    others.remove(name);
    return others;
  }

  private static Map<String, Integer> without(Map<String, Integer> factors, String name) {
    Map<String, Integer> others = new HashMap<>(factors);
    others.remove(name);
    return others;
  }
}
