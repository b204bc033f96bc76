package dance.interchange;

import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The nodes of an AccelForge architecture, outermost first. Sizes are in bits, energies in joules,
 * areas in square metres, throughputs in actions per second; the clock is the compute unit's
 * throughput, else 1 GHz. Memories and compute units without energies have those of their class.
 */
final class AccelForgeArchitecture {
  static final int USUAL_BITS = 8;

  /** The latency of ports of their own; by default, actions take turns. */
  static final String SEPARATE = "max(a.n_calls / a.throughput for a in actions)";

  private static final double USUAL_HERTZ = 1e9;

  private static final List<String> KEYS =
      List.of(
          "name",
          "size",
          "leak_power",
          "area",
          "actions",
          "tensors",
          "component_class",
          "enabled",
          "spatial",
          "total_latency");

  private static final List<String> IGNORED =
      List.of(
          "extra_attributes_for_component_model", "description",
          "area_scale", "energy_scale");

  /** What a memory may keep, as roles; anything else is all. */
  private static final Pattern ROLES =
      Pattern.compile("(input|weight|output)(\\s*\\|\\s*(input|weight|output))*");

  private final int bits;
  private final Map<String, Object> names = new HashMap<>();
  private final List<MemoryLevel> levels = new ArrayList<>();
  private YamlNode compute;

  AccelForgeArchitecture(YamlNode arch, int bits) {
    this.bits = bits;
    names.put("inf", Double.POSITIVE_INFINITY);
    names.put("All", List.of("input", "weight", "output"));
    for (String tensor : List.of("input", "weight", "output")) {
      names.put(tensor, Map.of("bits_per_value", (double) bits));
    }
    arch.knownKeys(
        List.of("nodes", "version"), List.of("extra_attributes_for_all_component_models"));
    List<YamlNode> nodes = arch.require("nodes").map(YamlNode::items).orElse(List.of());
    // the clock is that of the compute unit, which stands last
    nodes.stream()
        .filter(n -> n.tag().equals("!Compute"))
        .filter(this::enabled)
        .forEach(n -> compute = n);
    walk(nodes);
    if (compute == null) {
      arch.problem("there is no !Compute node");
    }
    if (levels.isEmpty()) {
      arch.problem("there is no !Memory node");
    }
  }

  private void walk(List<YamlNode> nodes) {
    for (YamlNode node : nodes) {
      switch (node.tag()) {
        case "!Memory" -> {
          if (enabled(node)) {
            memory(node);
          }
        }
        case "!Container" -> {
          node.knownKeys(KEYS, IGNORED);
          spatial(node);
        }
        case "!Compute" -> {
          node.knownKeys(KEYS, IGNORED);
          if (node == compute || enabled(node)) {
            spatial(node);
          }
        }
        case "!Hierarchical" -> walk(node.require("nodes").map(YamlNode::items).orElse(List.of()));
        default ->
            node.problem(
                "a node %s has no counterpart here, only !Memory, !Container, !Compute"
                    .formatted(node.tag()));
      }
    }
  }

  private boolean enabled(YamlNode node) {
    return node.get("enabled").map(e -> Expression.truth(value(e))).orElse(true);
  }

  private Object value(YamlNode node) {
    try {
      return Expression.value(node.text(), names::get, false);
    } catch (IllegalArgumentException unknown) {
      node.problem("'%s' has no value: %s".formatted(node.text(), unknown.getMessage()));
      return 1.0;
    }
  }

  private double number(YamlNode parent, String key, double fallback) {
    Optional<YamlNode> given = parent.get(key);
    if (given.isEmpty()) {
      return fallback;
    }
    Object value = value(given.get());
    if (value instanceof Double number && number >= 0) {
      return number;
    }
    given.get().problem("a number not below zero was expected, not " + given.get().text());
    return 1;
  }

  private YamlNode action(YamlNode node, String name) {
    return node.get("actions").map(YamlNode::items).orElse(List.of()).stream()
        .filter(a -> a.get("name").map(n -> n.text().equals(name)).orElse(false))
        .findFirst()
        .orElseGet(node::none);
  }

  private double hertz() {
    double given =
        compute == null ? 0 : number(action(compute, "compute"), "throughput", USUAL_HERTZ);
    return given > 0 && !Double.isInfinite(given) ? given : USUAL_HERTZ;
  }

  /** The clock; a throughput without a unit, of about 1, is no clock of a chip. */
  double clockMhz() {
    return hertz() < 1e3 ? USUAL_HERTZ / 1e6 : hertz() / 1e6;
  }

