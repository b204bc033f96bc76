package dance.interchange.onnx;

import dance.workload.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention as one node: ONNX's {@code Attention} (opset 23), and {@code Attention} and {@code
 * MultiHeadAttention} of com.microsoft, from ONNX Runtime's optimiser. Past keys and values are not
 * supported.
 *
 * @param images batch size
 * @param heads number of heads of the queries
 * @param queries number of query tokens
 * @param keys number of key tokens
 * @param width of a head
 * @param valueWidth of a head's values
 * @param projected whether the node includes the projections to queries, keys and values
 */
record FusedAttention(
    int images, int heads, int queries, int keys, int width, int valueWidth, Call projected) {

  private static FusedAttention of(Call call) {
    Value q = call.in(0);
    boolean microsoft = !call.node().domain().isEmpty();
    if (microsoft && call.op().equals("Attention")) {
      int heads = heads(call, "num_heads");
      int width = size(call.in(1).dim(1) / 3 / heads);
      int tokens = size(q.dim(1));
      return new FusedAttention(size(q.dim(0)), heads, tokens, tokens, width, width, call);
    }
    Value k = call.in(1);
    Value v = call.in(2);
    if (q.rank() == 4) {
      return new FusedAttention(
          size(q.dim(0)),
          size(q.dim(1)),
          size(q.dim(2)),
          size(k.dim(2)),
          size(q.dim(3)),
          size(v.dim(3)),
          null);
    }
    int heads = heads(call, microsoft ? "num_heads" : "q_num_heads");
    int keyHeads = microsoft ? heads : heads(call, "kv_num_heads");
    return new FusedAttention(
        size(q.dim(0)),
        heads,
        size(q.dim(1)),
        size(k.dim(1)),
        size(q.dim(2) / heads),
        size(v.dim(2) / keyHeads),
        null);
  }

  private static int heads(Call call, String attribute) {
    long heads = call.node().number(attribute, 0);
    if (heads < 1) {
      throw new IllegalArgumentException("attribute " + attribute + " is missing");
    }
    return size(heads);
  }

  private static int size(long exact) {
    return Math.toIntExact(exact);
  }

  static Value shape(Call call) {
    FusedAttention x = of(call);
    Value q = call.in(0);
    return q.rank() == 4
        ? Value.of(q.type(), x.images, x.heads, x.queries, x.valueWidth)
        : Value.of(q.type(), x.images, x.queries, (long) x.heads * x.valueWidth);
  }

  static List<Layer> layers(String name, Call call) {
    FusedAttention x = of(call);
    List<Layer> layers = new ArrayList<>();
    if (x.projected != null) {
      Value weights = call.in(1);
      layers.add(
          Layer.fullyConnected(name + ".qkv", size(weights.dim(0)), size(weights.dim(1)))
              .output(x.queries, 1)
              .batch(x.images));
    }
    layers.add(Layer.matmul(name + ".scores", x.heads, x.queries, x.width, x.keys).batch(x.images));
    layers.add(
        Layer.matmul(name + ".context", x.heads, x.queries, x.keys, x.valueWidth).batch(x.images));
    return layers;
  }
}
