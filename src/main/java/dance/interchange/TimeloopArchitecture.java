package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.check.Library;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an architecture in the forms of Timeloop's formats 0.1 to 0.4: {@code architecture}, the
 * {@linkplain TimeloopNodes nodes} of 0.4, or a tree with one branch that lists its components
 * outermost first, with {@code ERT} (pJ per line access) and {@code ART} (square micrometres per
 * instance) in the same file. Without tables and attributes they are those of the classes in our
 * technology; what does not follow from class and size is unknown: NaN, not 0.
 *
 * <p>A component {@code name[1..N]} has N instances in every instance of its subtree. The fan-out
 * of a level is the ratio of the inner component's {@code meshX} and {@code meshY} to its own.
 * Energy and area of the arithmetic component are read; its leakage is not, as Timeloop does not
 * charge it. Without {@code tile_width}, the length of a hop is the square root of the area below
 * one instance (Timeloop, topology, floor plan). The clock is that of {@code global_cycle_seconds},
 * else 1,000 MHz. Other keys of Timeloop's generators are ignored, with one warning per key.
 */
public final class TimeloopArchitecture {
  private static final double CLOCK_MHZ = 1000;
  private static final Pattern RANGE = Pattern.compile("(.*)\\[(\\d{1,9})\\.\\.(\\d{1,9})\\]");

  /** Parts of class names that identify storage, as in Timeloop. */
  private static final List<String> STORAGE =
      List.of("dram", "sram", "regfile", "smartbuffer", "storage", "buffer", "register");

  private static final List<String> ARITHMETIC = List.of("mac", "compute", "mult");
  private static final List<String> NETWORK = List.of("network", "noc", "multicast");

  /** Parts of a class name that make it arithmetic although it also names a part of a MAC. */
  private static final List<String> MAC = List.of("mac", "compute");

  /** Components inside a memory or a MAC that Accelergy lists and Timeloop does not simulate. */
  private static final List<String> PARTS =
      List.of("wire", "adder", "comparator", "counter", "fifo", "crossbar", "decoder", "memcell");

  /** The width of the operands is in the energy and area tables already. */
  private static final List<String> ARITHMETIC_KNOWN =
      List.of(
          "instances",
          "meshX",
          "meshY",
          "datawidth",
          "word_bits",
          "word_width",
          "width",
          "energy",
          "area");

  private static final List<String> ARITHMETIC_IGNORED =
      List.of(
          "num_pipeline_stages",
          "adder_width",
          "multiplier_width",
          "network_operand",
          "network_result");

  /** A component with its class and its place in the array. */
  private record Placed(
      YamlNode node,
      String name,
      String type,
      long instances,
      long meshX,
      long meshY,
      MemoryLevel level) {
    Placed level(MemoryLevel other) {
      return new Placed(node, name, type, instances, meshX, meshY, other);
    }
  }

  private final Optional<ActionTable> energies;
  private final Optional<ActionTable> areas;
  private final List<Placed> storage = new ArrayList<>();
  private final List<Placed> arithmetic = new ArrayList<>();
  private String name = "accelerator";

  /** Where the costs of classes are from; null if the file's tables hold them. */
  private String byClass;

  private TimeloopArchitecture(YamlNode root) {
    energies = root.get("ERT").map(ActionTable::energies);
    areas = root.get("ART").map(ActionTable::areas);
  }

  /**
   * Reads an accelerator.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<Accelerator> read(Path file) {
    return read(List.of(file));
  }

  /**
   * Reads an accelerator from several files, such as the components, their tables and variables.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<Accelerator> read(List<Path> files) {
    Problems problems = new Problems();
    Library.YAML.need("YAML files");
    return read(YamlFile.read(files, problems), problems);
  }

  /** The accelerator of a document. */
  static Parsed<Accelerator> read(YamlNode root, Problems problems) {
    TimeloopArchitecture reader = new TimeloopArchitecture(root);
    Sections.check(root, List.of("architecture", "arch", "ERT", "ART"));
    Optional<YamlNode> architecture = architecture(root);
    if (architecture.isEmpty()) {
      root.require("architecture");
    }
    if (architecture.isPresent()) {
      reader.components(architecture.get());
      reader.price(architecture.get());
      if (reader.storage.isEmpty()) {
        architecture.get().problem("there is no storage component");
      }
      if (reader.arithmetic.size() != 1) {
        architecture
            .get()
            .problem("one arithmetic component was expected, not " + reader.arithmetic.size());
      }
    }
    MacUnit mac = problems.any() ? null : reader.mac();
    List<MemoryLevel> levels = mac == null ? List.of() : reader.levels(mac);
    reader.energies.ifPresent(ActionTable::warnUnused);
    reader.areas.ifPresent(ActionTable::warnUnused);
    return problems.finish(
        root.file(),
        () ->
            new Accelerator(
                reader.name,
                levels,
                mac,
                clockMhz(root),
                Dataflow.UNCONSTRAINED,
                reader.source(root, mac),
                Overheads.NONE));
  }

