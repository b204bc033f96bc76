package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Library;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a mapping in Timeloop's format: a list of directives, each for the temporal loops, the
 * spatial loops or the kept data spaces of one level.
 *
 * <p>{@code permutation} is innermost first; missing dimensions are outside of it. Missing factors
 * are 1. Of the spatial permutation, the first {@code split} dimensions go to X (all, if there is
 * no split), the others to Y. A level without a bypass directive keeps every data space that it can
 * keep. A factor of 0 is the whole dimension. {@code no_reuse} (or {@code
 * no_multicast_no_reduction}) lists data spaces whose accesses are not shared between the instances
 * below.
 *
 * <p>An imperfect factor {@code P=4,2} has a last pass of 2; the factors of a dimension must
 * multiply to its bound: over the loops, outermost first, (…((r₃−1)·f₂ + r₂−1)·f₁ + r₁−1) + 1, with
 * r the last passes and f the factors.
 */
public final class TimeloopMapping {
  private static final List<String> LOOP_KEYS =
      List.of("target", "name", "type", "factors", "permutation");
  private static final List<String> SPATIAL_KEYS =
      List.of(
          "target",
          "name",
          "type",
          "factors",
          "permutation",
          "split",
          "no_reuse",
          "no_multicast_no_reduction");
  private static final List<String> BYPASS_KEYS =
      List.of("target", "name", "type", "keep", "bypass");

  /** Loops of one level, outermost first, with their last passes. */
  private record Loop(String dimension, FactorList.Factor factor) {}

  private final Einsum einsum;
  private final Accelerator accelerator;
  private final List<Map<Directive.Type, Directive>> directives = new ArrayList<>();
  private final Map<String, List<FactorList.Factor>> chains = new HashMap<>();

  private TimeloopMapping(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    accelerator.levels().forEach(l -> directives.add(new HashMap<>()));
  }

  /**
   * Reads a mapping.
   *
   * @param file in Timeloop's format
   * @param einsum the workload
   * @param accelerator the accelerator
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<Mapping> read(Path file, Einsum einsum, Accelerator accelerator) {
    Problems problems = new Problems();
    Library.YAML.need("YAML files");
    return read(YamlFile.read(file, problems), einsum, accelerator, problems);
  }

  /** The mapping of a document. */
  static Parsed<Mapping> read(
      YamlNode root, Einsum einsum, Accelerator accelerator, Problems problems) {
    Sections.check(root, List.of("mapping"));
    TimeloopMapping reader = new TimeloopMapping(einsum, accelerator);
    Optional<YamlNode> mapping = root.require("mapping");
    mapping.ifPresent(m -> m.items().forEach(reader::directive));
    List<Mapping.Level> levels = new ArrayList<>();
    for (int i = 0; i < accelerator.levels().size(); i++) {
      levels.add(reader.level(i));
    }
    if (mapping.isPresent() && !problems.any()) {
      reader.checkProducts(mapping.get());
    }
    return problems.finish(root.file(), () -> new Mapping(levels).namedAs(accelerator));
  }

  private void directive(YamlNode node) {
    if (!node.isMapping()) {
      node.problem("a directive with target and type was expected");
      return;
    }
    Directive directive = new Directive(node, einsum, accelerator);
    Optional<Directive.Type> type = directive.type();
    Optional<Integer> target = directive.target();
    if (type.isEmpty()) {
      return;
    }
    switch (type.get()) {
      case TEMPORAL -> node.onlyKeys(LOOP_KEYS, List.of());
      case SPATIAL -> node.onlyKeys(SPATIAL_KEYS, Directive.WITHOUT_MEANING);
      case BYPASS -> node.onlyKeys(BYPASS_KEYS, Directive.WITHOUT_MEANING);
    }
    target.ifPresent(
        level -> {
          Directive earlier = directives.get(level).putIfAbsent(type.get(), directive);
          if (earlier != null) {
            node.problem(
                "a second directive of this type and target, the first is in line "
                    + earlier.node().line());
          }
        });
  }

  private Mapping.Level level(int index) {
    MemoryLevel memory = accelerator.levels().get(index);
    Map<Directive.Type, Directive> given = directives.get(index);
    List<Einsum.Loop> temporal = List.of();
    if (given.get(Directive.Type.TEMPORAL) != null) {
      Directive directive = given.get(Directive.Type.TEMPORAL);
      temporal = chain(loops(directive, directive.completePermutation()));
    }
    List<Einsum.Loop> alongX = List.of();
    List<Einsum.Loop> alongY = List.of();
    Set<String> unicast = Set.of();
    Directive spatial = given.get(Directive.Type.SPATIAL);
    if (spatial != null) {
      List<String> order = spatial.completePermutation();
      int split =
          (int)
              Math.min(
                  order.size(),
                  spatial
                      .node()
                      .get("split")
                      .map(s -> s.integer(0, Integer.MAX_VALUE, order.size()))
                      .orElse((long) order.size()));
      List<Loop> all = loops(spatial, order);
      Set<String> onX = new HashSet<>(order.subList(0, split));
      // Y is outside of X in the nest.
      alongY = chain(all.stream().filter(l -> !onX.contains(l.dimension())).toList());
      alongX = chain(all.stream().filter(l -> onX.contains(l.dimension())).toList());
      checkFanout(spatial, memory, "X", alongX, memory.fanoutX());
      checkFanout(spatial, memory, "Y", alongY, memory.fanoutY());
      unicast = spatial.tensors("no_reuse", "no_multicast_no_reduction");
    }
    return new Mapping.Level(temporal, alongX, alongY, keeps(index, memory), unicast);
  }

