package dance.interchange.onnx;

import dance.interchange.onnx.Graph.Attribute;
import dance.interchange.onnx.Graph.Declared;
import dance.interchange.onnx.Graph.Function;
import dance.interchange.onnx.Graph.Model;
import dance.interchange.onnx.Graph.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Reads the messages of onnx.proto that determine a network's shapes and costs. Weights, in the
 * file or external, are skipped. Limits: 200,000 nodes, nesting of graphs 16, lists of a million
 * numbers, tensors of 64 dimensions.
 */
final class OnnxFile {
  private static final int MAX_NODES = 200_000;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_LIST = 1_000_000;

  private int nodes;
  private int depth;

  private OnnxFile() {}

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException if the bytes are not a model, or exceed a limit
   */
  static Model read(ByteBuffer bytes) {
    return new OnnxFile().model(new Wire(bytes));
  }

  private Model model(Wire wire) {
    String producer = "";
    long opset = 0;
    Graph graph = null;
    Map<String, Function> functions = new HashMap<>();
    while (wire.next()) {
      switch (wire.field()) {
        case 2, 3 -> producer = (producer + " " + wire.text()).strip();
        case 7 -> graph = graph(wire.message());
        case 8 -> opset = Math.max(opset, standardOpset(wire.message()));
        case 25 -> function(wire.message(), functions);
        default -> {}
      }
    }
    if (graph == null) {
      throw Wire.malformed("it has no graph");
    }
    return new Model(producer, opset, graph, functions);
  }

