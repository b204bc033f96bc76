package dance.interchange.onnx;

import dance.interchange.onnx.Graph.Node;
import dance.interchange.onnx.ImportReport.Row;
import dance.interchange.onnx.ImportReport.Taken;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The layers so far; converts a node to layers. */
final class LayerList {
  /** Operators that need their shapes: convolutions, products, poolings. */
  static final Set<String> PRODUCTS =
      Set.of(
          ("Attention AveragePool Conv ConvInteger ConvTranspose DeformConv Einsum FusedConv"
                  + " FusedGemm FusedMatMul GRU Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool"
                  + " LSTM LpPool MatMul MatMulInteger MaxPool MultiHeadAttention QLinearConv"
                  + " QLinearMatMul RNN")
              .split(" "));

  private static final Set<String> NORMALIZATIONS =
      Set.of(
          ("GroupNormalization Hardmax InstanceNormalization LRN LayerNormalization LogSoftmax"
                  + " LpNormalization MeanVarianceNormalization RMSNormalization"
                  + " SimplifiedLayerNormalization SkipLayerNormalization"
                  + " SkipSimplifiedLayerNormalization Softmax")
              .split(" "));

  private static final Set<String> MOVES =
      Set.of(
          ("Concat DepthToSpace Expand Flatten Gather GatherElements GatherND Identity Pad Reshape"
                  + " Resize Slice SpaceToDepth Split Squeeze Tile Transpose Unsqueeze Upsample")
              .split(" "));

  private final long images;
  private final List<Network.Entry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** Trained constants by tensor; a parameter counts where it is first used. */
  private final Set<String> trained = new HashSet<>();

  private final Set<String> counted = new HashSet<>();

  /** Index of the layer that computed a tensor, ignoring biases and scales. */
  private final Map<String, Integer> makers = new HashMap<>();

  /** Parameters of nodes before the first layer. */
  private long pending;

  /** Whether zeros of weights are read, and what was found. */
  private final boolean zeros;

  private final List<String> unread = new ArrayList<>();
  private double zeroWords;
  private long words;

  LayerList(long images, Map<String, Value> constants, boolean zeros) {
    this.images = images;
    this.zeros = zeros;
    constants.forEach(
        (name, value) -> {
          if (value.isFloat() || value.type() == 2 || value.type() == 3) {
            trained.add(name);
          }
        });
  }

  /** All layers; parameters used after the last of them are added to it. */
  List<Network.Entry> entries() {
    if (!entries.isEmpty()) {
      add(entries.size() - 1, pending);
      pending = 0;
    }
    return entries;
  }

  /**
   * The tensor of which the output of this node is an element-wise function: itself if there is
   * none.
   */
  static String origin(Call call, String output) {
    boolean unary = Arithmetic.UNARY.contains(call.op());
    if (!unary && !Arithmetic.BROADCAST.contains(call.op())) {
      return output;
    }
    Set<String> origins = new HashSet<>();
    for (Value input : call.inputs()) {
      if (input != null && !input.constant()) {
        origins.add(input.origin());
      }
    }
    return origins.size() == 1 ? origins.iterator().next() : output;
  }

  /** Converts a node, or records why not. */
  Row take(Call call, Map<String, Value> values, boolean inferred, boolean known) {
    Node node = call.node();
    Value output = node.outputs().isEmpty() ? Value.of(0) : values.get(node.outputs().get(0));
    if (output.constant()) {
      return constant(call, output);
    }
    if (!inferred) {
      return known
          ? row(call, output, Taken.NOT_COSTED, 0, 0, "its shape is the file's")
          : row(call, output, Taken.UNKNOWN, 0, 0, "operator not known, its shape is the file's");
    }
    List<Layer> made = NodeLayers.of(layerName(call), call, output, images);
    long parameters = parameters(call, made);
    if (made.isEmpty()) {
      Integer maker = node.inputs().isEmpty() ? null : maker(call);
      boolean folds = maker != null && folds(call);
      add(maker, parameters);
      if (folds) {
        makers.put(node.outputs().get(0), maker);
        String into = "into " + entries.get(maker).layer().name();
        return row(call, output, Taken.FOLDED, 0, parameters, into);
      }
      return row(call, output, Taken.NOT_COSTED, 0, parameters, why(call));
    }
    long macs = 0;
    long weights = 0;
    for (Layer layer : made) {
      Layer own = sparse(layer.named(unique(layer.name())), call);
      entries.add(new Network.Entry(own, 1));
      macs = Math.addExact(macs, own.macs());
      weights += own.parameters();
    }
    add(entries.size() - 1, parameters + pending);
    pending = 0;
    makers.put(node.outputs().get(0), entries.size() - 1);
    Taken taken = macs > 0 ? Taken.LAYER : Taken.MEMORY;
    String names = made.size() == 1 ? "" : "as " + made.size() + " layers";
    return row(call, output, taken, macs, parameters + weights, names);
  }

  /** The layer with the fraction of zeros of its weights, if that is read and known. */
  private Layer sparse(Layer layer, Call call) {
    if (!zeros || layer.macs() == 0 || layer.parameters() == 0) {
      return layer;
    }
    int at = NodeLayers.weight(call);
    Value weights = call.has(at) ? call.inputs()[at] : null;
    boolean recurrent = Set.of("RNN", "GRU", "LSTM").contains(call.op());
    double fraction =
        weights == null || weights.stored() == null || recurrent
            ? Double.NaN
            : weights.stored().zeros(weights.count());
    if (Double.isNaN(fraction)) {
      unread.add(layer.name());
      return layer;
    }
    words += weights.count();
    zeroWords += fraction * weights.count();
    return layer.zeros(new Layer.Zeros(0, fraction, 0));
  }