  private void memory(YamlNode node) {
    node.knownKeys(KEYS, IGNORED);
    spatial(node);
    String name = node.require("name").map(YamlNode::text).orElse("memory");
    double size = number(node, "size", Double.POSITIVE_INFINITY);
    long words = Double.isInfinite(size) ? MemoryLevel.UNBOUNDED : (long) (size / bits);
    YamlNode read = action(node, "read");
    YamlNode write = action(node, "write");
    double lineBits = number(read, "bits_per_action", 1);
    int line = (int) Math.max(1, lineBits / bits);
    MemoryLevel level =
        MemoryLevel.of(name, words)
            .wordBits(bits)
            .lineWords(line)
            .keeps(keeps(node))
            .energy(linePj(read, line), linePj(write, line), linePj(write, line))
            .leak(number(node, "leak_power", 0) * 1e12 / hertz())
            .area(number(node, "area", Double.NaN) * 1e12);
    Optional<YamlNode> latency = node.get("total_latency");
    boolean separate = latency.filter(l -> l.text().startsWith("max(")).isPresent();
    if (latency.isPresent() && !separate) {
      latency.get().warn("is not evaluated: throughputs of the actions are taken");
    }
    double reads = wordsPerCycle(read);
    double writes = wordsPerCycle(write);
    level =
        separate || reads != writes ? level.bandwidth(reads, writes) : level.sharedBandwidth(reads);
    String type = node.get("component_class").map(YamlNode::text).orElse("");
    levels.add(
        ClassCosts.priced(
            level, type.toLowerCase(Locale.ROOT).contains("ddr") ? "dram " + type : type, node));
  }

  /** Energy of a line; an action may move less than a word. */
  private double linePj(YamlNode action, int lineWords) {
    double moved = number(action, "bits_per_action", 1);
    return number(action, "energy", Double.NaN) * 1e12 * lineWords * bits / moved;
  }

  private double wordsPerCycle(YamlNode action) {
    double words =
        number(action, "throughput", Double.POSITIVE_INFINITY)
            * number(action, "bits_per_action", 1)
            / hertz()
            / bits;
    return words > 0 ? words : Double.POSITIVE_INFINITY;
  }

  private static Operand[] keeps(YamlNode node) {
    EnumSet<Operand> kept = EnumSet.noneOf(Operand.class);
    Optional<YamlNode> tensors = node.get("tensors");
    for (String key : List.of("keep", "may_keep")) {
      String text = tensors.flatMap(t -> t.get(key)).map(YamlNode::text).orElse("Nothing");
      if (ROLES.matcher(text).matches()) {
        for (String role : text.split("\\s*\\|\\s*")) {
          kept.add(Operand.valueOf(role.toUpperCase(Locale.ROOT)));
        }
      } else if (!text.equals("Nothing")) {
        kept.addAll(EnumSet.allOf(Operand.class));
      }
    }
    tensors.ifPresent(t -> t.knownKeys(List.of("keep", "may_keep"), List.of()));
    return tensors.isEmpty() ? Operand.values() : kept.toArray(Operand[]::new);
  }

  /** The fan-out above a node: a level that keeps nothing, of at most two directions. */
  private void spatial(YamlNode node) {
    List<YamlNode> given = node.get("spatial").map(YamlNode::items).orElse(List.of());
    if (given.isEmpty()) {
      return;
    }
    if (given.size() > 2) {
      node.problem("fan-outs in %d directions: 2 at most".formatted(given.size()));
      return;
    }
    given.forEach(
        side -> side.knownKeys(List.of("name", "fanout"), List.of("min_usage", "usage_scale")));
    int[] sides = {1, 1};
    for (int i = 0; i < given.size(); i++) {
      sides[i] = (int) number(given.get(i), "fanout", 1);
    }
    String name = node.get("name").map(YamlNode::text).orElse("container");
    levels.add(TimeloopNodes.fanout("inter_" + name + "_spatial").fanout(sides[0], sides[1]));
  }

  List<MemoryLevel> levels() {
    return levels;
  }

  MacUnit mac() {
    String name = compute.get("name").map(YamlNode::text).orElse("MAC");
    double energy = number(action(compute, "compute"), "energy", Double.NaN) * 1e12;
    double area = number(compute, "area", Double.NaN) * 1e12;
    return Double.isNaN(energy)
        ? ClassCosts.mac(name, compute, area)
        : new MacUnit(name, energy, energy, 0, area);
  }
}