  /** The components, in whichever of the formats' forms they are. */
  private void components(YamlNode architecture) {
    if (architecture.get("storage").isPresent()) {
      architecture.knownKeys(List.of("version", "name", "arithmetic", "storage"), List.of());
      lists(architecture);
      return;
    }
    architecture.knownKeys(
        List.of("version", "subtree", "nodes", "name", "attributes", "local"), List.of());
    nodes(architecture);
    if (architecture.get("subtree").isEmpty()) {
      architecture.get("local").ifPresent(this::flattened);
    }
    walk(architecture, 1);
  }

  /** The lists of storage, innermost first, and arithmetic of format 0.1. */
  private void lists(YamlNode architecture) {
    List<YamlNode> levels = new ArrayList<>(architecture.require("storage").get().items());
    Collections.reverse(levels);
    for (YamlNode level : levels) {
      listed(level, level.require("name").map(YamlNode::text).orElse("level"), "storage");
    }
    architecture
        .require("arithmetic")
        .ifPresent(
            unit -> listed(unit, unit.get("name").map(YamlNode::text).orElse("MAC"), "compute"));
  }

  private void listed(YamlNode node, String label, String kind) {
    String type =
        node.get("class").map(YamlNode::text).orElse("")
            + " "
            + node.get("technology").map(YamlNode::text).orElse("")
            + " "
            + kind;
    YamlNode attributes = node.without(List.of("name", "class"));
    component(node, label, type, attributes, 1);
  }

  /** Accelergy's list of all components with their paths: those with shorter paths are outside. */
  private void flattened(YamlNode list) {
    List<YamlNode> components = new ArrayList<>(list.items());
    components.removeIf(c -> !c.isMapping());
    components.sort(Comparator.comparingInt(c -> parts(c).length));
    for (YamlNode component : components) {
      String type = component.get("class").map(YamlNode::text).orElse("");
      if (contains(type, NETWORK)) {
        leftOut(component, type);
        continue;
      }
      String[] parts = parts(component);
      long outside = 1;
      for (String part : Arrays.asList(parts).subList(0, parts.length - 1)) {
        outside = times(component, outside, count(component, part));
      }
      component(component, parts[parts.length - 1], outside);
    }
  }

  /** The parts of a component's path; dots of a range separate nothing. */
  private static String[] parts(YamlNode component) {
    return component.get("name").map(YamlNode::text).orElse("").split("\\.(?![^\\[]*\\])");
  }

  private static Optional<YamlNode> architecture(YamlNode root) {
    return root.get("architecture").isPresent() ? root.get("architecture") : root.get("arch");
  }

  /** The clock of {@code global_cycle_seconds}, in the innermost place that has it. */
  private static double clockMhz(YamlNode root) {
    double seconds = cycleSeconds(architecture(root).orElse(root));
    seconds = seconds > 0 ? seconds : root.get("variables").map(v -> seconds(v)).orElse(0.0);
    return seconds > 0 ? 1e-6 / seconds : CLOCK_MHZ;
  }

  private static double cycleSeconds(YamlNode node) {
    double seconds = node.get("attributes").map(a -> seconds(a)).orElse(0.0);
    for (String key : List.of("nodes", "subtree")) {
      for (YamlNode child :
          node.get(key).filter(YamlNode::isList).map(YamlNode::items).orElse(List.of())) {
        seconds = Math.max(seconds, cycleSeconds(child));
      }
    }
    return seconds;
  }

