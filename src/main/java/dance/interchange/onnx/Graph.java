package dance.interchange.onnx;

import java.util.List;
import java.util.Map;

/**
 * A graph of ONNX as far as shapes and costs need it (onnx.proto, IR version 3 and later).
 *
 * @param nodes in order of execution
 * @param constants initialisers by name
 * @param inputs what the graph is fed, initialisers aside
 * @param outputs names of the tensors that leave the graph
 * @param declared shapes that the file states for tensors inside the graph
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
   * @param functions operators that the file itself defines, by domain and name
   */
  record Model(String producer, long opset, Graph graph, Map<String, Function> functions) {}

  /** An operator made of others; inputs and outputs are the names inside of it. */
  record Function(List<String> inputs, List<String> outputs, List<Node> nodes) {}

  /**
   * An operator at work.
   *
   * @param inputs names of tensors; an empty name is an optional input left out
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
   * A parameter of a node: of its parts only those of its type are filled.
   *
   * @param graph of a branch or a loop; null of other types
   * @param tensor null of other types
   * @param reference name of the enclosing function's attribute that stands here; may be empty
   */
  record Attribute(
      long[] numbers, double[] reals, String text, Value tensor, Graph graph, String reference) {}

  /**
   * A tensor with the shape that the file states.
   *
   * @param type element type of onnx.proto
   * @param dimensions sizes as digits, names of symbolic ones, empty texts where nothing is said;
   *     null if there is no shape
   */
  record Declared(String name, int type, List<String> dimensions) {}
}
