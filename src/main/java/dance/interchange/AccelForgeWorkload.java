package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An AccelForge workload of one einsum, and a mapping of it. */
final class AccelForgeWorkload {
  private static final Pattern BOUND =
      Pattern.compile("\\s*0\\s*<=\\s*(\\w+)\\s*<\\s*(\\d{1,9})\\s*");
  private static final Pattern TERM =
      Pattern.compile("(?:(\\d{1,9})\\s*\\*\\s*)?([A-Za-z_]\\w*)(?:\\s*\\*\\s*(\\d{1,9}))?");

  private AccelForgeWorkload() {}

  /** The width of a value. */
  static int bits(YamlNode workload) {
    return workload
        .get("bits_per_value")
        .flatMap(b -> b.get("All"))
        .map(b -> b.positiveInt(AccelForgeArchitecture.USUAL_BITS))
        .orElse(AccelForgeArchitecture.USUAL_BITS);
  }

  /** The einsum; null after a problem. */
  static Einsum read(YamlNode workload) {
    List<YamlNode> einsums = workload.require("einsums").map(YamlNode::items).orElse(List.of());
    if (einsums.size() != 1) {
      workload.problem("one einsum was expected, not " + einsums.size() + ": fusion is not read");
      return null;
    }
    YamlNode einsum = einsums.get(0);
    Map<String, Integer> bounds = new LinkedHashMap<>();
    for (YamlNode place : List.of(workload, einsum)) {
      place.get("iteration_space_shape").ifPresent(shape -> bounds(shape, bounds));
    }
    Map<String, Integer> sizes = new HashMap<>();
    workload
        .get("rank_sizes")
        .ifPresent(r -> r.entries().forEach(e -> sizes.put(e.key(), e.value().positiveInt(1))));
    Map<String, String> roles = new HashMap<>();
    einsum
        .get("renames")
        .filter(YamlNode::isMapping)
        .ifPresent(
            r ->
                r.entries().stream()
                    .filter(e -> e.value().isScalar())
                    .forEach(e -> roles.put(e.value().text(), e.key())));
    List<Tensor> tensors = new ArrayList<>();
    int inputs = 0;
    for (YamlNode access :
        einsum.require("tensor_accesses").map(YamlNode::items).orElse(List.of())) {
      String name = access.require("name").map(YamlNode::text).orElse("");
      boolean output = access.get("output").map(o -> o.yes(false)).orElse(false);
      inputs += output ? 0 : 1;
      String role = roles.getOrDefault(name, inputs == 2 ? "weight" : "input");
      List<Axis> axes = new ArrayList<>();
      access.require("projection").ifPresent(p -> axes(p, axes, bounds, sizes));
      tensors.add(
          new Tensor(
              name,
              output ? Operand.OUTPUT : role.equals("weight") ? Operand.WEIGHT : Operand.INPUT,
              axes));
    }
    List<Einsum.Loop> loops = new ArrayList<>();
    for (Tensor tensor : tensors) {
      for (Axis axis : tensor.axes()) {
        for (Axis.Term term : axis.terms()) {
          if (!bounds.containsKey(term.dimension())) {
            einsum.problem(
                "rank variable " + term.dimension().toLowerCase(Locale.ROOT) + " has no bound");
            bounds.put(term.dimension(), 1);
          }
        }
      }
    }
    bounds.forEach((dimension, bound) -> loops.add(new Einsum.Loop(dimension, bound)));
    String name = einsum.get("name").map(YamlNode::text).orElse("einsum");
    try {
      return new Einsum(name, loops, tensors, Einsum.Op.MULTIPLY_ACCUMULATE);
    } catch (IllegalArgumentException wrong) {
      wrong.getMessage().lines().forEach(einsum::problem);
      return null;
    }
  }

  private static void bounds(YamlNode shape, Map<String, Integer> bounds) {
    List<YamlNode> all =
        shape.isList()
            ? shape.items()
            : shape.entries().stream().map(YamlNode.Entry::value).toList();
    for (YamlNode bound : all) {
      Matcher form = BOUND.matcher(bound.text());
      if (form.matches()) {
        bounds.put(dimension(form.group(1)), Integer.parseInt(form.group(2)));
      } else {
        bound.problem("a bound such as 0 <= m < 128 was expected, not '" + bound.text() + "'");
      }
    }
  }