  /** Placeholders such as -1 or 1 are no cycles. */
  private static double seconds(YamlNode attributes) {
    String text =
        attributes
            .get("global_cycle_seconds")
            .filter(YamlNode::isScalar)
            .map(YamlNode::text)
            .orElse("");
    double seconds =
        text.matches("\\d+\\.?\\d*([eE][-+]?\\d{1,3})?") ? Double.parseDouble(text) : 0;
    return seconds > 1e-13 && seconds < 1e-3 ? seconds : 0;
  }

  /** Source of the energies and areas, and what is missing. */
  private String source(YamlNode root, MacUnit mac) {
    List<String> missing = new ArrayList<>();
    for (Placed placed : storage) {
      if (!placed.level().isPriced()) {
        missing.add(placed.name() + " (class " + placed.type() + ")");
      }
    }
    Placed unit = arithmetic.get(0);
    if (!mac.isPriced()) {
      missing.add(unit.name() + " (class " + unit.type() + ")");
    }
    return missing.isEmpty()
        ? byClass == null ? "tables of " + root.file() : byClass
        : root.file() + " has no ERT, the table of energies, with " + String.join(", ", missing);
  }

  /** Places the nodes of format 0.4; without tables their costs are those of their classes. */
  private void nodes(YamlNode architecture) {
    for (TimeloopNodes.Part part : TimeloopNodes.of(architecture).parts()) {
      YamlNode attributes = part.attributes();
      long instances = part.meshX() * part.meshY();
      if (part.node() == null) {
        MemoryLevel level =
            TimeloopNodes.fanout(part.name())
                .interconnect(ArchitectureLevel.interconnect(attributes, 16));
        storage.add(
            new Placed(attributes, part.name(), "", instances, part.meshX(), part.meshY(), level));
        continue;
      }
      String type =
          part.node().get("class").map(YamlNode::text).orElse("storage")
              + part.node().get("subclass").map(s -> " " + s.text()).orElse("");
      if (keeps(part.node())) {
        type = type.replaceFirst("^dummy_?", "");
      }
      if (contains(type, NETWORK)) {
        leftOut(part.node(), type);
        continue;
      }
      place(part.node(), part.name(), type, attributes, instances, part.meshX(), part.meshY());
    }
  }

  private static void leftOut(YamlNode network, String type) {
    network.once(
        type,
        type
            + " is left out: its energy and area are not counted. Networks are read from the"
            + " attributes of the storage above them.");
  }

  /** Whether a node of a class that keeps nothing says what it is, or what it keeps. */
  private static boolean keeps(YamlNode node) {
    Optional<YamlNode> kept =
        node.get("constraints")
            .flatMap(c -> c.get("dataspace"))
            .flatMap(d -> d.get("keep_only", "keep"));
    return node.get("subclass").isPresent()
        || kept.filter(YamlNode::isList).map(k -> !k.items().isEmpty()).orElse(false);
  }

  /** Prices components without a table or energies by their classes, and says so once. */
  private void price(YamlNode architecture) {
    if (energies.isPresent()) {
      return;
    }
    for (int i = 0; i < storage.size(); i++) {
      Placed placed = storage.get(i);
      if (placed.type().isEmpty() || placed.level().isPriced()) {
        continue;
      }
      storage.set(i, placed.level(ClassCosts.priced(placed.level(), placed.type(), placed.node())));
      byClass(architecture, placed.node());
    }
    for (Placed unit : arithmetic) {
      if (unit.node().get("energy").isEmpty()) {
        byClass(architecture, unit.node());
      }
    }
  }

  private void byClass(YamlNode architecture, YamlNode attributes) {
    if (byClass == null) {
      byClass = ClassCosts.technology(attributes).label();
      architecture.warn("has no ERT: energies and areas are by class and size, " + byClass);
    }
  }

  /** Walks down the branch, collecting components outermost first. */
  private void walk(YamlNode parent, long multiplication) {
    Optional<YamlNode> subtree = parent.get("subtree");
    if (subtree.isEmpty()) {
      return;
    }
    List<YamlNode> branches = subtree.get().items();
    if (branches.size() != 1) {
      subtree.get().problem("one subtree was expected, not " + branches.size());
      return;
    }
    YamlNode branch = branches.get(0);
    branch.onlyKeys(
        List.of("name", "local", "subtree", "attributes"), List.of("required_actions", "class"));
    branch.get("attributes").ifPresent(TimeloopArchitecture::inherited);
    String label = branch.require("name").map(YamlNode::text).orElse("subtree");
    if (storage.isEmpty()) {
      name = bare(label);
    }
    long inside = times(branch, multiplication, count(branch, label));
    branch.get("local").ifPresent(l -> l.items().forEach(c -> component(c, inside)));
    walk(branch, inside);
  }

