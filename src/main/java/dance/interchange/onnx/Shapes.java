package dance.interchange.onnx;

import dance.interchange.onnx.Graph.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shape inference of operators (ONNX, "Operators"; those of com.microsoft in fused graphs). */
final class Shapes {
  private Shapes() {}

  /**
   * The outputs of a node, as far as known; null if the operator is unknown.
   *
   * @throws Call.Unknowable if they depend on the inputs of the network
   * @throws IllegalArgumentException if the node is inconsistent
   */
  static Value[] of(Call call) {
    String op = call.op();
    if (Arithmetic.UNARY.contains(op)) {
      return one(Arithmetic.unary(call));
    }
    if (Arithmetic.BROADCAST.contains(op)) {
      return one(Arithmetic.broadcast(call));
    }
    if (op.startsWith("Reduce") || op.equals("ArgMax") || op.equals("ArgMin")) {
      return one(reduced(call));
    }
    return switch (op) {
      case "Conv", "ConvInteger", "FusedConv", "DeformConv" -> one(convolution(call, 1));
      case "QLinearConv" -> one(convolution(call, 3));
      case "ConvTranspose" -> one(convolution(call, 1));
      case "MaxPool", "AveragePool", "LpPool" -> twice(pool(call));
      case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> one(pool(call));
      case "MatMul", "MatMulInteger", "FusedMatMul", "Gemm", "FusedGemm" -> one(product(call, 1));
      case "QLinearMatMul" -> one(product(call, 3));
      case "Einsum" -> one(EinsumNode.of(call).shape(call));
      case "RNN", "LSTM", "GRU" -> recurrent(call);
      case "QLinearAdd", "QLinearMul" ->
          one(Value.of(call.in(0).type(), Arithmetic.join(call.in(0).dims(), call.in(3).dims())));
      case "Softmax", "LogSoftmax", "Hardmax", "LpNormalization", "CumSum", "Trilu", "LRN" ->
          one(same(call));
      case "InstanceNormalization", "GroupNormalization", "MeanVarianceNormalization" ->
          one(same(call));
      case "ScatterElements", "ScatterND", "Scatter", "EyeLike", "Bernoulli" -> one(same(call));
      case "LayerNormalization",
          "SimplifiedLayerNormalization",
          "SkipLayerNormalization",
          "SkipSimplifiedLayerNormalization",
          "RMSNormalization" ->
          normalization(call);
      case "BatchNormalization" -> one(same(call));
      case "DynamicQuantizeLinear" -> new Value[] {same(call).type(2), scalar(1), scalar(2)};
      case "RandomNormalLike", "RandomUniformLike" -> one(same(call));
      case "Attention", "MultiHeadAttention" -> one(FusedAttention.shape(call));
      default -> moves(call);
    };
  }

  private static Value[] moves(Call call) {
    return switch (call.op()) {
      case "Reshape" -> one(Rearrangement.reshape(call));
      case "Flatten" -> one(Rearrangement.flatten(call));
      case "Squeeze" -> one(Rearrangement.squeeze(call));
      case "Unsqueeze" -> one(Rearrangement.unsqueeze(call));
      case "Transpose" -> one(Rearrangement.transpose(call));
      case "Expand" -> one(Rearrangement.expand(call.in(0), call.needed("shape", 1)));
      case "Tile" -> one(Rearrangement.tile(call));
      case "Concat" -> one(Rearrangement.concat(call));
      case "Split" -> Rearrangement.split(call);
      case "Slice" -> one(Rearrangement.slice(call));
      case "Gather" -> one(Rearrangement.gather(call));
      case "GatherElements" -> one(Value.of(call.in(0).type(), call.in(1).dims()));
      case "GatherND" -> one(gatherNd(call));
      case "Constant" -> one(constant(call));
      case "ConstantOfShape" -> one(filled(call));
      case "Shape" -> one(shape(call));
      case "Size" -> one(Value.of(Value.INT64).data(new double[] {call.in(0).count()}));
      case "Range" -> one(range(call));
      case "Pad" -> one(padded(call));
      case "Resize", "Upsample" -> one(resized(call));
      case "DepthToSpace" -> one(blocks(call, 1));
      case "SpaceToDepth" -> one(blocks(call, -1));
      case "OneHot" -> one(oneHot(call));
      case "TopK" -> twice(topK(call));
      case "GridSample" -> one(sampled(call));
      default -> null;
    };
  }

  private static Value[] one(Value value) {
    return new Value[] {value};
  }

  private static Value[] twice(Value value) {
    return new Value[] {value, value.type(Value.INT64)};
  }

  private static Value scalar(int type) {
    return Value.of(type);
  }

  private static Value same(Call call) {
    return Value.of(call.in(0).type(), call.in(0).dims());
  }

  private static Value[] normalization(Call call) {
    Value x = same(call);
    long[] statistics = x.dims().clone();
    int axis = Call.axis(call.node().number("axis", -1), x.rank());
    Arrays.fill(statistics, Math.min(axis, statistics.length), statistics.length, 1);
    Value mean = Value.of(Value.FLOAT, statistics);
    // the fourth output of the fused ones is the sum of input and skip
    return new Value[] {x, mean, mean, x};
  }

