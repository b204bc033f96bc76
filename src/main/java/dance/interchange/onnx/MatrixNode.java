package dance.interchange.onnx;

import dance.workload.Layer;
import java.util.Arrays;

/**
 * The product of two tensors as defined by NumPy's {@code matmul}, or Gemm.
 *
 * @param a sizes of the first factor, {@code [..., rows, inner]}
 * @param b sizes of the second, {@code [..., inner, columns]}
 * @param batch sizes before the last two, broadcast
 * @param vectors whether the first and the second were vectors
 * @param constant whether the second is constant: weights
 */
record MatrixNode(long[] a, long[] b, long[] batch, boolean[] vectors, boolean constant) {

  static MatrixNode of(Call call, int second) {
    Value x = call.in(0);
    Value y = call.in(second);
    boolean gemm = call.op().endsWith("Gemm");
    boolean[] vectors = {x.rank() == 1, y.rank() == 1};
    if (x.rank() == 0 || y.rank() == 0 || gemm && (x.rank() != 2 || y.rank() != 2)) {
      throw new IllegalArgumentException("a product of %s and %s".formatted(x.shape(), y.shape()));
    }
    long[] a = vectors[0] ? new long[] {1, x.dim(0)} : x.dims().clone();
    long[] b = vectors[1] ? new long[] {y.dim(0), 1} : y.dims().clone();
    swap(a, call.node().number("transA", 0));
    swap(b, call.node().number("transB", 0));
    if (a[a.length - 1] != b[b.length - 2]) {
      throw new IllegalArgumentException(
          "a product of %s and %s: %d is not %d"
              .formatted(x.shape(), y.shape(), a[a.length - 1], b[b.length - 2]));
    }
    long[] batch = Arithmetic.join(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
    return new MatrixNode(a, b, batch, vectors, y.constant());
  }

  private static void swap(long[] dims, long transposed) {
    if (transposed != 0) {
      long last = dims[dims.length - 1];
      dims[dims.length - 1] = dims[dims.length - 2];
      dims[dims.length - 2] = last;
    }
  }

  long[] output() {
    long[] dims = Arrays.copyOf(batch, batch.length + 2);
    dims[batch.length] = rows();
    dims[batch.length + 1] = columns();
    if (vectors[1]) {
      dims = Arrays.copyOf(dims, dims.length - 1);
    }
    return vectors[0] ? Rearrangement.replaced(dims, batch.length) : dims;
  }

  private long rows() {
    return a[a.length - 2];
  }

  private long inner() {
    return a[a.length - 1];
  }

  private long columns() {
    return b[b.length - 1];
  }

  /**
   * The layer: fully connected if the second factor is one constant matrix, else a product of
   * activations.
   *
   * @param images batch size of the network, the first size of tensors that have it
   */
  Layer layer(String name, long images) {
    int before = batch.length;
    long shared = Value.product(b, 0, b.length - 2);
    if (shared == 1) {
      long[] sizes = Arrays.copyOf(batch, before + 1);
      sizes[before] = rows();
      int n = sizes[0] == images ? Math.toIntExact(images) : 1;
      int rows = Math.toIntExact(Value.product(sizes, 0, sizes.length) / n);
      return constant
          ? Layer.fullyConnected(name, size(inner()), size(columns())).output(rows, 1).batch(n)
          : Layer.matmul(name, 1, rows, size(inner()), size(columns())).batch(n);
    }
    if (Value.product(a, 0, a.length - 2) == 1) {
      // the transposed product: the first factor is shared by the batch
      int rows = Math.toIntExact(Math.multiplyExact(shared, columns()));
      return Layer.matmul(name, 1, rows, size(inner()), size(rows()));
    }
    long[] dims = batch;
    int n = dims[0] == images ? size(images) : 1;
    int groups = size(Value.product(dims, 0, before) / n);
    return Layer.matmul(name, groups, size(rows()), size(inner()), size(columns())).batch(n);
  }

  private static int size(long exact) {
    return Math.toIntExact(exact);
  }
}
