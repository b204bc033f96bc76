package dance.interchange.onnx;

import java.util.List;
import java.util.Map;

/**
 * The parts of an ONNX graph that determine shapes and costs (onnx.proto, IR version 3 and later).
 *
 * @param nodes in order of execution
 * @param constants initialisers by name
 * @param inputs inputs of the network, without initialisers
 * @param outputs names of the output tensors
 * @param declared shapes that the file declares for tensors inside the graph
 */
record Graph(
    List<Node> nodes,
    Map<String, Value> constants,
    List<Declared> inputs,
    List<String> outputs,
    Map<String, Declared> declared) {

  /**
   * A model.
   *
   * @param producer the exporter and its version
   * @param opset version of the standard operators
   * @param graph the main graph
   * @param functions operators defined in the file, by domain and name
   */
  record Model(String producer, long opset, Graph graph, Map<String, Function> functions) {}

  /** An operator defined by a subgraph; inputs and outputs are its internal names. */
  record Function(List<String> inputs, List<String> outputs, List<Node> nodes) {}

  /**
   * A node.
   *
   * @param inputs names of tensors; an empty name is a missing optional input
   */
  record Node(
      String name,
      String domain,
      String op,
      List<String> inputs,
      List<String> outputs,
      Map<String, Attribute> attributes) {

    long number(String attribute, long otherwise) {
      Attribute found = attributes.get(attribute);
      return found == null || found.numbers.length != 1 ? otherwise : found.numbers[0];
    }

    /** The list of this attribute; null if it is absent. */
    long[] numbers(String attribute) {
      Attribute found = attributes.get(attribute);
      return found == null ? null : found.numbers;
    }

    String text(String attribute, String otherwise) {
      Attribute found = attributes.get(attribute);
      return found == null || found.text.isEmpty() ? otherwise : found.text;
    }

    /** The node and its operator, for messages. */
    @Override
    public String toString() {
      return (name.isEmpty() ? "of " + outputs : name) + " (" + op + ")";
    }
  }

  /**
   * An attribute of a node; only the components of its type are set.
   *
   * @param graph of a branch or a loop; null of other types
   * @param tensor null of other types
   * @param reference name of the attribute of the enclosing function that it refers to; may be
   *     empty
   */
  record Attribute(
      long[] numbers, double[] reals, String text, Value tensor, Graph graph, String reference) {}

  /**
   * A tensor with its declared shape.
   *
   * @param type element type of onnx.proto
   * @param dimensions sizes as digits, names of symbolic ones, empty texts for unknown ones; null
   *     if there is no shape
   */
  record Declared(String name, int type, List<String> dimensions) {}
}
