package dance.interchange.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes an ONNX model (IR version 8, opset 13): inputs, initialisers and nodes in order of
 * execution, outputs last.
 */
public final class OnnxWriter {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final Message graph = new Message();
  private final Message model = new Message().number(1, IR_VERSION).text(2, "dance");

  /** A graph of this name, without nodes. */
  public OnnxWriter(String name) {
    graph.text(2, name);
  }

  /**
   * An input of floats.
   *
   * @param dimensions sizes as digits, or names of open ones
   */
  public OnnxWriter input(String name, Object... dimensions) {
    graph.message(11, declared(name, Value.FLOAT, dimensions));
    return this;
  }

  /** An output of floats; see {@link #input}. */
  public OnnxWriter output(String name, Object... dimensions) {
    graph.message(12, declared(name, Value.FLOAT, dimensions));
    return this;
  }

  private static Message declared(String name, int type, Object... dimensions) {
    Message shape = new Message();
    for (Object dimension : dimensions) {
      Message size = new Message();
      if (dimension instanceof Number number) {
        size.number(1, number.longValue());
      } else {
        size.text(2, dimension.toString());
      }
      shape.message(1, size);
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /**
   * Weights.
   *
   * @param data in row-major order, {@code [product of dims]}; null to omit them, as external data
   */
  public OnnxWriter weights(String name, float[] data, long... dims) {
    Message tensor = tensor(name, Value.FLOAT, dims);
    if (data == null) {
      tensor.message(13, new Message().text(1, "location").text(2, "weights.bin")).number(14, 1);
    } else {
      ByteBuffer raw = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
      raw.asFloatBuffer().put(data);
      tensor.bytes(9, raw.array());
    }
    graph.message(5, tensor);
    return this;
  }

  /** Integers, such as a shape: {@code [n]}. */
  public OnnxWriter numbers(String name, long... data) {
    ByteBuffer raw = ByteBuffer.allocate(8 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(data);
    graph.message(5, tensor(name, Value.INT64, data.length).bytes(9, raw.array()));
    return this;
  }

  private static Message tensor(String name, int type, long... dims) {
    Message tensor = new Message();
    for (long d : dims) {
      tensor.number(1, d);
    }
    return tensor.number(2, type).text(8, name);
  }

  /**
   * A node.
   *
   * @param operator of ONNX, with a domain before a colon if it is not the standard one
   * @param inputs names of tensors, empty for a missing optional one
   * @param attributes names and values alternating: Long or Integer, Float, String, long[]
   */
  public OnnxWriter node(
      String operator, String name, List<String> inputs, String output, Object... attributes) {
    int colon = operator.indexOf(':');
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, name).text(4, operator.substring(colon + 1));
    for (int i = 0; i < attributes.length; i += 2) {
      node.message(5, attribute(attributes[i].toString(), attributes[i + 1]));
    }
    if (colon >= 0) {
      node.text(7, operator.substring(0, colon));
    }
    graph.message(1, node);
    return this;
  }

  private static Message attribute(String name, Object value) {
    Message attribute = new Message().text(1, name);
    if (value instanceof Float real) {
      return attribute.real(2, real).number(20, 1);
    }
    if (value instanceof Number whole) {
      return attribute.number(3, whole.longValue()).number(20, 2);
    }
    if (value instanceof long[] list) {
      for (long whole : list) {
        attribute.number(8, whole);
      }
      return attribute.number(20, 7);
    }
    return attribute.text(4, value.toString()).number(20, 3);
  }

  /** The model as the bytes of a file. */
  public byte[] toBytes() {
    Message whole = new Message();
    byte[] head = model.toBytes();
    Message opset = new Message().text(1, "").number(2, OPSET);
    byte[] rest = whole.message(7, graph).message(8, opset).toBytes();
    return ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
  }
}
