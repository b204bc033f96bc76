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
 * Reads an architecture in Timeloop's format 0.4: {@code architecture}, a tree with one branch that
 * lists its components outermost first, with {@code ERT} (pJ per line access) and {@code ART}
 * (square micrometres per instance) in the same file.
 *
 * <p>A component {@code name[1..N]} has N instances in every instance of its subtree. The fan-out
 * of a level is the ratio of the inner component's {@code meshX} and {@code meshY} to its own. Of
 * the arithmetic, energy and area are read; its leakage is not, as Timeloop does not charge it.
 * Where no {@code tile_width} is given, a hop is as long as the square root of the area of what
 * lies below one instance (Timeloop, topology, floor plan). The clock is 1,000 MHz: the format has
 * none.
 */
public final class TimeloopArchitecture {
  private static final double CLOCK_MHZ = 1000;
  private static final Pattern RANGE = Pattern.compile("(.*)\\[(\\d{1,9})\\.\\.(\\d{1,9})\\]");

  /** Parts of class names by which Timeloop tells storage, and what else it builds on. */
  private static final List<String> STORAGE =
      List.of("dram", "sram", "regfile", "smartbuffer", "storage", "buffer", "register");

  private static final List<String> ARITHMETIC = List.of("mac", "compute", "mult");
  private static final List<String> NETWORK = List.of("network", "noc");

  private static final List<String> OTHER_FILES =
      List.of(
          "problem",
          "mapping",
          "architecture_constraints",
          "mapspace_constraints",
          "mapper",
          "compound_components",
          "components",
          "variables",
          "globals",
          "sparse_optimizations");

  /** The width of the operands is in the energy and area tables already. */
  private static final List<String> ARITHMETIC_KNOWN =
      List.of("instances", "meshX", "meshY", "datawidth", "word_bits", "word_width", "width");

  private static final List<String> ARITHMETIC_IGNORED =
      List.of(
          "num_pipeline_stages",
          "latency",
          "technology",
          "cycle_time",
          "global_cycle_seconds",
          "version",
          "n_instances");

  /** A component with its place in the array. */
  private record Placed(
      YamlNode node, String name, long instances, long meshX, long meshY, MemoryLevel level) {}

  private final Optional<ActionTable> energies;
  private final Optional<ActionTable> areas;
  private final List<Placed> storage = new ArrayList<>();
  private final List<Placed> arithmetic = new ArrayList<>();
  private String name = "accelerator";

  private TimeloopArchitecture(YamlNode root) {
    energies = root.get("ERT").map(ActionTable::energies);
    areas = root.get("ART").map(ActionTable::areas);
  }

  /**
   * The accelerator that a file describes.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Reading<Accelerator> read(Path file) {
    Problems problems = new Problems();
    Library.YAML.need("YAML files");
    YamlNode root = YamlFile.read(file, problems);
    TimeloopArchitecture reader = new TimeloopArchitecture(root);
    root.onlyKeys(List.of("architecture", "ERT", "ART"), OTHER_FILES);
    Optional<YamlNode> architecture = root.require("architecture");
    if (architecture.isPresent()) {
      architecture.get().onlyKeys(List.of("version", "subtree", "name"), List.of("attributes"));
      reader.walk(architecture.get(), 1);
      if (reader.storage.isEmpty()) {
        architecture.get().problem("there is no storage component");
      }
      if (reader.arithmetic.size() != 1) {
        architecture
            .get()
            .problem("one arithmetic component was expected, not " + reader.arithmetic.size());
      }
      if (root.get("ERT").isEmpty()) {
        root.warn("there is no ERT: every energy that no attribute gives is zero");
      }
    }
    List<MemoryLevel> levels = problems.any() ? List.of() : reader.levels();
    MacUnit mac = problems.any() ? null : reader.mac();
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
                "tables of " + root.file(),
                Overheads.NONE));
  }

  /** Goes down the branch, collecting components outermost first. */
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
    branch.onlyKeys(List.of("name", "local", "subtree"), List.of("attributes"));
    String label = branch.require("name").map(YamlNode::text).orElse("subtree");
    if (storage.isEmpty()) {
      name = bare(label);
    }
    long inside = times(branch, multiplication, count(branch, label));
    branch.get("local").ifPresent(l -> l.items().forEach(c -> component(c, inside)));
    walk(branch, inside);
  }

  private void component(YamlNode component, long multiplication) {
    component.onlyKeys(
        List.of("name", "class", "attributes"), List.of("subclass", "required_actions", "enabled"));
    if (!component.isMapping()) {
      return;
    }
    String label = component.require("name").map(YamlNode::text).orElse("component");
    String type = component.require("class").map(YamlNode::text).orElse("storage");
    String bare = bare(label);
    Set<String> names = new HashSet<>();
    storage.forEach(p -> names.add(p.name()));
    if (names.contains(bare)) {
      component.problem("a second component is called " + bare);
    }
    YamlNode attributes = component.get("attributes").orElse(component);
    if (attributes == component) {
      component.problem("key attributes is missing");
      return;
    }
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
    if (contains(type, NETWORK)) {
      component.problem(
          "networks are read from the attributes of the storage above them, not from class "
              + type);
    } else if (contains(type, STORAGE)) {
      MemoryLevel level = ArchitectureLevel.read(bare, type, attributes, energies, areas);
      storage.add(new Placed(attributes, bare, instances, meshX, meshY, level));
      if (!arithmetic.isEmpty()) {
        component.problem("storage inside of the arithmetic component");
      }
    } else if (contains(type, ARITHMETIC)) {
      attributes.onlyKeys(ARITHMETIC_KNOWN, ARITHMETIC_IGNORED);
      if (energies.isPresent() && !energies.get().has(bare)) {
        energies.get().missing(bare);
      }
      arithmetic.add(new Placed(attributes, bare, instances, meshX, meshY, null));
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
  private List<MemoryLevel> levels() {
    List<MemoryLevel> levels = new ArrayList<>();
    OptionalDouble wire = wirePj();
    Placed inner = arithmetic.get(0);
    double innerTileUm2 = area(inner.name());
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
      innerTileUm2 = outer.level().areaUm2() + innerTileUm2 * fanoutX * fanoutY;
      inner = outer;
    }
    return levels;
  }

  /** Wire energy of an ERT component "wire": it holds for all networks. */
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

  private double area(String component) {
    return areas.map(a -> a.value(component, "area").orElse(0)).orElse(0.0);
  }

  private MacUnit mac() {
    String unit = arithmetic.get(0).name();
    double energy =
        energies
            .map(e -> e.require(unit, "mac_random", "mult_random", "mac", "mult", "compute"))
            .orElse(0.0);
    // One energy per operation is all the format has: an addition costs as much.
    return new MacUnit(unit, energy, energy, 0, area(unit));
  }
}
