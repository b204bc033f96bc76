package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An accelerator of ZigZag 3 (Mei et al., IEEE TC 2021): {@code memories}, innermost first, around
 * an {@code operational_array} of named dimensions.
 *
 * <p>A memory serves some dimensions of the array; there is one instance for each place in the
 * others. Our levels are one chain, each with the fan-out to the next: what a memory serves and
 * what the one inside of it does not is its fan-out, at most two dimensions a level, further ones
 * in levels that keep nothing. Memories that do not lie inside of one another, and compute in
 * memory, have no counterpart and are named. Sizes and bandwidths are in bits, energies in
 * picojoules per access of the widest port; areas have a unit of the author's own and are unknown.
 * I1 is the input, I2 the weights, as ZigZag's own mappings link them.
 */
final class ZigZagArchitecture {
  private static final double CLOCK_MHZ = 1000;
  private static final int USUAL_BITS = 8;

  private static final Map<String, Operand> OPERANDS =
      Map.of("I1", Operand.INPUT, "I2", Operand.WEIGHT, "O", Operand.OUTPUT);

  private static final List<String> MEMORY =
      List.of(
          "size",
          "r_cost",
          "w_cost",
          "operands",
          "ports",
          "served_dimensions",
          "force_double_buffering",
          "auto_cost_extraction",
          "mem_type");

  private static final List<String> MEMORY_IGNORED =
      List.of("area", "latency", "shared_memory_group_id");

  private static final List<String> ARRAY =
      List.of("dimensions", "sizes", "unit_energy", "input_precision", "is_imc");

  private static final List<String> IN_MEMORY =
      List.of("imc_type", "adc_resolution", "bit_serial_precision", "cells_size");

  private final YamlNode root;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();
  private final List<Memory> memories = new ArrayList<>();
  private int bits = USUAL_BITS;

  private ZigZagArchitecture(YamlNode root) {
    this.root = root;
  }

  /**
   * A memory and the dimensions of the array that one instance serves.
   *
   * @param order place in the file, innermost first
   */
  private record Memory(
      YamlNode node, int order, Set<Operand> keeps, Set<String> served, MemoryLevel level) {
    boolean shares(Memory other) {
      return keeps.stream().anyMatch(other.keeps::contains);
    }
  }

  /** Why a document is none of these; null if it is one. */
  static String refusal(YamlNode root) {
    return root.get("memories").isPresent() && root.get("operational_array").isPresent()
        ? null
        : "it has no keys memories and operational_array";
  }

  static Parsed<Accelerator> read(YamlNode root, Problems problems) {
    ZigZagArchitecture reader = new ZigZagArchitecture(root);
    root.knownKeys(
        List.of("name", "memories", "operational_array"), List.of("dataflows", "id", "core_type"));
    YamlNode array = root.require("operational_array").orElseGet(root::none);
    reader.array(array);
    root.require("memories").ifPresent(reader::memories);
    List<MemoryLevel> levels = problems.any() ? List.of() : reader.chain();
    String name = root.get("name").map(YamlNode::text).orElse("zigzag");
    double energy =
        array.get("unit_energy").map(n -> n.decimal(true, Double.NaN)).orElse(Double.NaN);
    MacUnit mac =
        Double.isNaN(energy)
            ? ClassCosts.mac("MAC", array.none(), Double.NaN)
            : new MacUnit("MAC", energy, energy, 0, Double.NaN);
    root.warn(
        "words have %d bits, those of outputs alone %d; the clock is %,.0f MHz; areas have no known unit"
            .formatted(reader.bits, 2 * reader.bits, CLOCK_MHZ));
    return problems.finish(
        root.file(),
        () ->
            new Accelerator(
                name,
                levels,
                mac,
                CLOCK_MHZ,
                Dataflow.UNCONSTRAINED,
                "energies of " + root.file(),
                Overheads.NONE));
  }

