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
 * instance) in the same file. Without tables and attributes, energies and areas are unknown: NaN,
 * not 0.
 *
 * <p>A component {@code name[1..N]} has N instances in every instance of its subtree. The fan-out
 * of a level is the ratio of the inner component's {@code meshX} and {@code meshY} to its own.
 * Energy and area of the arithmetic component are read; its leakage is not, as Timeloop does not
 * charge it. Without {@code tile_width}, the length of a hop is the square root of the area below
 * one instance (Timeloop, topology, floor plan). The clock is 1,000 MHz, as the format has none.
 * Other keys of Timeloop's generators are ignored, with one warning per key.
 */
public final class TimeloopArchitecture {
  private static final double CLOCK_MHZ = 1000;
  private static final Pattern RANGE = Pattern.compile("(.*)\\[(\\d{1,9})\\.\\.(\\d{1,9})\\]");

  /** Parts of class names that identify storage, as in Timeloop. */
  private static final List<String> STORAGE =
      List.of("dram", "sram", "regfile", "smartbuffer", "storage", "buffer", "register");

  private static final List<String> ARITHMETIC = List.of("mac", "compute", "mult");
  private static final List<String> NETWORK = List.of("network", "noc");

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
    Problems problems = new Problems();
    Library.YAML.need("YAML files");
    YamlNode root = YamlFile.read(file, problems);
    TimeloopArchitecture reader = new TimeloopArchitecture(root);
    Sections.check(root, List.of("architecture", "ERT", "ART"));
    Optional<YamlNode> architecture = architecture(root);
    if (architecture.isPresent()) {
      architecture
          .get()
          .onlyKeys(List.of("version", "subtree", "nodes", "name", "attributes"), List.of());
      reader.nodes(architecture.get());
      reader.walk(architecture.get(), 1);
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
                CLOCK_MHZ,
                Dataflow.UNCONSTRAINED,
                reader.source(root, mac),
                Overheads.NONE));
  }

  /** The tree, or a message that names the form found instead. */
  private static Optional<YamlNode> architecture(YamlNode root) {
    if (root.get("arch").isPresent() && root.get("architecture").isEmpty()) {
      root.get("arch")
          .get()
          .problem("lists of storage and arithmetic are not read: architecture with subtree is");
      return Optional.empty();
    }
    Optional<YamlNode> architecture = root.require("architecture");
    if (architecture.isPresent() && architecture.get().get("subtree").isEmpty()) {
      YamlNode node = architecture.get();
      if (node.get("local").isPresent()) {
        node.problem(
            "Accelergy's flat list of components has no tree: the architecture that it was made"
                + " from has");
        return Optional.empty();
      }
    }
    return architecture;
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
    if (byClass != null) {
      return byClass;
    }
    if (!mac.isPriced()) {
      missing.add(unit.name() + " (class " + unit.type() + ")");
    }
    return missing.isEmpty()
        ? "tables of " + root.file()
        : root.file() + " has no ERT, the table of energies, with " + String.join(", ", missing);
  }

  /** Places the nodes of format 0.4; without tables their costs are those of their classes. */
  private void nodes(YamlNode architecture) {
    for (TimeloopNodes.Part part : TimeloopNodes.of(architecture).parts()) {
      YamlNode attributes = part.attributes();
      long instances = part.meshX() * part.meshY();
      if (part.node() == null) {
        MemoryLevel level = TimeloopNodes.fanout(part.name());
        storage.add(
            new Placed(attributes, part.name(), "", instances, part.meshX(), part.meshY(), level));
        continue;
      }
      String type =
          part.node().get("class").map(YamlNode::text).orElse("storage")
              + part.node().get("subclass").map(s -> " " + s.text()).orElse("");
      if (contains(type, NETWORK)) {
        part.node().ignored(type);
        continue;
      }
      place(part.node(), part.name(), type, attributes, instances, part.meshX(), part.meshY());
      if (energies.isEmpty()) {
        price(architecture, attributes);
      }
    }
  }

  /** Prices the components without a table by their classes, and says so once. */
  private void price(YamlNode architecture, YamlNode attributes) {
    int last = storage.size() - 1;
    if (last >= 0) {
      Placed placed = storage.get(last);
      MemoryLevel level = ClassCosts.priced(placed.level(), placed.type(), placed.node());
      storage.set(last, placed.level(level));
    }
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
    // Constraints of a component are read from the constraints' own section.
    component.knownKeys(
        List.of("name", "class", "attributes", "subclass", "required_actions", "enabled"),
        List.of("constraints"));
    if (!component.isMapping()) {
      return;
    }
    String label = component.require("name").map(YamlNode::text).orElse("component");
    String type = component.require("class").map(YamlNode::text).orElse("storage");
    String bare = bare(label);
    YamlNode attributes = component.get("attributes").orElseGet(component::none);
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
    if (contains(type, PARTS) && !contains(type, STORAGE)) {
      component.ignored(type);
      return;
    }
    if (contains(type, NETWORK)) {
      component.problem(
          "networks are read from the attributes of the storage above them, not from class "
              + type);
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
      Placed outer = storage.get(i);
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
      return ClassCosts.mac(unit, attributes);
    }
    // The format has one energy per operation: an addition costs as much.
    return new MacUnit(unit, energy, energy, 0, area);
  }
}