  /** A list of rank variables, or a sum of them for each rank. */
  private static void axes(
      YamlNode projection,
      List<Axis> axes,
      Map<String, Integer> bounds,
      Map<String, Integer> sizes) {
    List<YamlNode.Entry> ranks =
        projection.isList()
            ? projection.items().stream()
                .map(i -> new YamlNode.Entry(dimension(i.text()), i))
                .toList()
            : projection.entries();
    for (YamlNode.Entry rank : ranks) {
      List<Axis.Term> terms = new ArrayList<>();
      for (String part : rank.value().text().split("\\+")) {
        Matcher term = TERM.matcher(part.strip());
        if (!term.matches()) {
          rank.value()
              .problem("a sum such as 2*p + r was expected, not '" + rank.value().text() + "'");
          continue;
        }
        String factor = term.group(1) != null ? term.group(1) : term.group(3);
        terms.add(
            new Axis.Term(dimension(term.group(2)), factor == null ? 1 : Integer.parseInt(factor)));
      }
      if (terms.size() == 1 && sizes.containsKey(rank.key())) {
        bounds.putIfAbsent(terms.get(0).dimension(), sizes.get(rank.key()));
      }
      if (!terms.isEmpty()) {
        axes.add(new Axis(terms));
      }
    }
  }

  private static String dimension(String variable) {
    return variable.toUpperCase(Locale.ROOT);
  }

  /** A mapping; null after a problem. */
  static Mapping mapping(YamlNode given, Einsum einsum, Accelerator accelerator) {
    List<String> names = accelerator.levels().stream().map(MemoryLevel::name).toList();
    List<List<List<Einsum.Loop>>> loops = new ArrayList<>();
    List<Set<String>> keeps = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      loops.add(List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      keeps.add(new HashSet<>());
    }
    Map<String, Integer> left = new HashMap<>();
    einsum.dimensions().forEach(d -> left.put(d.dimension(), d.bound()));
    int level = 0;
    boolean wrong = false;
    for (YamlNode node : given.require("nodes").map(YamlNode::items).orElse(List.of())) {
      String kind = node.tag();
      if (kind.equals("!Compute")) {
        continue;
      }
      boolean temporal = kind.equals("!Temporal");
      if (!temporal && !kind.equals("!Storage") && !kind.equals("!Spatial")) {
        node.problem(
            "a node " + kind + " is not read: one nest of !Storage, !Temporal and !Spatial is");
        return null;
      }
      if (!temporal) {
        String component = node.require("component").map(YamlNode::text).orElse("");
        int found =
            names.indexOf(kind.equals("!Spatial") ? "inter_" + component + "_spatial" : component);
        if (found < level) {
          node.problem(
              found < 0
                  ? "unknown component " + component + Problems.maybe(component, names)
                  : component
                      + " stands inside of a memory that it is outside of: each has one place");
          wrong = true;
          continue;
        }
        level = found;
      }
      if (kind.equals("!Storage")) {
        for (YamlNode tensor : node.require("tensors").map(YamlNode::items).orElse(List.of())) {
          keeps.get(level).add(tensor.text());
        }
        if (loops.get(level).stream().anyMatch(l -> !l.isEmpty())) {
          node.problem(
              names.get(level) + " keeps tensors between loops of its own: all at once is read");
          wrong = true;
        }
        continue;
      }
      String dimension = dimension(node.require("rank_variable").map(YamlNode::text).orElse(""));
      int tile = node.require("tile_shape").map(t -> t.positiveInt(1)).orElse(1);
      Integer before = left.get(dimension);
      if (before == null) {
        node.problem("unknown rank variable " + dimension.toLowerCase(Locale.ROOT));
        wrong = true;
        continue;
      }
      boolean alongY = node.get("name").map(n -> n.text().equals("Y")).orElse(false);
      int bound = (before + tile - 1) / tile;
      if (bound > 1) {
        loops.get(level).get(temporal ? 0 : alongY ? 2 : 1).add(new Einsum.Loop(dimension, bound));
      }
      left.put(dimension, Math.min(before, tile));
    }
    for (Map.Entry<String, Integer> rest : left.entrySet()) {
      if (rest.getValue() > 1) {
        given.problem(
            "the innermost tile of %s has %d values: 1 was expected"
                .formatted(rest.getKey(), rest.getValue()));
        wrong = true;
      }
    }
    if (wrong) {
      return null;
    }
    List<Mapping.Level> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<List<Einsum.Loop>> own = loops.get(i);
      all.add(new Mapping.Level(own.get(0), own.get(1), own.get(2), keeps.get(i), Set.of()));
    }
    return new Mapping(all).namedAs(accelerator);
  }
}
