package dance.command;

import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a mapping obeys constraints, read off its loops. */
final class ConstraintRules {
  private final List<String> dimensions;
  private final List<String> violations = new ArrayList<>();

  private ConstraintRules(List<String> dimensions) {
    this.dimensions = dimensions;
  }

  static List<String> violations(Mapping mapping, MapConstraints constraints, Einsum einsum) {
    ConstraintRules rules =
        new ConstraintRules(einsum.dimensions().stream().map(Einsum.Loop::dimension).toList());
    for (int l = 0; l < mapping.levels().size(); l++) {
      rules.level(l, mapping.levels().get(l), constraints.levels().get(l));
    }
    return rules.violations;
  }

  private void level(int l, Mapping.Level level, MapConstraints.Level given) {
    List<Einsum.Loop> spatial = new ArrayList<>(level.spatialX());
    spatial.addAll(level.spatialY());
    factors("level " + l + " temporal ", level.temporal(), given.temporal());
    factors("level " + l + " spatial ", spatial, given.spatial());
    order("level " + l, level.temporal(), given.temporal().innermost());
    if (given.split().isPresent() || !given.spatial().innermost().isEmpty()) {
      boolean allowed =
          given.alongX(dimensions).stream()
              .anyMatch(
                  x ->
                      level.spatialX().stream().allMatch(d -> isOn(d, x))
                          && level.spatialY().stream().noneMatch(d -> d.bound() > 1 && isOn(d, x)));
      require(allowed, "level " + l + " splits " + level.spatialX() + level.spatialY());
    }
    given.keeps().forEach(t -> require(level.keeps().contains(t), l + " does not keep " + t));
    given.bypasses().forEach(t -> require(!level.keeps().contains(t), l + " keeps " + t));
  }

  private static boolean isOn(Einsum.Loop loop, Set<String> alongX) {
    return loop.bound() == 1 || alongX.contains(loop.dimension());
  }

  private void factors(String where, List<Einsum.Loop> loops, MapConstraints.Loops given) {
    Map<String, Integer> product = new HashMap<>();
    loops.forEach(loop -> product.merge(loop.dimension(), loop.bound(), Math::multiplyExact));
    for (String d : dimensions) {
      int factor = product.getOrDefault(d, 1);
      require(given.factors().getOrDefault(d, factor) == factor, where + d + "=" + factor);
      require(given.atMost().getOrDefault(d, factor) >= factor, where + d + "=" + factor);
    }
  }

  private void order(String where, List<Einsum.Loop> outermostFirst, List<String> innermost) {
    List<String> present =
        new ArrayList<>(
            outermostFirst.stream().filter(x -> x.bound() > 1).map(x -> x.dimension()).toList());
    java.util.Collections.reverse(present);
    List<String> expected = innermost.stream().filter(present::contains).toList();
    require(
        present.subList(0, expected.size()).equals(expected),
        where + " has " + present + " but " + innermost + " must be innermost");
  }

  private void require(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }
}