  private static long standardOpset(Wire wire) {
    String domain = "";
    long version = 0;
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> domain = wire.text();
        case 2 -> version = wire.number();
        default -> {}
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private Graph graph(Wire wire) {
    if (++depth > MAX_DEPTH) {
      throw Wire.malformed("graphs in graphs, more than " + MAX_DEPTH + " deep");
    }
    List<Node> list = new ArrayList<>();
    Map<String, Value> constants = new LinkedHashMap<>();
    List<Declared> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Declared> declared = new HashMap<>();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> list.add(node(wire.message()));
        case 5 -> constant(wire.message(), constants);
        case 11 -> inputs.add(declared(wire.message()));
        case 12 -> {
          Declared output = declared(wire.message());
          outputs.add(output.name());
          declared.put(output.name(), output);
        }
        case 13 -> {
          Declared inside = declared(wire.message());
          declared.put(inside.name(), inside);
        }
        case 15 -> sparse(wire.message(), constants);
        default -> {}
      }
    }
    depth--;
    inputs.removeIf(input -> constants.containsKey(input.name()));
    Set<String> named = new HashSet<>();
    for (Declared input : inputs) {
      if (!named.add(input.name())) {
        throw Wire.malformed("two inputs called " + input.name());
      }
    }
    return new Graph(list, constants, inputs, outputs, declared);
  }

  private Node node(Wire wire) {
    if (++nodes > MAX_NODES) {
      throw Wire.malformed("more than " + MAX_NODES + " nodes");
    }
    String name = "";
    String domain = "";
    String op = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> inputs.add(wire.text());
        case 2 -> outputs.add(wire.text());
        case 3 -> name = wire.text();
        case 4 -> op = wire.text();
        case 5 -> attribute(wire.message(), attributes);
        case 7 -> domain = wire.text();
        default -> {}
      }
    }
    return new Node(name, domain.equals("ai.onnx") ? "" : domain, op, inputs, outputs, attributes);
  }

  private void attribute(Wire wire, Map<String, Attribute> attributes) {
    String name = "";
    String text = "";
    String reference = "";
    LongStream.Builder numbers = LongStream.builder();
    DoubleStream.Builder reals = DoubleStream.builder();
    int[] length = {0};
    Value tensor = null;
    Graph graph = null;
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> name = wire.text();
        case 2 -> reals.add(wire.real());
        case 3 -> numbers.add(wire.number());
        case 4 -> text = wire.payload().remaining() > 1 << 16 ? "" : wire.text();
        case 5 -> tensor = tensor(wire.message(), new String[1]);
        case 6 -> graph = graph(wire.message());
        case 7 -> wire.reals(false, x -> reals.add(bounded(x, length)));
        case 8 -> wire.numbers(x -> numbers.add((long) bounded(x, length)));
        case 21 -> reference = wire.text();
        default -> {}
      }
    }
    attributes.put(
        name,
        new Attribute(
            numbers.build().toArray(), reals.build().toArray(), text, tensor, graph, reference));
  }

  private static double bounded(double x, int[] length) {
    if (++length[0] > MAX_LIST) {
      throw Wire.malformed("a list of more than " + MAX_LIST + " numbers");
    }
    return x;
  }

  private static void constant(Wire wire, Map<String, Value> constants) {
    String[] name = {""};
    Value value = tensor(wire, name);
    constants.put(name[0], value.origin(name[0]));
  }

  /** Values and dimensions of a sparse initialiser, as the dense tensor. */
  private static void sparse(Wire wire, Map<String, Value> constants) {
    String[] name = {""};
    int type = Value.FLOAT;
    List<Long> dims = new ArrayList<>();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> type = tensor(wire.message(), name).type();
        case 3 -> wire.numbers(d -> dims.add((long) bounded(d, new int[] {dims.size()})));
        default -> {}
      }
    }
    constants.put(name[0], sized(type, dims, name[0]).constant(true).origin(name[0]));
  }

  /**
   * A tensor, with its elements if they are few and in the file; its name is written into an array.
   */
  private static Value tensor(Wire wire, String[] name) {
    List<Long> dims = new ArrayList<>();
    int type = 0;
    List<Double> elements = new ArrayList<>();
    ByteBuffer raw = null;
    boolean outside = false;
    while (wire.next()) {
      int field = wire.field();
      switch (field) {
        case 1 -> wire.numbers(d -> dims.add((long) bounded(d, new int[] {dims.size()})));
        case 2 -> type = (int) wire.number();
        case 4 -> wire.reals(false, x -> few(elements, x));
        case 5, 7, 11 -> wire.numbers(x -> few(elements, field == 5 ? (int) x : x));
        case 8 -> name[0] = wire.text();
        case 9 -> raw = wire.payload();
        case 10 -> wire.reals(true, x -> few(elements, x));
        case 14 -> outside = wire.number() == 1;
        default -> {}
      }
    }
    Value value = sized(type, dims, name[0]).constant(true);
    long count = value.count();
    if (raw != null && !outside) {
      value = value.stored(new RawData(type, raw.duplicate()));
    }
    if (outside || count > Value.FEW) {
      return value;
    }
    if (raw != null) {
      return value.data(RawData.elements(type, raw, (int) count));
    }
    boolean whole = elements.size() == count && type != 10 && type != 16;
    return whole ? value.data(elements.stream().mapToDouble(Double::doubleValue).toArray()) : value;
  }

  private static void few(List<Double> elements, double x) {
    if (elements.size() <= Value.FEW) {
      elements.add(x);
    }
  }

  private static Value sized(int type, List<Long> dims, String name) {
    if (dims.size() > Value.MAX_RANK || dims.stream().anyMatch(d -> d < 0)) {
      throw Wire.malformed("tensor " + name + " of the sizes " + dims);
    }
    return Value.of(type, dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static Declared declared(Wire wire) {
    String name = "";
    int[] type = {0};
    List<String> dimensions = null;
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> name = wire.text();
        case 2 -> {
          Wire kinds = wire.message();
          while (kinds.next()) {
            if (kinds.field() == 1) {
              dimensions = tensorType(kinds.message(), type);
            }
          }
        }
        default -> {}
      }
    }
    return new Declared(name, type[0], dimensions);
  }

  private static List<String> tensorType(Wire wire, int[] type) {
    List<String> dimensions = null;
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> type[0] = (int) wire.number();
        case 2 -> {
          dimensions = new ArrayList<>();
          Wire shape = wire.message();
          while (shape.next()) {
            if (shape.field() == 1) {
              bounded(0, new int[] {dimensions.size()});
              dimensions.add(dimension(shape.message()));
            }
          }
        }
        default -> {}
      }
    }
    return dimensions;
  }

  private static String dimension(Wire wire) {
    String size = "";
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> size = wire.number() > 0 ? Long.toString(wire.number()) : "";
        case 2 -> size = wire.text();
        default -> {}
      }
    }
    return size;
  }

  private void function(Wire wire, Map<String, Function> functions) {
    String name = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<Node> list = new ArrayList<>();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> name = wire.text();
        case 4 -> inputs.add(wire.text());
        case 5 -> outputs.add(wire.text());
        case 7 -> list.add(node(wire.message()));
        case 10 -> domain = wire.text();
        default -> {}
      }
    }
    functions.put(domain + ":" + name, new Function(inputs, outputs, list));
  }
}
