package dance.notebook.kernel;

import dance.accelerator.Accelerators;
import dance.check.Nearest;
import dance.evaluate.CostTable;
import dance.simulate.Explain;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.explain.Explainer;
import dance.space.NetworkSpace;
import dance.workload.Networks;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Completions of string literals that are arguments: names of bundled objects, or of parts of a
 * value.
 */
final class TextNames {
  /**
   * A variable, and record components in it: expressions that can be evaluated without running user
   * code.
   */
  private static final Pattern SAFE = Pattern.compile("\\w+(\\s*\\.\\s*\\w+\\(\\s*\\))*");

  /** Bundled search problems. */
  private static final List<String> PROBLEMS = List.of("mini");

  /** Quantities that are sums over the layers of a network. */
  private static final List<String> WHOLE = List.of("energy", "cycles");

  private final Function<String, Object> variables;

  /**
   * @param variables the value of a variable; null if there is none
   */
  TextNames(Function<String, Object> variables) {
    this.variables = variables;
  }

  /** Completions that begin with the typed part; empty if nothing is known. */
  List<String> of(OpenText text) {
    String begun = Nearest.plain(text.begun());
    return all(text).stream().filter(name -> Nearest.plain(name).startsWith(begun)).toList();
  }

  private List<String> all(OpenText text) {
    int before = text.arguments().size();
    String method = text.method();
    String name = method.substring(method.lastIndexOf('.') + 1);
    Object asked =
        method.contains(".") ? value(method.substring(0, method.lastIndexOf('.'))) : null;
    if (asked != null) {
      return ofTable(asked);
    }
    return switch (name + " " + before) {
      case "network 0", "simulate 0", "sweep 0" -> Networks.names();
      case "accelerator 0", "simulate 1", "map 1", "evaluate 1" -> Accelerators.names();
      case "map 0", "evaluate 0" -> layers(text.begun());
      case "oracle 0", "trainEvaluator 0", "bundled 0" -> CostTable.bundledNames();
      case "explore 0", "compare 0" -> PROBLEMS;
      case "byName 0" -> byName(method);
      case "explain 1", "explain 2" -> explainable(value(text.arguments().get(0)), text);
      default -> List.of();
    };
  }

  private static List<String> byName(String method) {
    if (method.endsWith("Networks.byName")) {
      return Networks.names();
    }
    if (method.endsWith("Accelerators.byName")) {
      return Accelerators.names();
    }
    return method.endsWith("NetworkSpace.byName") ? NetworkSpace.names() : List.of();
  }

  /** Networks, or after a network name its layers. */
  private static List<String> layers(String begun) {
    int slash = begun.lastIndexOf('/');
    if (slash < 0) {
      return Networks.names().stream().map(name -> name + "/").toList();
    }
    try {
      String network = begun.substring(0, slash);
      return Networks.byName(network).layers().stream()
          .map(layer -> network + "/" + layer.name())
          .distinct()
          .toList();
    } catch (IllegalArgumentException none) {
      return List.of();
    }
  }

  private static List<String> explainable(Object value, OpenText text) {
    boolean first = text.arguments().size() == 1;
    if (value instanceof NetworkEvaluation network) {
      Stream<String> layers = network.layers().stream().map(one -> one.layer().name()).distinct();
      return first
          ? Stream.concat(layers, WHOLE.stream()).toList()
          : layer(network, text.arguments().get(1))
              .map(one -> Explainer.of(one.evaluation()).names())
              .orElse(List.of());
    }
    if (value == null || !first) {
      return List.of();
    }
    try {
      return Explainer.of(Explain.evaluation(value)).names();
    } catch (IllegalArgumentException another) {
      return List.of(); // not the result of a mapping
    }
  }

  private static Optional<LayerEvaluation> layer(NetworkEvaluation network, String literal) {
    String name = literal.replace("\"", "");
    return network.layers().stream().filter(one -> one.layer().name().equals(name)).findFirst();
  }

  private static List<String> ofTable(Object value) {
    try {
      return value instanceof Table table ? table.columnNames() : List.of();
    } catch (NoClassDefFoundError absent) {
      return List.of(); // without tables there are no column names
    }
  }

  /** The value of an expression that can be evaluated without running user code; null of others. */
  private Object value(String expression) {
    if (!SAFE.matcher(expression).matches()) {
      return null;
    }
    String[] steps = expression.split("\\s*\\.\\s*");
    Object value = variables.apply(steps[0]);
    for (int i = 1; i < steps.length && value != null; i++) {
      value = component(value, steps[i].replaceFirst("\\(.*", ""));
    }
    return value;
  }

  private static Object component(Object value, String name) {
    RecordComponent[] components = value.getClass().getRecordComponents();
    for (RecordComponent component : components == null ? new RecordComponent[0] : components) {
      if (component.getName().equals(name)) {
        try {
          return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException unreadable) {
          return null;
        }
      }
    }
    return null;
  }
}
