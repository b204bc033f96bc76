package dance.interchange;

import dance.accelerator.MemoryLevel;
import dance.simulate.mapper.MapConstraints;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The combination of all directives for one level. */
final class ConstrainedLevel {
  private final MemoryLevel memory;
  private final Einsum einsum;
  private final boolean outermost;
  private final Loops temporal = new Loops();
  private final Loops spatial = new Loops();
  private final Set<String> keeps = new LinkedHashSet<>();
  private final Set<String> bypasses = new LinkedHashSet<>();
  private OptionalInt split = OptionalInt.empty();

  ConstrainedLevel(MemoryLevel memory, Einsum einsum, boolean outermost) {
    this.memory = memory;
    this.einsum = einsum;
    this.outermost = outermost;
  }

  /** Adds a directive; contradictions with earlier ones are problems. */
  void add(Directive directive, Directive.Type type) {
    switch (type) {
      case TEMPORAL -> temporal.add(directive);
      case SPATIAL -> {
        spatial.add(directive);
        checkFanout(directive);
        Optional<YamlNode> number = directive.node().get("split");
        if (number.isPresent()) {
          OptionalInt next = OptionalInt.of((int) number.get().integer(0, Integer.MAX_VALUE, 0));
          if (split.isPresent() && !split.equals(next)) {
            contradiction(directive, "split " + next.getAsInt(), "split " + split.getAsInt());
          }
          split = next;
        }
      }
      case BYPASS -> keep(directive);
    }
  }

  private void checkFanout(Directive directive) {
    boolean moves = spatial.factors.values().stream().anyMatch(f -> f > 1);
    boolean free = spatial.factors.isEmpty();
    if (memory.fanoutX() * (long) memory.fanoutY() == 1 && (moves || free)) {
      directive
          .node()
          .problem(memory.name() + " has no fan-out below it: nothing can be spatial there");
    }
  }

  private void keep(Directive directive) {
    keeps.addAll(directive.tensors("keep", "keep_only"));
    bypasses.addAll(directive.tensors("bypass"));
    for (String name : List.copyOf(bypasses)) {
      if (keeps.contains(name)) {
        directive.node().problem(name + " is both kept and bypassed");
        bypasses.remove(name);
      }
    }
    if (outermost && !bypasses.isEmpty()) {
      directive.node().problem("the outermost level must keep everything, not bypass " + bypasses);
    }
  }

  /** Everything that is not kept here is kept beside it. */
  void bypassOthers() {
    einsum.tensors().stream()
        .map(Tensor::name)
        .filter(t -> !keeps.contains(t))
        .forEach(bypasses::add);
  }

  private void contradiction(Directive directive, String now, String earlier) {
    directive
        .node()
        .problem(now + " contradicts " + earlier + " of another constraint of " + memory.name());
  }

  MapConstraints.Level constraint() {
    return new MapConstraints.Level(
        temporal.constraint(), spatial.constraint(), split, keeps, bypasses);
  }

  /** Bounds and order of temporal or of spatial loops. */
  private final class Loops {
    private final Map<String, Integer> factors = new LinkedHashMap<>();
    private final Map<String, Integer> atMost = new LinkedHashMap<>();
    private List<String> permutation = List.of();

    void add(Directive directive) {
      FactorList list = directive.factorsOfConstraint();
      list.exact()
          .forEach(
              (dimension, factor) -> {
                if (factor.last() != factor.bound()) {
                  directive
                      .node()
                      .problem("a constraint cannot fix the partial pass of " + dimension);
                }
                int bound = clipped(directive, dimension, factor.bound());
                Integer earlier = factors.putIfAbsent(dimension, bound);
                if (!Objects.requireNonNullElse(earlier, bound).equals(bound)) {
                  contradiction(directive, dimension + "=" + bound, dimension + "=" + earlier);
                }
              });
      list.atMost().forEach((dimension, bound) -> atMost.merge(dimension, bound, Math::min));
      atMost.forEach(
          (dimension, most) -> {
            if (factors.getOrDefault(dimension, 1) > most) {
              contradiction(
                  directive, dimension + "<=" + most, dimension + "=" + factors.get(dimension));
            }
          });
      order(directive);
    }

    /**
     * Two orders are compatible if one begins with the other: dimensions that are not listed are
     * free.
     */
    private void order(Directive directive) {
      List<String> next = directive.permutation();
      List<String> shorter = next.size() < permutation.size() ? next : permutation;
      List<String> longer = shorter == next ? permutation : next;
      if (!longer.subList(0, shorter.size()).equals(shorter)) {
        contradiction(
            directive,
            "permutation " + String.join("", next),
            "permutation " + String.join("", permutation));
      }
      permutation = longer;
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

    MapConstraints.Loops constraint() {
      // An upper bound that an exact factor satisfies is redundant.
      Map<String, Integer> limits = new LinkedHashMap<>(atMost);
      limits.keySet().removeAll(factors.keySet());
      return new MapConstraints.Loops(factors, limits, permutation);
    }
  }
}
