package dance.interchange.onnx;

import dance.interchange.onnx.Graph.Attribute;
import dance.interchange.onnx.Graph.Declared;
import dance.interchange.onnx.Graph.Function;
import dance.interchange.onnx.Graph.Model;
import dance.interchange.onnx.Graph.Node;
import dance.interchange.onnx.ImportReport.Row;
import dance.interchange.onnx.ImportReport.Taken;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Processes the nodes of a model in order: infers shapes, then converts to layers. */
final class Importer {
  private static final int MAX_PROBLEMS = 20;

  /** Operators whose output has the elements of their first input. */
  private static final Set<String> REARRANGES =
      Set.of("Identity", "Flatten", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

  /** Maximum nesting of functions and branches. */
  private static final int MAX_DEPTH = 16;

  private final String name;
  private final String file;
  private final Model model;
  private final List<String> problems;
  private final Set<String> notes;
  private final List<Row> rows = new ArrayList<>();
  private final LayerList layers;
  private Map<String, Value> values;
  private int depth;

  Importer(
      String name,
      String file,
      Model model,
      Map<String, Value> inputs,
      boolean zeros,
      List<String> problems,
      Set<String> notes) {
    this.name = name;
    this.file = file;
    this.model = model;
    this.problems = problems;
    this.notes = notes;
    values = new HashMap<>(inputs);
    values.putAll(model.graph().constants());
    long images =
        inputs.values().stream()
            .filter(v -> v.dims() != null && v.rank() > 0)
            .findFirst()
            .map(v -> v.dim(0))
            .orElse(1L);
    layers = new LayerList(images, model.graph().constants(), zeros);
  }

  ImportReport run() {
    nodes(model.graph().nodes(), model.graph().declared());
    OnnxNetwork.check(problems);
    List<Network.Entry> entries = layers.entries();
    if (entries.isEmpty()) {
      problems.add(
          "%s has %d nodes but no layer: none of %s is one"
              .formatted(
                  file, rows.size(), new TreeSet<>(rows.stream().map(Row::operator).toList())));
      OnnxNetwork.check(problems);
    }
    Set<String> all = new TreeSet<>(notes);
    layers.zerosRead().ifPresent(all::add);
    for (Row row : rows) {
      if (row.taken() == Taken.UNKNOWN) {
        all.add(
            "operator %s (node %s) is not known: MACs that it may have are missing"
                .formatted(row.operator(), row.node()));
      }
    }
    return new ImportReport(new Network(name, entries), model.producer(), rows, List.copyOf(all));
  }

  private void nodes(List<Node> nodes, Map<String, Declared> declared) {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          file + ": functions in functions, more than " + MAX_DEPTH + " deep");
    }
    for (Node node : nodes) {
      Function function = model.functions().get(node.domain() + ":" + node.op());
      try {
        if (function != null) {
          inlined(node, function);
        } else if (node.op().equals("If") && branch(node) != null) {
          Graph branch = branch(node);
          values.putAll(branch.constants());
          nodes(branch.nodes(), branch.declared());
          for (int i = 0; i < Math.min(node.outputs().size(), branch.outputs().size()); i++) {
            values.put(node.outputs().get(i), value(node, branch.outputs().get(i)));
          }
        } else {
          node(node, declared);
        }
      } catch (IllegalArgumentException
          | ArithmeticException
          | IndexOutOfBoundsException
          | NegativeArraySizeException wrong) {
        String why =
            wrong instanceof IllegalArgumentException
                ? wrong.getMessage()
                : wrong instanceof ArithmeticException
                    ? "its sizes are too large"
                    : "its lists and the sizes of its inputs do not fit each other";
        for (String line : why.lines().toList()) {
          problems.add("%s: node %s: %s".formatted(file, node, line));
        }
        for (String output : node.outputs()) {
          values.put(output, Value.unknown(""));
        }
      }
      if (problems.size() >= MAX_PROBLEMS) {
        OnnxNetwork.check(problems);
      }
    }
    depth--;
  }

  /** The branch of an If node whose condition is constant; null otherwise. */
  private Graph branch(Node node) {
    Value condition = value(node, node.inputs().get(0));
    if (condition.data() == null || condition.data().length != 1) {
      return null;
    }
    Attribute chosen =
        node.attributes().get(condition.data()[0] != 0 ? "then_branch" : "else_branch");
    return chosen == null ? null : chosen.graph();
  }

  /** Inlines a function in place of the node that calls it, with unique names. */
  private void inlined(Node node, Function function) {
    Map<String, Value> outside = values;
    values = new HashMap<>();
    for (int i = 0; i < function.inputs().size(); i++) {
      String given = i < node.inputs().size() ? node.inputs().get(i) : "";
      if (!given.isEmpty()) {
        values.put(function.inputs().get(i), outside.getOrDefault(given, Value.unknown("")));
      }
    }
    List<Node> inside = new ArrayList<>();
    for (Node inner : function.nodes()) {
      Map<String, Attribute> attributes = new LinkedHashMap<>(inner.attributes());
      attributes.replaceAll(
          (key, a) ->
              a.reference().isEmpty() ? a : node.attributes().getOrDefault(a.reference(), a));
      inside.add(
          new Node(
              node.name() + "/" + inner.name(),
              inner.domain(),
              inner.op(),
              // a missing optional input of the call is missing inside, too
              inner.inputs().stream()
                  .map(n -> function.inputs().contains(n) && !values.containsKey(n) ? "" : n)
                  .toList(),
              inner.outputs(),
              attributes));
    }
    nodes(inside, Map.of());
    for (int i = 0; i < Math.min(node.outputs().size(), function.outputs().size()); i++) {
      outside.put(
          node.outputs().get(i), values.getOrDefault(function.outputs().get(i), Value.unknown("")));
    }
    values = outside;
  }

  private Value value(Node node, String tensor) {
    Value value = values.get(tensor);
    if (value == null) {
      throw new IllegalArgumentException(
          "tensor " + tensor + " is no input, and no node before this one makes it");
    }
    return value;
  }

  private void node(Node node, Map<String, Declared> declared) {
    Value[] inputs = new Value[node.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      String tensor = node.inputs().get(i);
      inputs[i] = tensor.isEmpty() ? null : value(node, tensor);
    }
    Call call = new Call(node, inputs, model.opset());
    Value[] outputs = null;
    String unknown = null;
    boolean known = node.domain().isEmpty() || node.domain().equals("com.microsoft");
    try {
      outputs = known ? Shapes.of(call) : null;
    } catch (Call.Unknowable open) {
      unknown = open.getMessage();
    }
    boolean costed = LayerList.PRODUCTS.contains(node.op()) && known;
    if (unknown != null && costed) {
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("a shape that it needs cannot be known: " + unknown);
      }
      outputs = new Value[0];
    } else if (outputs == null && unknown == null) {
      unknown = "node %s makes it, an operator that is not known here".formatted(node);
    }
    boolean constant =
        inputs.length > 0
            && Arrays.stream(inputs).allMatch(v -> v == null || v.constant())
            && outputs != null;
    for (int i = 0; i < node.outputs().size(); i++) {
      String tensor = node.outputs().get(i);
      Value value =
          outputs != null && i < outputs.length
              ? outputs[i]
              : stated(declared.get(tensor), reason(tensor, unknown));
      boolean fixed = constant || value.data() != null || node.op().equals("Constant");
      String origin = fixed ? tensor : LayerList.origin(call, tensor);
      Value kept = value.constant(fixed).origin(origin);
      values.put(
          tensor,
          fixed && i == 0 && REARRANGES.contains(call.op()) ? kept.stored(rearranged(call)) : kept);
    }
    if (outputs == null && node.outputs().stream().allMatch(t -> values.get(t).dims() == null)) {
      String why = known ? "its shape is only known when the network runs" : "operator not known";
      rows.add(row(node, known && unknown != null ? Taken.NOT_COSTED : Taken.UNKNOWN, why));
    } else {
      taken(call, outputs != null, known);
    }
  }

  /** The bytes of a constant that the node only rearranges; null otherwise. */
  private static RawData rearranged(Call call) {
    return call.has(0) ? call.in(0).stored() : null;
  }

  private void taken(Call call, boolean inferred, boolean known) {
    try {
      rows.add(layers.take(call, values, inferred, known));
    } catch (Call.Unknowable unusual) {
      rows.add(row(call.node(), Taken.UNKNOWN, unusual.getMessage()));
    }
  }

  private static String reason(String tensor, String unknown) {
    if (unknown == null) {
      return "tensor " + tensor + " is an output that is not known here";
    }
    return unknown.startsWith("node ") ? "tensor " + tensor + ": " + unknown : unknown;
  }

  /** The declared shape of a tensor whose shape cannot be inferred. */
  private static Value stated(Declared declared, String unknown) {
    boolean whole =
        declared != null
            && declared.dimensions() != null
            && declared.dimensions().stream().allMatch(d -> d.matches("[0-9]{1,18}"));
    return whole
        ? Value.of(
            declared.type(), declared.dimensions().stream().mapToLong(Long::parseLong).toArray())
        : Value.unknown(unknown);
  }

  private static Row row(Node node, Taken taken, String why) {
    return new Row(label(node), node.op(), "?", taken, 0, 0, why);
  }

  static String label(Node node) {
    return node.name().isEmpty() && !node.outputs().isEmpty() ? node.outputs().get(0) : node.name();
  }
}
