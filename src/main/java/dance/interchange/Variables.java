package dance.interchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Expressions in the values of Timeloop's files: they see the section {@code variables}, the
 * attributes of the containers around them and their own, and other components by name. Only values
 * under the keys of {@link #EVALUATED} are expressions; one that refers to something unknown stays
 * as it is written.
 */
final class Variables {
  private static final Set<String> EVALUATED =
      Set.of("variables", "attributes", "spatial", "instance", "factors", "factors_only");

  private static final int PASSES = 6;

  private final Map<String, Object> components = new HashMap<>();

  private Variables() {}

  /** The document with the values of its expressions in their places. */
  static Node resolved(Node root) {
    if (!(root instanceof MappingNode mapping)) {
      return root;
    }
    Variables variables = new Variables();
    Map<String, Object> global = new HashMap<>();
    Node section = child(mapping, "variables");
    variables.components.put("spec", Map.of("variables", global));
    List<Node> parts =
        section instanceof SequenceNode several
            ? several.getValue()
            : section == null ? List.of() : List.of(section);
    for (int pass = 0; pass < PASSES; pass++) {
      parts.forEach(part -> variables.collect(part, global));
    }
    variables.components.put("variables", global);
    return variables.resolved(root, global, false);
  }

  private Node resolved(Node node, Map<String, Object> scope, boolean evaluated) {
    if (node instanceof ScalarNode scalar) {
      return evaluated ? value(scalar, scope) : node;
    }
    if (node instanceof SequenceNode sequence) {
      List<Node> items = new ArrayList<>();
      Map<String, Object> inside = scope;
      for (Node item : sequence.getValue()) {
        items.add(resolved(item, inside, evaluated));
        if (item.getTag().getValue().equals("!Container")) {
          inside = within(item, inside);
        }
      }
      return new SequenceNode(
          sequence.getTag(),
          true,
          items,
          sequence.getFlowStyle(),
          sequence.getStartMark(),
          sequence.getEndMark());
    }
    if (!(node instanceof MappingNode mapping)) {
      return node;
    }
    Map<String, Object> inside = within(mapping, scope);
    List<NodeTuple> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      boolean values = evaluated || EVALUATED.contains(key(tuple));
      entries.add(
          new NodeTuple(tuple.getKeyNode(), resolved(tuple.getValueNode(), inside, values)));
    }
    return MergeKeys.withEntries(mapping, entries);
  }

  /** What is seen inside of a node: the scope and its own attributes. */
  private Map<String, Object> within(Node node, Map<String, Object> scope) {
    Node attributes = node instanceof MappingNode mapping ? child(mapping, "attributes") : null;
    Node spatial = node instanceof MappingNode mapping ? child(mapping, "spatial") : null;
    if (attributes == null && spatial == null) {
      return scope;
    }
    Map<String, Object> own = new HashMap<>(scope);
    Map<String, Object> mesh = new HashMap<>(scope);
    for (int pass = 0; pass < PASSES; pass++) {
      collect(attributes, own);
      collect(spatial, mesh);
    }
    if (child((MappingNode) node, "name") instanceof ScalarNode name) {
      Function<List<Object>, Object> fanout = none -> number(mesh, "meshX") * number(mesh, "meshY");
      components.put(
          name.getValue(), Map.of("attributes", own, "spatial", mesh, "get_fanout", fanout));
    }
    return own;
  }

  private static double number(Map<String, Object> values, String key) {
    return values.get(key) instanceof Double number ? number : 1;
  }

  /** Adds the values of a mapping to a scope, as far as they are known. */
  private void collect(Node node, Map<String, Object> scope) {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getValueNode() instanceof ScalarNode scalar) {
        String text = value(scalar, scope).getValue();
        scope.put(
            key(tuple),
            text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")
                ? (Object) Double.valueOf(text)
                : text);
      }
    }
  }

  private ScalarNode value(ScalarNode scalar, Map<String, Object> scope) {
    String text = scalar.getValue();
    // a word, number or factor without operators and names in reach is what it says
    if (!text.matches("(?s).*[A-Za-z*/+%(].*") || text.matches("\\w+=.*|[-\\d.eE+]+")) {
      return scalar;
    }
    try {
      Object value =
          Expression.value(
              text, n -> scope.containsKey(n) ? scope.get(n) : components.get(n), false);
      return value instanceof Double || value instanceof String
          ? new ScalarNode(
              scalar.getTag(),
              true,
              Expression.text(value),
              scalar.getScalarStyle(),
              scalar.getStartMark(),
              scalar.getEndMark())
          : scalar;
    } catch (IllegalArgumentException word) {
      return scalar;
    }
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key ? YamlNode.normal(key.getValue()) : "";
  }

  private static Node child(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(t -> key(t).equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElse(null);
  }
}
