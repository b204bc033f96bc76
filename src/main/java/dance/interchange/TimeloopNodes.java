package dance.interchange;

import dance.accelerator.MemoryLevel;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tree of an architecture in Timeloop's format 0.4: {@code nodes}, outermost first, of {@code
 * !Component}, {@code !Container}, {@code !Parallel} and {@code !Hierarchical}. Everything after a
 * node is inside of it. As Timeloop's front end does, a node with {@code spatial} is preceded by a
 * level that keeps nothing, {@code inter_NAME_spatial}, whose fan-out it is; attributes pass down
 * to components; in {@code !Parallel}, what one component keeps the others bypass.
 */
final class TimeloopNodes {
  private static final List<String> KEYS =
      List.of(
          "name",
          "class",
          "subclass",
          "attributes",
          "spatial",
          "constraints",
          "enabled",
          "version");

  private static final List<String> IGNORED =
      List.of(
          "required_actions",
          "area_scale",
          "energy_scale",
          "area_share",
          "energy_share",
          "max_utilization");

  /**
   * A component, or the fan-out of a container.
   *
   * @param node null for a fan-out
   * @param attributes with those passed down; of a fan-out its container's own, of which those of a
   *     network are the fan-out's
   * @param meshX instances along X in the whole array
   * @param meshY instances along Y in the whole array
   */
  record Part(YamlNode node, String name, YamlNode attributes, long meshX, long meshY) {}

  /**
   * A constraint that stands in a node.
   *
   * @param target name of the level
   * @param parallel whether other components beside it keep what it does not
   */
  record InPlace(String target, Directive.Type type, YamlNode node, boolean parallel) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<InPlace> constraints = new ArrayList<>();
  private long meshX = 1;
  private long meshY = 1;
  private YamlNode inherited;

  private TimeloopNodes(YamlNode architecture) {
    inherited = architecture.get("attributes").orElseGet(architecture::none);
  }

  /** Reads the nodes of an architecture; problems are noted. */
  static TimeloopNodes of(YamlNode architecture) {
    TimeloopNodes nodes = new TimeloopNodes(architecture);
    architecture.get("nodes").ifPresent(list -> nodes.walk(list, false));
    return nodes;
  }

  List<Part> parts() {
    return parts;
  }

  List<InPlace> constraints() {
    return constraints;
  }

  private void walk(YamlNode list, boolean parallel) {
    for (YamlNode node : list.items()) {
      switch (node.tag()) {
        case "!Nothing" -> {}
        case "!Parallel" -> node.require("nodes").ifPresent(inside -> walk(inside, true));
        case "!Hierarchical" -> node.require("nodes").ifPresent(inside -> walk(inside, parallel));
        case "!Container", "!ArrayContainer" -> container(node);
        case "!Component" -> component(node, parallel);
        default ->
            node.problem(
                node.tag().startsWith("!")
                    ? "a node "
                        + node.tag()
                        + " is not read, only !Component, !Container, !Parallel, !Hierarchical"
                    : "a tag was expected, such as !Component");
      }
    }
  }

  private void container(YamlNode node) {
    node.knownKeys(KEYS, IGNORED);
    node.get("attributes").ifPresent(own -> inherited = own.over(inherited));
    spatial(node, node.require("name").map(YamlNode::text).orElse("container"));
  }

  private void component(YamlNode node, boolean parallel) {
    node.knownKeys(node.get("sparse_optimizations").isPresent() ? withSparse(node) : KEYS, IGNORED);
    if (!node.get("enabled").map(e -> e.yes(true)).orElse(true)) {
      return;
    }
    String name = node.require("name").map(YamlNode::text).orElse("component");
    spatial(node, name);
    YamlNode attributes = node.get("attributes").map(own -> own.over(inherited)).orElse(inherited);
    parts.add(new Part(node, name, attributes, meshX, meshY));
    Optional<YamlNode> own = node.get("constraints");
    own.ifPresent(c -> c.onlyKeys(List.of("spatial", "temporal", "dataspace"), List.of()));
    own.flatMap(c -> c.get("temporal"))
        .ifPresent(t -> constraints.add(new InPlace(name, Directive.Type.TEMPORAL, t, false)));
    own.flatMap(c -> c.get("dataspace"))
        .ifPresent(t -> constraints.add(new InPlace(name, Directive.Type.BYPASS, t, parallel)));
  }

  private static List<String> withSparse(YamlNode node) {
    node.get("sparse_optimizations").ifPresent(YamlNode::denseOnly);
    List<String> keys = new ArrayList<>(KEYS);
    keys.add("sparse_optimizations");
    return keys;
  }

  private void spatial(YamlNode node, String name) {
    Optional<YamlNode> spatial = node.get("spatial");
    if (spatial.isEmpty()) {
      return;
    }
    spatial.get().onlyKeys(List.of("meshX", "meshY"), List.of());
    long x = spatial.get().get("meshX").map(n -> n.integer(1, 1 << 20, 1)).orElse(1L);
    long y = spatial.get().get("meshY").map(n -> n.integer(1, 1 << 20, 1)).orElse(1L);
    if (meshX * x * meshY * y > Integer.MAX_VALUE) {
      spatial.get().problem("more than " + Integer.MAX_VALUE + " instances");
      return;
    }
    String level = "inter_" + name + "_spatial";
    YamlNode own = node.tag().equals("!Component") ? node.none() : node;
    parts.add(new Part(null, level, own.get("attributes").orElseGet(node::none), meshX, meshY));
    meshX *= x;
    meshY *= y;
    node.get("constraints")
        .flatMap(c -> c.get("spatial"))
        .ifPresent(s -> constraints.add(new InPlace(level, Directive.Type.SPATIAL, s, false)));
  }

  /** The level of a fan-out: it keeps nothing and costs nothing. */
  static MemoryLevel fanout(String name) {
    return MemoryLevel.unbounded(name).keeps(new Operand[0]).energy(0, 0, 0).area(0);
  }
}