  /** The loops of a directive with more than one iteration, outermost first. */
  private List<Loop> loops(Directive directive, List<String> innermostFirst) {
    FactorList factors = directive.factors();
    for (String dimension : factors.atMost().keySet()) {
      directive
          .node()
          .problem(
              dimension
                  + "<= is for constraints: a mapping has an exact bound for every "
                  + "loop");
    }
    List<Loop> loops = new ArrayList<>();
    for (String dimension : innermostFirst) {
      FactorList.Factor factor = factors.exact().get(dimension);
      if (factor != null && factor.bound() > 1) {
        loops.add(new Loop(dimension, factor));
      }
    }
    Collections.reverse(loops);
    return loops;
  }

  /**
   * Appends loops to the chains of their dimensions. The outermost loop of a dimension has only its
   * last pass.
   */
  private List<Einsum.Loop> chain(List<Loop> loops) {
    List<Einsum.Loop> result = new ArrayList<>();
    for (Loop loop : loops) {
      List<FactorList.Factor> chain =
          chains.computeIfAbsent(loop.dimension(), d -> new ArrayList<>());
      boolean outermost = chain.isEmpty();
      int bound = outermost ? loop.factor().last() : loop.factor().bound();
      if (bound > 1) {
        result.add(new Einsum.Loop(loop.dimension(), bound));
        chain.add(new FactorList.Factor(bound, loop.factor().last()));
      }
    }
    return result;
  }

  private void checkFanout(
      Directive spatial, MemoryLevel level, String axis, List<Einsum.Loop> loops, int fanout) {
    long product = 1;
    for (Einsum.Loop loop : loops) {
      product = Math.min(Integer.MAX_VALUE, product * loop.bound());
    }
    if (product > fanout) {
      spatial
          .node()
          .problem(
              String.format(
                  "spatial factors along %s (%s) take %d instances, but %s has a fan-out of %d"
                      + " along %s",
                  axis,
                  loops.stream().map(Einsum.Loop::toString).collect(Collectors.joining(" ")),
                  product,
                  level.name(),
                  fanout,
                  axis));
    }
  }

  private Set<String> keeps(int index, MemoryLevel memory) {
    Set<String> able = new LinkedHashSet<>();
    for (Tensor tensor : einsum.tensors()) {
      if (memory.keeps().contains(tensor.role())) {
        able.add(tensor.name());
      }
    }
    Directive directive = directives.get(index).get(Directive.Type.BYPASS);
    if (directive == null) {
      return able;
    }
    Set<String> keep = directive.tensors("keep");
    Set<String> bypass = directive.tensors("bypass");
    for (String name : keep) {
      if (bypass.contains(name)) {
        directive.node().problem(name + " is both kept and bypassed");
      } else if (!able.contains(name)) {
        directive.node().problem(memory.name() + " cannot keep " + name);
      }
    }
    if (index == 0 && !bypass.isEmpty()) {
      directive
          .node()
          .problem(
              "the outermost level "
                  + memory.name()
                  + " must keep everything, not bypass "
                  + bypass);
    }
    able.removeAll(bypass);
    return able;
  }

  private void checkProducts(YamlNode mapping) {
    for (Einsum.Loop dimension : einsum.dimensions()) {
      List<FactorList.Factor> chain = chains.getOrDefault(dimension.dimension(), List.of());
      long covered = 0;
      long product = 1;
      for (FactorList.Factor factor : chain) {
        covered = Math.min(1L << 40, covered * factor.bound() + factor.last() - 1);
        product = Math.min(1L << 40, product * factor.bound());
      }
      covered++;
      if (covered != dimension.bound()) {
        String factors =
            chain.stream()
                .map(f -> f.bound() == f.last() ? "" + f.bound() : f.bound() + "," + f.last())
                .collect(Collectors.joining(" · "));
        mapping.problem(
            String.format(
                "product of the factors of %s is %d (%s), but its bound is %d%s",
                dimension.dimension(),
                covered,
                chain.isEmpty() ? "none given" : factors,
                dimension.bound(),
                maybe(dimension, product)));
      }
    }
  }

  private static String maybe(Einsum.Loop dimension, long product) {
    if (product < dimension.bound() && dimension.bound() % product == 0) {
      return ". Maybe a factor of " + dimension.bound() / product + " is missing";
    }
    if (product > dimension.bound()) {
      return ". Maybe the last pass of a factor is partial, as 2 of 4 in P=4,2";
    }
    return "";
  }
}
