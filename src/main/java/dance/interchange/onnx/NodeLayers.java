package dance.interchange.onnx;

import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The layers of a node: none for operators without cost in the workload model. */
final class NodeLayers {
  private NodeLayers() {}

  /** The input that holds a node's weights, if it has any. */
  static int weight(Call call) {
    if (call.op().startsWith("QLinear")) {
      return 3;
    }
    return call.op().equals("Einsum") && call.inputs()[0].constant() ? 0 : 1;
  }

  static List<Layer> of(String name, Call call, Value output, long images) {
    return switch (call.op()) {
      case "Conv", "ConvInteger", "FusedConv", "DeformConv", "QLinearConv", "ConvTranspose" ->
          Convolutions.layers(name, call, call.in(0), call.in(weight(call)));
      case "MaxPool",
          "AveragePool",
          "LpPool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "GlobalLpPool" ->
          List.of(Convolutions.pool(name, Convolutions.poolWindows(call, call.in(0)), call.in(0)));
      case "MatMul", "MatMulInteger", "FusedMatMul", "Gemm", "FusedGemm", "QLinearMatMul" ->
          List.of(MatrixNode.of(call, weight(call)).layer(name, images));
      case "Einsum" -> List.of(EinsumNode.of(call).layer(name, call));
      case "RNN", "GRU", "LSTM" -> recurrent(name, call);
      case "Attention", "MultiHeadAttention" -> FusedAttention.layers(name, call);
      case "Add", "Sub", "Sum", "QLinearAdd" -> sum(name, call, output);
      case "Mul", "QLinearMul" -> product(name, call, output);
      case "ReduceMean", "ReduceSum", "ReduceMax" -> reduction(name, call);
      default -> List.of();
    };
  }

  /** A mean over rows and columns is a pooling: exporters write adaptive pooling like this. */
  private static List<Layer> reduction(String name, Call call) {
    Value x = call.in(0);
    boolean[] axes = Call.axes(call.longs("axes", 1), x.rank());
    boolean image = x.rank() >= 4 && !axes[0] && !axes[1];
    for (int i = 2; i < x.rank(); i++) {
      image &= axes[i];
    }
    if (!image) {
      return List.of();
    }
    long[] sizes = Convolutions.sizes(x);
    long[] ones = new long[sizes.length];
    Arrays.fill(ones, 1);
    return List.of(Convolutions.pool(name, new Windows(sizes, sizes, ones, ones, ones), x));
  }

  /** Whether tensors have one shape and are not element-wise functions of one tensor. */
  private static boolean alike(Call call, Value output, int second) {
    Value a = call.in(0);
    Value b = call.in(second);
    boolean functions = !a.constant() && !b.constant() && a.origin().equals(b.origin());
    return Arrays.equals(a.dims(), b.dims())
        && Arrays.equals(a.dims(), output.dims())
        && !functions;
  }

  /**
   * Additions of whole tensors. The bias of a channel is not one; a constant that varies along two
   * or more axes, such as a position embedding, is a tensor.
   */
  private static List<Layer> sum(String name, Call call, Value output) {
    int second = call.op().startsWith("QLinear") ? 3 : 1;
    if (!call.has(second) || output.rank() == 0) {
      return List.of();
    }
    Value a = call.in(0);
    Value b = call.in(second);
    boolean table =
        a.constant() != b.constant()
            && wide(a.constant() ? a : b, output)
            && !call.op().equals("Sub");
    if (!alike(call, output, second) && !table) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    int terms = call.op().equals("Sum") ? call.inputs().length : 2;
    for (int i = 1; i < terms; i++) {
      layers.add(addition(name, output));
    }
    return layers;
  }

  private static boolean wide(Value constant, Value output) {
    long images = output.dim(0);
    return Arrays.stream(constant.dims()).filter(d -> d > 1).count() >= 2
        && constant.count() >= output.count() / images;
  }

  private static Layer addition(String name, Value x) {
    int rank = x.rank();
    if (rank >= 4) {
      return Layer.add(name, size(x.dim(1)))
          .output(size(x.dim(2)), size(x.product(3, rank)))
          .batch(size(x.dim(0)));
    }
    int images = rank == 1 ? 1 : size(x.dim(0));
    return Layer.add(name, size(x.dim(-1))).output(rank == 3 ? size(x.dim(1)) : 1, 1).batch(images);
  }

  /**
   * Products of activations element by element, one MAC each: whole tensors, as in gated units, and
   * channels scaled by a factor each, as in squeeze-and-excitation. A tensor times a function of
   * itself is an activation function.
   */
  private static List<Layer> product(String name, Call call, Value output) {
    int second = call.op().startsWith("QLinear") ? 3 : 1;
    Value a = call.in(0);
    Value b = call.in(second);
    if (a.constant() || b.constant() || a.origin().equals(b.origin())) {
      return List.of();
    }
    if (alike(call, output, second)) {
      return List.of(Layer.matmul(name, size(output.count()), 1, 1, 1));
    }
    Value factor = Arrays.equals(a.dims(), output.dims()) ? b : a;
    int rank = output.rank();
    boolean channels =
        rank >= 4
            && factor.rank() == rank
            && factor.dim(1) == output.dim(1)
            && factor.product(2, rank) == 1
            && Arrays.equals((factor == a ? b : a).dims(), output.dims());
    return channels
        ? List.of(
            Layer.matmul(name, size(output.dim(1)), 1, 1, 1)
                .output(size(output.dim(2)), size(output.product(3, rank)))
                .batch(size(output.dim(0))))
        : List.of();
  }

  /**
   * For each direction the products of the inputs, for all steps at once, and the products of the
   * state, step by step.
   */
  private static List<Layer> recurrent(String name, Call call) {
    Value x = call.in(0);
    Value w = call.in(1);
    Value r = call.in(2);
    boolean batchFirst = call.node().number("layout", 0) == 1;
    int images = size(x.dim(batchFirst ? 0 : 1));
    int steps = size(x.dim(batchFirst ? 1 : 0));
    List<Layer> layers = new ArrayList<>();
    if (w.rank() != 3 || r.rank() != 3 || w.dim(0) > 2) {
      throw new IllegalArgumentException(
          "weights %s and %s are not those of one direction or two"
              .formatted(w.shape(), r.shape()));
    }
    for (int i = 0; i < w.dim(0); i++) {
      String direction = name + (i == 0 ? "" : ".reverse");
      layers.add(
          Layer.fullyConnected(direction + ".input", size(w.dim(2)), size(w.dim(1)))
              .output(steps, 1)
              .batch(images));
      layers.add(
          Layer.fullyConnected(direction + ".recurrent", size(r.dim(2)), size(r.dim(1)))
              .output(steps, 1)
              .batch(images));
    }
    return layers;
  }

  private static int size(long exact) {
    return Math.toIntExact(exact);
  }
}