  private static Value convolution(Call call, int weight) {
    Value x = call.in(0);
    Value w = call.in(weight);
    Windows windows = Convolutions.windows(call, x, w);
    boolean transposed = call.op().equals("ConvTranspose");
    long channels = transposed ? w.dim(1) * call.node().number("group", 1) : w.dim(0);
    return Value.of(x.type(), imageOf(x.dim(0), channels, windows.output()));
  }

  private static long[] imageOf(long images, long channels, long[] sizes) {
    long[] dims = new long[sizes.length + 2];
    dims[0] = images;
    dims[1] = channels;
    System.arraycopy(sizes, 0, dims, 2, sizes.length);
    return dims;
  }

  private static Value pool(Call call) {
    Value x = call.in(0);
    return Value.of(
        x.type(), imageOf(x.dim(0), x.dim(1), Convolutions.poolWindows(call, x).output()));
  }

  /** MatMul as in NumPy, Gemm with its transpositions. */
  private static Value product(Call call, int second) {
    MatrixNode m = MatrixNode.of(call, second);
    return Value.of(call.in(0).type(), m.output());
  }

  private static Value[] recurrent(Call call) {
    Value x = call.in(0);
    Value r = call.in(2);
    boolean batchFirst = call.node().number("layout", 0) == 1;
    long directions = r.dim(0);
    long batch = x.dim(batchFirst ? 0 : 1);
    long steps = x.dim(batchFirst ? 1 : 0);
    long hidden = r.dim(2);
    Value last =
        batchFirst
            ? Value.of(x.type(), batch, directions, hidden)
            : Value.of(x.type(), directions, batch, hidden);
    Value all =
        batchFirst
            ? Value.of(x.type(), batch, steps, directions, hidden)
            : Value.of(x.type(), steps, directions, batch, hidden);
    return new Value[] {all, last, last};
  }

