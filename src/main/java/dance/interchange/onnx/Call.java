package dance.interchange.onnx;

import dance.interchange.onnx.Graph.Node;
import java.util.Arrays;

/**
 * A node with the known properties of its inputs.
 *
 * @param node the node
 * @param inputs null for a missing optional input
 * @param opset version of the standard operators
 */
record Call(Node node, Value[] inputs, long opset) {

  /** Thrown if the file does not determine a shape; the message names the tensor and the reason. */
  static final class Unknowable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknowable(String reason) {
      super(reason, null, false, false);
    }
  }

  String op() {
    return node.op();
  }

  boolean has(int i) {
    return i < inputs.length && inputs[i] != null;
  }

  /**
   * An input whose sizes are known.
   *
   * @throws Unknowable if they are not
   * @throws IllegalArgumentException if the input is missing
   */
  Value in(int i) {
    if (!has(i)) {
      throw new IllegalArgumentException("input " + i + " is missing");
    }
    if (inputs[i].dims() == null) {
      throw new Unknowable(inputs[i].unknown());
    }
    return inputs[i];
  }

  /**
   * Integers from an attribute, or from an input that is constant.
   *
   * @return null if neither is there
   * @throws Unknowable if the input depends on the inputs of the network
   */
  long[] longs(String attribute, int input) {
    long[] given = node.numbers(attribute);
    if (given != null) {
      return given;
    }
    if (input < 0 || !has(input)) {
      return null;
    }
    long[] data = in(input).longs();
    if (data == null) {
      throw new Unknowable(
          "tensor %s, %s of node %s, is only known when the network runs"
              .formatted(node.inputs().get(input), attribute, node));
    }
    return data;
  }

  /** As {@link #longs(String, int)}, with a default. */
  long[] longs(String attribute, int input, long[] otherwise) {
    long[] found = longs(attribute, input);
    return found == null ? otherwise : found;
  }

  /** As {@link #longs(String, int)}, for mandatory ones. */
  long[] needed(String attribute, int input) {
    long[] found = longs(attribute, input);
    if (found == null) {
      throw new IllegalArgumentException(attribute + " is missing");
    }
    return found;
  }

  /** An axis counted from the front. */
  static int axis(long axis, int rank) {
    long positive = axis < 0 ? axis + rank : axis;
    if (positive < 0 || positive >= Math.max(rank, 1)) {
      throw new IllegalArgumentException(
          "axis " + axis + " is none of a tensor of " + rank + " dimensions");
    }
    return (int) positive;
  }

  /** Axes counted from the front; all of them if the list is null. */
  static boolean[] axes(long[] axes, int rank) {
    boolean[] chosen = new boolean[rank];
    if (axes == null) {
      Arrays.fill(chosen, true);
      return chosen;
    }
    for (long a : axes) {
      chosen[axis(a, rank)] = true;
    }
    return chosen;
  }
}