  private void array(YamlNode array) {
    List<String> ignored = new ArrayList<>(IN_MEMORY);
    ignored.add("unit_area");
    array.knownKeys(ARRAY, ignored);
    if (array.get("is_imc").map(n -> n.yes(false)).orElse(false)) {
      array.problem("compute in memory has no counterpart here: an array of MAC units is read");
    }
    List<YamlNode> names = array.require("dimensions").map(YamlNode::items).orElse(List.of());
    List<YamlNode> bounds = array.require("sizes").map(YamlNode::items).orElse(List.of());
    if (names.size() != bounds.size()) {
      array.problem(names.size() + " dimensions have " + bounds.size() + " sizes");
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      int size = (int) bounds.get(i).integer(1, 1 << 20, 1);
      if (sizes.put(names.get(i).text(), size) != null) {
        names.get(i).problem("dimension " + names.get(i).text() + " is listed twice");
      }
    }
    if (sizes.values().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b)
        > Integer.MAX_VALUE) {
      array.problem("more than " + Integer.MAX_VALUE + " MAC units");
    }
    array.get("input_precision").ifPresent(this::precision);
  }

  /** The wider of the two operands: a level has words of one width. */
  private void precision(YamlNode node) {
    int[] widths = node.items().stream().mapToInt(n -> (int) n.integer(1, 1024, 8)).toArray();
    bits = Arrays.stream(widths).max().orElse(bits);
    if (widths.length == 2 && widths[0] != widths[1]) {
      node.warn("operands have one width here: the wider one is taken, %d bits".formatted(bits));
    }
  }

  private void memories(YamlNode all) {
    int order = 0;
    for (YamlNode.Entry entry : all.entries()) {
      if (entry.value().isMapping()) {
        memories.add(memory(entry.key(), entry.value(), order++));
      } else {
        entry.value().problem("a memory with size, costs, operands and ports was expected");
      }
    }
    if (memories.isEmpty()) {
      all.problem("there is no memory");
    }
  }

  private Memory memory(String name, YamlNode node, int order) {
    node.knownKeys(MEMORY, MEMORY_IGNORED);
    Set<Operand> keeps = new LinkedHashSet<>();
    for (YamlNode item : node.require("operands").map(YamlNode::items).orElse(List.of())) {
      Operand operand = OPERANDS.get(item.text());
      if (operand == null) {
        item.problem("operands are I1 (inputs), I2 (weights) and O, not " + item.text());
      } else {
        keeps.add(operand);
      }
    }
    Set<String> served = new TreeSet<>();
    for (YamlNode item : node.require("served_dimensions").map(YamlNode::items).orElse(List.of())) {
      if (sizes.containsKey(item.text())) {
        served.add(item.text());
      } else {
        item.problem(
            "the array has no dimension "
                + item.text()
                + ", only "
                + sizes.keySet()
                + Problems.maybe(item.text(), sizes.keySet()));
      }
    }
    int wordBits = keeps.equals(Set.of(Operand.OUTPUT)) ? 2 * bits : bits;
    long words =
        node.require("size").map(n -> n.integer(1, 1L << 50, wordBits)).orElse(1L) / wordBits;
    MemoryLevel level =
        MemoryLevel.of(name, words)
            .wordBits(wordBits)
            .keeps(keeps.toArray(Operand[]::new))
            .multipleBuffering(
                node.get("force_double_buffering").map(n -> n.yes(false)).orElse(false) ? 2 : 1);
    ZigZagPorts ports = ZigZagPorts.of(node, wordBits);
    level = ports.on(level);
    boolean derived = node.get("auto_cost_extraction").map(n -> n.yes(false)).orElse(false);
    if (derived) {
      String type = node.get("mem_type").map(YamlNode::text).orElse("sram");
      level =
          ClassCosts.priced(
              level.energy(Double.NaN, Double.NaN, Double.NaN).area(Double.NaN), type, node.none());
      node.once("costs", "costs are those of its class, " + ClassCosts.technology(root).label());
    } else {
      double write = cost(node, "w_cost") * ports.writeShare();
      level = level.energy(cost(node, "r_cost") * ports.readShare(), write, write).area(Double.NaN);
    }
    return new Memory(node, order, keeps, served, level);
  }

  private static double cost(YamlNode node, String key) {
    return node.require(key).map(n -> n.decimal(true, Double.NaN)).orElse(Double.NaN);
  }

  /** The levels, outermost first, with the fan-outs between them. */
  private List<MemoryLevel> chain() {
    List<Memory> outermostFirst = new ArrayList<>(memories);
    outermostFirst.sort(
        Comparator.comparingInt((Memory m) -> -m.served().size())
            .thenComparingInt(m -> -m.order()));
    List<MemoryLevel> levels = new ArrayList<>();
    Set<String> left = new LinkedHashSet<>(sizes.keySet());
    for (int i = 0; i < outermostFirst.size(); i++) {
      Memory memory = outermostFirst.get(i);
      if (i == 0 && !memory.served().containsAll(left)) {
        Set<String> missing = new LinkedHashSet<>(left);
        missing.removeAll(memory.served());
        memory.node().problem("the outermost memory must serve the whole array, also " + missing);
      }
      Memory inside = i + 1 < outermostFirst.size() ? outermostFirst.get(i + 1) : null;
      if (inside != null && !nested(memory, inside)) {
        continue;
      }
      Set<String> below = inside == null ? Set.of() : inside.served();
      List<String> fanout = left.stream().filter(d -> !below.contains(d)).toList();
      left.removeAll(fanout);
      fanOut(levels, memory.level(), fanout);
    }
    return levels;
  }

  private static boolean nested(Memory outer, Memory inner) {
    if (!outer.served().containsAll(inner.served())) {
      inner
          .node()
          .problem(
              "serves %s and %s serves %s: neither is inside of the other, and levels are one chain here"
                  .formatted(inner.served(), outer.level().name(), outer.served()));
      return false;
    }
    if (outer.order() < inner.order() && outer.shares(inner)) {
      inner
          .node()
          .problem(
              "is outside of %s, which serves more of the array".formatted(outer.level().name()));
      return false;
    }
    return true;
  }

  private void fanOut(List<MemoryLevel> levels, MemoryLevel level, List<String> dimensions) {
    MemoryLevel above = level;
    for (int i = 0; i < dimensions.size() || i == 0; i += 2) {
      int x = i < dimensions.size() ? sizes.get(dimensions.get(i)) : 1;
      int y = i + 1 < dimensions.size() ? sizes.get(dimensions.get(i + 1)) : 1;
      // one dimension alone keeps its side: odd ones are rows
      boolean alongY = dimensions.size() == i + 1 && dimensions.get(i).matches("D[2468]");
      levels.add(alongY ? above.fanout(1, x) : above.fanout(x, y));
      above = TimeloopNodes.fanout("inter_" + level.name() + "_" + (i / 2 + 2) + "_spatial");
    }
  }
}
