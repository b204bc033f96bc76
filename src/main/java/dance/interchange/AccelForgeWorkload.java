package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An AccelForge workload of one einsum, and a mapping of it. */
final class AccelForgeWorkload {
  private AccelForgeWorkload() {}

  /** The one einsum of a workload; null after a problem. */
  static Einsum read(YamlNode workload) {
    List<Einsum> einsums = AccelForgeEinsums.of(workload);
    if (einsums.size() > 1) {
      workload.problem(
          "one einsum was expected, not %d: fusion is not read. Maybe each as a layer: --network FILE"
              .formatted(einsums.size()));
    }
    return einsums.size() == 1 ? einsums.get(0) : null;
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
      String dimension =
          AccelForgeEinsums.dimension(node.require("rank_variable").map(YamlNode::text).orElse(""));
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