  private void component(YamlNode component, long multiplication) {
    component(
        component,
        component.require("name").map(YamlNode::text).orElse("component"),
        multiplication);
  }

  private void component(YamlNode component, String label, long multiplication) {
    // Constraints of a component are read from the constraints' own section.
    component.knownKeys(
        List.of("name", "class", "attributes", "subclass", "required_actions", "enabled"),
        List.of("constraints", "area_share", "energy_share", "area_scale", "energy_scale"));
    if (!component.isMapping()) {
      return;
    }
    String type =
        component
            .get("class")
            .or(() -> component.get("subclass"))
            .or(() -> component.require("class"))
            .map(YamlNode::text)
            .orElse("storage");
    YamlNode attributes = component.get("attributes").orElseGet(component::none);
    component(component, label, type, attributes, multiplication);
  }

  private void component(
      YamlNode component, String label, String type, YamlNode attributes, long multiplication) {
    String bare = bare(label);
    long instances =
        attributes
            .get("instances")
            .map(n -> n.integer(1, Integer.MAX_VALUE, 1))
            .orElseGet(() -> times(component, multiplication, count(component, label)));
    long meshX = mesh(attributes, "meshX", instances, "meshY");
    long meshY =
        attributes.get("meshY").isPresent() || attributes.get("meshX").isPresent()
            ? mesh(attributes, "meshY", instances, "meshX")
            : 1;
    if (meshX * meshY != instances) {
      attributes.problem(
          String.format(
              "meshX × meshY (%d × %d) must be the number of instances of %s (%d)",
              meshX, meshY, bare, instances));
    }
    place(component, bare, type, attributes, instances, meshX, meshY);
  }

  private void place(
      YamlNode component,
      String bare,
      String type,
      YamlNode attributes,
      long instances,
      long meshX,
      long meshY) {
    Set<String> names = new HashSet<>();
    storage.forEach(p -> names.add(p.name()));
    if (names.contains(bare)) {
      component.problem("a second component is called " + bare);
    }
    if (contains(type, PARTS) && !contains(type, STORAGE) && !contains(type, MAC)) {
      component.ignored(type);
      return;
    }
    if (contains(type, NETWORK)) {
      leftOut(component, type);
    } else if (contains(type, STORAGE)) {
      MemoryLevel level = ArchitectureLevel.read(bare, type, attributes, energies, areas);
      storage.add(new Placed(attributes, bare, type, instances, meshX, meshY, level));
    } else if (contains(type, ARITHMETIC)) {
      List<String> ignored = new ArrayList<>(ArchitectureLevel.IGNORED);
      ignored.addAll(ARITHMETIC_IGNORED);
      attributes.knownKeys(ARITHMETIC_KNOWN, ignored);
      if (energies.isPresent() && !energies.get().has(bare) && attributes.get("energy").isEmpty()) {
        energies.get().missing(bare);
      }
      arithmetic.add(new Placed(attributes, bare, type, instances, meshX, meshY, null));
    } else {
      component.problem(
          "unknown class "
              + type
              + ": storage has one of "
              + STORAGE
              + " in its class, arithmetic one of "
              + ARITHMETIC);
    }
  }

  /** Attributes that Accelergy passes down to the components; Timeloop does not. */
  private static void inherited(YamlNode attributes) {
    for (YamlNode.Entry entry : attributes.entries()) {
      if (ArchitectureLevel.KNOWN.contains(YamlNode.normal(entry.key()))) {
        entry.value().warn("is not passed down to the components, as in Timeloop");
      }
    }
  }

  private static long mesh(YamlNode attributes, String key, long instances, String other) {
    Optional<YamlNode> given = attributes.get(key);
    if (given.isPresent()) {
      return given.get().integer(1, Integer.MAX_VALUE, 1);
    }
    long across = attributes.get(other).map(n -> n.integer(1, Integer.MAX_VALUE, 1)).orElse(1L);
    return Math.max(1, instances / across);
  }

  private static long times(YamlNode node, long outside, long count) {
    if (outside * count > Integer.MAX_VALUE) {
      node.problem(
          "more than " + Integer.MAX_VALUE + " instances (" + outside + " × " + count + ")");
      return 1;
    }
    return outside * count;
  }

