package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapper.MapConstraints;
import dance.workload.Einsum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the constraints under which {@code timeloop-mapper} searches: targets under {@code
 * architecture_constraints}, {@code mapspace_constraints} or both.
 *
 * <p>A factor that exceeds its dimension is clipped to it, with a warning, as Timeloop does; {@code
 * X=0} ("the rest") leaves the factor free. A spatial target of a level without fan-out is an
 * error, as there.
 */
public final class TimeloopConstraints {
  private static final List<String> ROOTS =
      List.of("architecture_constraints", "mapspace_constraints", "constraints");
  private static final List<String> KEYS =
      List.of("target", "name", "type", "factors", "permutation", "split", "keep", "bypass");

  private final Einsum einsum;
  private final Accelerator accelerator;
  private final List<Map<Directive.Type, Directive>> directives = new ArrayList<>();

  private TimeloopConstraints(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    accelerator.levels().forEach(l -> directives.add(new HashMap<>()));
  }

  /**
   * The constraints of a file; whatever it does not name is free.
   *
   * @param file in Timeloop's format
   * @param einsum what is to be mapped
   * @param accelerator on what
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Reading<MapConstraints> read(Path file, Einsum einsum, Accelerator accelerator) {
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(file, problems);
    root.onlyKeys(ROOTS, List.of("architecture", "problem", "mapper"));
    TimeloopConstraints reader = new TimeloopConstraints(einsum, accelerator);
    boolean any = false;
    for (String key : ROOTS) {
      Optional<YamlNode> section = root.get(key);
      any |= section.isPresent();
      section.ifPresent(reader::section);
    }
    if (!any) {
      root.problem("one of " + ROOTS + " is missing");
    }
    List<MapConstraints.Level> levels = new ArrayList<>();
    for (int i = 0; i < accelerator.levels().size(); i++) {
      levels.add(reader.level(i));
    }
    return problems.finish(root.file(), () -> new MapConstraints(levels));
  }

  private void section(YamlNode section) {
    YamlNode list = section;
    if (section.isMapping()) {
      section.onlyKeys(List.of("targets", "version"), List.of());
      Optional<YamlNode> targets = section.require("targets");
      if (targets.isEmpty()) {
        return;
      }
      list = targets.get();
    }
    for (YamlNode node : list.items()) {
      if (!node.isMapping()) {
        node.problem("a constraint with target and type was expected");
        continue;
      }
      node.onlyKeys(KEYS, List.of("no_link_transfer"));
      Directive directive = new Directive(node, einsum, accelerator);
      Optional<Directive.Type> type = directive.type();
      Optional<Integer> target = directive.target();
      if (type.isPresent() && target.isPresent()) {
        put(directive, type.get(), target.get());
      }
    }
  }

  private void put(Directive directive, Directive.Type type, int target) {
    MemoryLevel level = accelerator.levels().get(target);
    if (type == Directive.Type.SPATIAL && level.fanoutX() * (long) level.fanoutY() == 1) {
      directive
          .node()
          .problem(level.name() + " has no fan-out below it: nothing can be spatial there");
    }
    Directive earlier = directives.get(target).putIfAbsent(type, directive);
    if (earlier != null) {
      directive
          .node()
          .problem(
              "a second constraint of this type and target, the first is in line "
                  + earlier.node().line());
    }
  }

  private MapConstraints.Level level(int index) {
    Map<Directive.Type, Directive> given = directives.get(index);
    MapConstraints.Loops temporal = MapConstraints.Loops.FREE;
    if (given.get(Directive.Type.TEMPORAL) != null) {
      temporal = loops(given.get(Directive.Type.TEMPORAL));
    }
    MapConstraints.Loops spatial = MapConstraints.Loops.FREE;
    OptionalInt split = OptionalInt.empty();
    Directive directive = given.get(Directive.Type.SPATIAL);
    if (directive != null) {
      spatial = loops(directive);
      Optional<YamlNode> number = directive.node().get("split");
      if (number.isPresent()) {
        split = OptionalInt.of((int) number.get().integer(0, Integer.MAX_VALUE, 0));
      }
    }
    Set<String> keeps = Set.of();
    Set<String> bypasses = Set.of();
    Directive bypass = given.get(Directive.Type.BYPASS);
    if (bypass != null) {
      keeps = bypass.tensors("keep");
      bypasses = bypass.tensors("bypass");
      Set<String> both = new LinkedHashSet<>(bypasses);
      both.retainAll(keeps);
      both.forEach(name -> bypass.node().problem(name + " is both kept and bypassed"));
      bypasses.removeAll(both);
      if (index == 0 && !bypasses.isEmpty()) {
        bypass.node().problem("the outermost level must keep everything, not bypass " + bypasses);
      }
    }
    return new MapConstraints.Level(temporal, spatial, split, keeps, bypasses);
  }

  private MapConstraints.Loops loops(Directive directive) {
    FactorList list = directive.factors(true);
    Map<String, Integer> factors = new LinkedHashMap<>();
    list.exact()
        .forEach(
            (dimension, factor) -> {
              if (factor.last() != factor.bound()) {
                directive
                    .node()
                    .problem("a constraint cannot fix the partial pass of " + dimension);
              }
              factors.put(dimension, clipped(directive, dimension, factor.bound()));
            });
    Map<String, Integer> atMost = new LinkedHashMap<>();
    list.atMost().forEach((dimension, bound) -> atMost.put(dimension, bound));
    return new MapConstraints.Loops(factors, atMost, directive.permutation());
  }

  private int clipped(Directive directive, String dimension, int factor) {
    int bound = einsum.bound(dimension);
    if (factor > bound) {
      directive
          .node()
          .warn(
              String.format(
                  "factor %s=%d exceeds the dimension (%d): %d is taken",
                  dimension, factor, bound, bound));
    }
    return Math.min(factor, bound);
  }
}
