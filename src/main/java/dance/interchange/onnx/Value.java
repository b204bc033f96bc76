package dance.interchange.onnx;

import dance.check.Copy;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Static properties of a tensor.
 *
 * @param type element type of onnx.proto; 0 if unknown
 * @param dims its sizes; null if unknown
 * @param data its elements in row-major order, if known and few; else null
 * @param constant whether it does not depend on the inputs of the network
 * @param origin name of the tensor of which this one is an element-wise function
 * @param unknown why the sizes are unknown; null if they are known
 * @param stored the bytes that the file holds of a constant; null if there are none
 */
record Value(
    int type,
    long[] dims,
    double[] data,
    boolean constant,
    String origin,
    String unknown,
    RawData stored) {
  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int BOOL = 9;

  /** Tensors with more elements are weights, not shapes: their values are not kept. */
  static final int FEW = 4096;

  /** Maximum number of dimensions of a tensor; NumPy's limit is lower. */
  static final int MAX_RANK = 64;

  static Value of(int type, long... dims) {
    return new Value(type, dims, null, false, "", null, null);
  }

  static Value unknown(String reason) {
    return new Value(0, null, null, false, "", reason, null);
  }

  static Value list(int type, double... data) {
    return new Value(type, new long[] {data.length}, data, true, "", null, null);
  }

  Value data(double[] elements) {
    return Copy.with(this, "data", elements);
  }

  Value stored(RawData bytes) {
    return Copy.with(this, "stored", bytes);
  }

  Value constant(boolean isConstant) {
    return Copy.with(this, "constant", isConstant);
  }

  Value origin(String name) {
    return Copy.with(this, "origin", name);
  }

  Value type(int other) {
    return Copy.with(this, "type", other);
  }

  int rank() {
    return dims.length;
  }

  /** Size along an axis, counted from the end if negative. */
  long dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** Number of elements, at most 2^62. */
  long count() {
    return product(dims, 0, dims.length);
  }

  /** Number of elements along some axes. */
  long product(int from, int to) {
    return product(dims, from, to);
  }

  static long product(long[] sizes, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      try {
        product = Math.multiplyExact(product, sizes[i]);
      } catch (ArithmeticException overflow) {
        throw new IllegalArgumentException(
            "a tensor of the sizes " + text(sizes) + " has more than 2^63 elements", overflow);
      }
    }
    return product;
  }

  boolean isInteger() {
    return type != FLOAT && type != 10 && type != 11 && type != 16 && type != 0;
  }

  boolean isFloat() {
    return type == FLOAT || type == 10 || type == 11 || type == 16;
  }

  /** The elements as whole numbers; null if they are unknown. */
  long[] longs() {
    return data == null ? null : Arrays.stream(data).mapToLong(d -> (long) d).toArray();
  }

  static String text(long[] sizes) {
    return LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining("×", "[", "]"));
  }

  String shape() {
    return dims == null ? "?" : text(dims);
  }
}
