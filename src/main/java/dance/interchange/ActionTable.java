package dance.interchange;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The tables of an architecture file from Accelergy: {@code ERT}, pJ of each action of a component,
 * and {@code ART}, area of one instance in square micrometres.
 */
final class ActionTable {
  private final YamlNode node;
  private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
  private final Map<String, YamlNode> nodes = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  private ActionTable(YamlNode node) {
    this.node = node;
  }

  /** The energies of {@code ERT}. */
  static ActionTable energies(YamlNode ert) {
    ActionTable table = new ActionTable(ert);
    ert.onlyKeys(List.of("version", "tables"), List.of());
    for (YamlNode row : table.tables()) {
      row.onlyKeys(List.of("name", "actions"), List.of());
      Map<String, Double> actions = new LinkedHashMap<>();
      row.require("actions").map(YamlNode::items).orElse(List.of()).stream()
          .filter(action -> isTable(action))
          .forEach(
              action -> {
                action.onlyKeys(List.of("name", "energy"), List.of("arguments"));
                String name = action.require("name").map(YamlNode::text).orElse("");
                double energy = action.require("energy").map(e -> e.decimal(true, 0)).orElse(0.0);
                // An action listed with several arguments has the highest of their energies.
                actions.merge(name, energy, Math::max);
              });
      table.put(row, actions);
    }
    return table;
  }

  /** The areas of {@code ART}, under the action {@code area}. */
  static ActionTable areas(YamlNode art) {
    ActionTable table = new ActionTable(art);
    art.onlyKeys(List.of("version", "tables"), List.of());
    for (YamlNode row : table.tables()) {
      row.onlyKeys(List.of("name", "area"), List.of());
      table.put(row, Map.of("area", row.require("area").map(a -> a.decimal(true, 0)).orElse(0.0)));
    }
    return table;
  }

  private List<YamlNode> tables() {
    return node.require("tables").map(YamlNode::items).orElse(List.of()).stream()
        .filter(ActionTable::isTable)
        .toList();
  }

  private static boolean isTable(YamlNode row) {
    if (!row.isMapping()) {
      row.problem("a mapping was expected");
    }
    return row.isMapping();
  }

  private void put(YamlNode row, Map<String, Double> actions) {
    String component = component(row.require("name").map(YamlNode::text).orElse(""));
    if (rows.putIfAbsent(component, actions) != null) {
      row.problem("a second table of " + component);
    }
    nodes.put(component, row);
  }

  /** Last part of a path such as {@code system.chip[0..1].RF[1..16]}, without the range. */
  static String component(String path) {
    String name = path.replaceAll("\\[[^\\]]*\\]", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  boolean has(String component) {
    used.add(component);
    return rows.containsKey(component);
  }

  /** The first of these actions in the component's table. */
  OptionalDouble value(String component, String... actions) {
    used.add(component);
    Map<String, Double> row = rows.getOrDefault(component, Map.of());
    for (String action : actions) {
      if (row.containsKey(action)) {
        return OptionalDouble.of(row.get(action));
      }
    }
    return OptionalDouble.empty();
  }

  /** Like {@link #value}, but an action that is missing from an existing table is a problem. */
  double require(String component, String... actions) {
    OptionalDouble value = value(component, actions);
    if (value.isEmpty() && rows.containsKey(component)) {
      nodes
          .get(component)
          .problem(
              "action "
                  + actions[actions.length - 1]
                  + " is missing"
                  + Problems.maybe(actions[actions.length - 1], rows.get(component).keySet()));
    }
    return value.orElse(0);
  }

  /** Reports a component that needs a table and has none. */
  void missing(String component) {
    node.problem("no table of " + component + Problems.maybe(component, rows.keySet()));
  }

  /** Warns of tables that no component uses. */
  void warnUnused() {
    nodes.forEach(
        (component, row) -> {
          if (!used.contains(component)) {
            row.warn("the architecture has no component " + component);
          }
        });
  }
}