  private static Value reduced(Call call) {
    Value x = call.in(0);
    boolean arg = call.op().startsWith("Arg");
    long[] axes = arg ? new long[] {call.node().number("axis", 0)} : call.longs("axes", 1);
    if (axes != null && axes.length == 0) {
      axes = null;
    }
    if (axes == null && call.node().number("noop_with_empty_axes", 0) != 0) {
      return same(call);
    }
    boolean[] chosen = Call.axes(axes, x.rank());
    boolean kept = call.node().number("keepdims", 1) != 0;
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!chosen[i] || kept) {
        dims.add(chosen[i] ? 1 : x.dim(i));
      }
    }
    Value result = Value.of(arg ? Value.INT64 : x.type(), longs(dims));
    if (x.data() == null || result.count() != 1) {
      return result;
    }
    return switch (call.op()) {
      case "ReduceProd" ->
          result.data(new double[] {Arrays.stream(x.data()).reduce(1, (a, b) -> a * b)});
      case "ReduceSum" -> result.data(new double[] {Arrays.stream(x.data()).sum()});
      case "ReduceMax" -> result.data(new double[] {Arrays.stream(x.data()).max().orElse(0)});
      case "ReduceMin" -> result.data(new double[] {Arrays.stream(x.data()).min().orElse(0)});
      default -> result;
    };
  }

  private static long[] longs(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  private static Value constant(Call call) {
    for (var entry : call.node().attributes().entrySet()) {
      Attribute a = entry.getValue();
      switch (entry.getKey()) {
        case "value" -> {
          if (a.tensor() != null) {
            return a.tensor();
          }
        }
        case "value_int" -> {
          return Value.of(Value.INT64).data(new double[] {a.numbers()[0]});
        }
        case "value_ints" -> {
          return Value.list(Value.INT64, Arrays.stream(a.numbers()).asDoubleStream().toArray());
        }
        case "value_float" -> {
          return Value.of(Value.FLOAT).data(a.reals());
        }
        case "value_floats" -> {
          return Value.list(Value.FLOAT, a.reals());
        }
        default -> {}
      }
    }
    throw new Call.Unknowable("node " + call.node() + " holds no tensor of numbers");
  }

  private static Value filled(Call call) {
    long[] dims = call.needed("shape", 0);
    Attribute value = call.node().attributes().get("value");
    Value fill =
        value == null || value.tensor() == null ? Value.list(Value.FLOAT, 0) : value.tensor();
    Value result = Value.of(fill.type(), dims);
    if (fill.data() == null || fill.data().length != 1 || result.count() > Value.FEW) {
      return result;
    }
    double[] data = new double[(int) result.count()];
    Arrays.fill(data, fill.data()[0]);
    return result.data(data);
  }

  private static Value shape(Call call) {
    long[] dims = call.in(0).dims();
    int rank = dims.length;
    int from = (int) Math.max(0, counted(call.node().number("start", 0), rank));
    int to = (int) Math.min(rank, counted(call.node().number("end", rank), rank));
    long[] part = from < to ? Arrays.copyOfRange(dims, from, to) : new long[0];
    return Value.list(Value.INT64, Arrays.stream(part).asDoubleStream().toArray());
  }

  private static long counted(long position, int rank) {
    return position < 0 ? position + rank : position;
  }

  private static Value range(Call call) {
    double[][] limits = new double[3][];
    for (int i = 0; i < 3; i++) {
      limits[i] = call.in(i).data();
      if (limits[i] == null || limits[i].length != 1) {
        throw new Call.Unknowable(
            "tensor %s, a limit of node %s, is only known when the network runs"
                .formatted(call.node().inputs().get(i), call.node()));
      }
    }
    double start = limits[0][0];
    double step = limits[2][0];
    double count = Math.max(0, Math.ceil((limits[1][0] - start) / step));
    Value result = Value.of(call.in(0).type(), (long) count);
    if (!(count <= Value.FEW)) {
      return result;
    }
    double[] data = new double[(int) count];
    for (int i = 0; i < data.length; i++) {
      data[i] = start + i * step;
    }
    return result.data(data);
  }

  private static Value padded(Call call) {
    Value x = call.in(0);
    long[] pads = call.needed("pads", 1);
    long[] axes = call.longs("axes", 3);
    long[] dims = x.dims().clone();
    for (int i = 0; i < pads.length / 2; i++) {
      int axis = Call.axis(axes == null ? i : axes[i], x.rank());
      dims[axis] += pads[i] + pads[i + pads.length / 2];
    }
    return Value.of(x.type(), dims);
  }

  private static Value resized(Call call) {
    Value x = call.in(0);
    boolean old = call.op().equals("Upsample") || call.opset() > 0 && call.opset() < 11;
    long[] axes = call.node().numbers("axes");
    long[] sizes = old ? null : call.longs("sizes", 3);
    long[] dims = x.dims().clone();
    double[] scales = scales(call, old ? 1 : 2);
    for (int i = 0; i < (axes == null ? dims.length : axes.length); i++) {
      int axis = axes == null ? i : Call.axis(axes[i], dims.length);
      if (sizes != null && i < sizes.length) {
        dims[axis] = sizes[i];
      } else if (scales != null && i < scales.length) {
        dims[axis] = (long) Math.floor(dims[axis] * scales[i] + 1e-9);
      } else {
        throw new IllegalArgumentException("neither sizes nor scales for axis " + axis);
      }
    }
    return Value.of(x.type(), dims);
  }

  private static double[] scales(Call call, int input) {
    Attribute attribute = call.node().attributes().get("scales");
    if (attribute != null) {
      return attribute.reals();
    }
    if (!call.has(input) || call.in(input).count() == 0) {
      return null;
    }
    double[] data = call.in(input).data();
    if (data == null) {
      throw new Call.Unknowable(
          "tensor %s, the scales of node %s, is only known when the network runs"
              .formatted(call.node().inputs().get(input), call.node()));
    }
    return data;
  }

  private static Value blocks(Call call, int direction) {
    Value x = call.in(0);
    long b = call.node().number("blocksize", 1);
    if (x.rank() != 4 || b < 1) {
      throw new IllegalArgumentException("blocks of " + b + " of a tensor " + x.shape());
    }
    return direction > 0
        ? Value.of(x.type(), x.dim(0), x.dim(1) / (b * b), x.dim(2) * b, x.dim(3) * b)
        : Value.of(x.type(), x.dim(0), x.dim(1) * b * b, x.dim(2) / b, x.dim(3) / b);
  }

  private static Value gatherNd(Call call) {
    Value x = call.in(0);
    Value indices = call.in(1);
    int batch = (int) call.node().number("batch_dims", 0);
    int last = Math.toIntExact(indices.dim(-1));
    long[] dims = Arrays.copyOf(indices.dims(), indices.rank() - 1 + x.rank() - batch - last);
    System.arraycopy(x.dims(), batch + last, dims, indices.rank() - 1, x.rank() - batch - last);
    return Value.of(x.type(), dims);
  }

  private static Value oneHot(Call call) {
    long[] depth = call.needed("depth", 1);
    long[] indices = call.in(0).dims();
    long given = call.node().number("axis", -1);
    int axis = Call.axis(given, indices.length + 1);
    long[] dims = new long[indices.length + 1];
    System.arraycopy(indices, 0, dims, 0, axis);
    dims[axis] = depth[0];
    System.arraycopy(indices, axis, dims, axis + 1, indices.length - axis);
    return Value.of(call.in(2).type(), dims);
  }

  private static Value topK(Call call) {
    Value x = call.in(0);
    long[] dims = x.dims().clone();
    dims[Call.axis(call.node().number("axis", -1), x.rank())] = call.needed("k", 1)[0];
    return Value.of(x.type(), dims);
  }

  private static Value sampled(Call call) {
    Value x = call.in(0);
    long[] grid = call.in(1).dims();
    return Value.of(
        x.type(), imageOf(x.dim(0), x.dim(1), Arrays.copyOfRange(grid, 1, grid.length - 1)));
  }
}