  /** What is known of the zeros of the weights, if they are read. */
  Optional<String> zerosRead() {
    if (!zeros) {
      return Optional.empty();
    }
    String read =
        String.format(
            Locale.ROOT,
            "zeros of weights: %.2f %% of %,d words",
            words == 0 ? 0 : 100 * zeroWords / words,
            words);
    String rest =
        unread.isEmpty()
            ? ""
            : "; %d layers' weights are not stored as bytes of the file, or are unsigned: taken as without zeros: %s"
                .formatted(
                    unread.size(),
                    String.join(", ", unread.subList(0, Math.min(5, unread.size())))
                        + (unread.size() > 5 ? ", …" : ""));
    return Optional.of(read + rest);
  }

  private Row constant(Call call, Value output) {
    for (int i = 0; i < call.inputs().length; i++) {
      String input = call.node().inputs().get(i);
      if (!trained.contains(input)) {
        continue;
      }
      if (call.op().equals("Gather") && i == 0) {
        long table = count(input, call.inputs()[0]);
        pending += table;
        return row(call, output, Taken.CONSTANT, 0, table, "rows of a table of parameters");
      }
      trained.addAll(call.node().outputs());
    }
    return row(call, output, Taken.CONSTANT, 0, 0, "known before the network runs");
  }

  /** Parameters first used by this node, without the weights counted by its layers. */
  private long parameters(Call call, List<Layer> made) {
    boolean weighted = made.stream().anyMatch(l -> l.parameters() > 0);
    boolean recurrent =
        call.op().equals("LSTM") || call.op().equals("GRU") || call.op().equals("RNN");
    if (call.op().contains("Quantize") || call.op().equals("Clip")) {
      return 0;
    }
    long sum = 0;
    for (int i = 0; i < call.inputs().length; i++) {
      String input = call.node().inputs().get(i);
      boolean weight = weighted && (i == NodeLayers.weight(call) || recurrent && i == 2);
      boolean statistics = call.op().equals("BatchNormalization") && i > 2;
      if (call.has(i) && trained.contains(input) && !weight && !statistics) {
        sum += count(input, call.inputs()[i]);
      }
    }
    return sum;
  }

  private long count(String tensor, Value value) {
    return counted.add(tensor) ? value.count() : 0;
  }

  /** The layer that computed the single non-constant input; null if there is none. */
  private Integer maker(Call call) {
    Integer found = null;
    for (int i = 0; i < call.inputs().length; i++) {
      if (call.has(i) && !call.inputs()[i].constant()) {
        if (found != null) {
          return null;
        }
        found = makers.get(call.node().inputs().get(i));
        if (found == null) {
          return null;
        }
      }
    }
    return found;
  }

  /**
   * Whether the node scales or shifts channels by constants, which can be folded into the preceding
   * layer.
   */
  private static boolean folds(Call call) {
    return switch (call.op()) {
      case "BatchNormalization" -> true;
      case "Add", "Mul", "Sub", "Div" -> call.inputs().length == 2;
      default -> false;
    };
  }

  private void add(Integer layer, long parameters) {
    if (layer == null) {
      pending += parameters;
    } else if (parameters > 0) {
      Network.Entry entry = entries.get(layer);
      Layer more = entry.layer().extraParameters(entry.layer().extraParameters() + parameters);
      entries.set(layer, new Network.Entry(more, entry.repeats()));
    }
  }

  private static String why(Call call) {
    String op = call.op();
    if (NORMALIZATIONS.contains(op) || op.equals("BatchNormalization")) {
      return "normalization";
    }
    if (MOVES.contains(op)) {
      return "rearranges elements";
    }
    if (op.startsWith("Reduce") || op.startsWith("Arg") || op.equals("TopK")) {
      return "reduction";
    }
    if (op.contains("Quantize") || op.startsWith("Cast")) {
      return "changes the element type";
    }
    return Arithmetic.UNARY.contains(op) || Arithmetic.BROADCAST.contains(op)
        ? "element by element"
        : "no MACs are counted for it";
  }

  private static Row row(
      Call call, Value output, Taken taken, long macs, long parameters, String why) {
    return new Row(
        Importer.label(call.node()), call.op(), output.shape(), taken, macs, parameters, why);
  }

  /**
   * The module name from a scoped one: {@code /layer1/layer1.0/conv1/Conv} is {@code
   * layer1.0.conv1}, as PyTorch's exporters write it.
   */
  private static String layerName(Call call) {
    Node node = call.node();
    boolean module =
        PRODUCTS.contains(call.op())
            && !(call.op().equals("MatMul") && !call.inputs()[1].constant());
    String[] parts = Importer.label(node).replaceFirst("^/+", "").split("/+");
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean scope = i + 1 < parts.length && parts[i + 1].startsWith(parts[i] + ".");
      boolean operator = module && i > 0 && i == parts.length - 1 && parts[i].equals(node.op());
      if (!scope && !operator) {
        name.append(name.isEmpty() ? "" : ".").append(parts[i]);
      }
    }
    return name.isEmpty() ? node.op() : name.toString();
  }

  private String unique(String name) {
    String own = name;
    for (int i = 2; !names.add(own); i++) {
      own = name + "#" + i;
    }
    return own;
  }
}