  private static boolean contains(String type, List<String> parts) {
    String lower = type.toLowerCase(Locale.ROOT);
    return parts.stream().anyMatch(lower::contains);
  }

  private static String bare(String label) {
    int bracket = label.indexOf('[');
    return bracket < 0 ? label : label.substring(0, bracket);
  }

  private static long count(YamlNode node, String label) {
    Matcher range = RANGE.matcher(label);
    if (range.matches()) {
      long count = Long.parseLong(range.group(3)) - Long.parseLong(range.group(2)) + 1;
      if (count >= 1 && count <= Integer.MAX_VALUE) {
        return count;
      }
      node.problem("range of " + label + " has " + count + " instances: at least 1 was expected");
      return 1;
    }
    if (label.indexOf('[') >= 0) {
      node.problem("name[first..last] was expected, not " + label);
    }
    return 1;
  }

  /** Levels with fan-outs and hop lengths, outermost first. */
  private List<MemoryLevel> levels(MacUnit mac) {
    List<MemoryLevel> levels = new ArrayList<>();
    OptionalDouble wire = wirePj();
    Placed inner = arithmetic.get(0);
    double innerTileUm2 = known(mac.areaUm2());
    for (int i = storage.size() - 1; i >= 0; i--) {
      Placed outer = shaped(storage.get(i), inner);
      int fanoutX = fanout(inner, outer, "meshX", inner.meshX(), outer.meshX());
      int fanoutY = fanout(inner, outer, "meshY", inner.meshY(), outer.meshY());
      Interconnect network = outer.level().interconnect();
      if (network.tileWidthUm() == 0) {
        network = network.tileWidthUm(Math.sqrt(innerTileUm2));
      }
      if (wire.isPresent()) {
        network = network.wirePjPerBitMm(wire.getAsDouble());
      }
      levels.add(0, outer.level().fanout(fanoutX, fanoutY).interconnect(network));
      innerTileUm2 = known(outer.level().areaUm2()) + innerTileUm2 * fanoutX * fanoutY;
      inner = outer;
    }
    return levels;
  }

  /** As many instances as there are inside, without a shape of their own, stand as those do. */
  private static Placed shaped(Placed outer, Placed inner) {
    boolean given = outer.node().get("meshX", "meshY").isPresent();
    return given || outer.instances() != inner.instances()
        ? outer
        : new Placed(
            outer.node(),
            outer.name(),
            outer.type(),
            outer.instances(),
            inner.meshX(),
            inner.meshY(),
            outer.level());
  }

  /** Wire energy of an ERT component "wire", for all interconnects. */
  private OptionalDouble wirePj() {
    for (String component : List.of("wire", "Wire")) {
      if (energies.isPresent() && energies.get().has(component)) {
        return energies.get().value(component, "transfer_random");
      }
    }
    return OptionalDouble.empty();
  }

  private static int fanout(Placed inner, Placed outer, String key, long below, long above) {
    if (below % above != 0) {
      inner
          .node()
          .problem(
              String.format(
                  "%s of %s (%d) must be a multiple of that of %s (%d)",
                  key, inner.name(), below, outer.name(), above));
      return 1;
    }
    return (int) (below / above);
  }

  /** Hop lengths follow from the known areas only. */
  private static double known(double areaUm2) {
    return Double.isNaN(areaUm2) ? 0 : areaUm2;
  }

  private MacUnit mac() {
    Placed placed = arithmetic.get(0);
    String unit = placed.name();
    YamlNode attributes = placed.node();
    double energy = attributes.get("energy").map(n -> n.decimal(true, 0)).orElse(Double.NaN);
    if (energies.isPresent() && (Double.isNaN(energy) || energies.get().has(unit))) {
      energy = energies.get().require(unit, "mac_random", "mult_random", "mac", "mult", "compute");
    }
    double area = attributes.get("area").map(n -> n.decimal(true, 0)).orElse(Double.NaN);
    if (areas.isPresent()) {
      area = areas.get().value(unit, "area").orElse(area);
    }
    if (Double.isNaN(energy) && byClass != null) {
      return ClassCosts.mac(unit, attributes, area);
    }
    // The format has one energy per operation: an addition costs as much.
    return new MacUnit(unit, energy, energy, 0, area);
  }
}
