package dance.search.train;

import ai.djl.ndarray.NDArray;
import dance.interchange.onnx.OnnxWriter;
import dance.space.BlockShape;
import dance.space.Classifier;
import dance.space.Convolution;
import dance.space.Identity;
import dance.space.MbConv;
import dance.space.Operation;
import dance.space.Zero;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A trainable network as nodes of ONNX, in the order in which {@link Stage} creates its weights:
 * what it computes outside of training, from the image to the logits.
 */
final class OnnxExport {
  private static final String BATCH = "batch";

  private final OnnxWriter writer;
  private final Iterator<NDArray> trained;
  private final Iterator<NDArray> statistics;
  private String tensor = "image";
  private String place = "";
  private int nodes;

  private OnnxExport(String name, Weights weights) {
    writer = new OnnxWriter(name);
    trained = weights.trained().iterator();
    statistics = weights.statistics().iterator();
  }

  /**
   * The bytes of a model; input {@code image [batch, channels, rows, columns]}, output {@code
   * logits [batch, classes]}.
   *
   * @param stages what was chosen at each place, in order
   */
  static byte[] model(String name, List<TrainableNetwork.Chosen> stages, Weights weights) {
    OnnxExport export = new OnnxExport(name, weights);
    BlockShape first = stages.get(0).shape();
    BlockShape last = stages.get(stages.size() - 1).shape();
    export.writer.input("image", BATCH, first.inputs(), first.rows(), first.columns());
    export.writer.weights("zero", new float[] {0}).weights("six", new float[] {6});
    for (TrainableNetwork.Chosen stage : stages) {
      export.place = stage.name();
      export.nodes = 0;
      export.operation(stage.operation(), stage.shape());
    }
    export.writer.node("Identity", "logits", List.of(export.tensor), "logits");
    return export.writer.output("logits", BATCH, last.outputs()).toBytes();
  }

  private void operation(Operation operation, BlockShape shape) {
    if (operation instanceof Convolution convolution) {
      conv(shape.inputs(), shape.outputs(), convolution.kernel(), shape.stride(), 1);
      norm();
      relu6();
    } else if (operation instanceof MbConv block) {
      inverted(block, shape);
    } else if (operation instanceof Classifier classifier) {
      classifier(classifier, shape);
    } else if (operation instanceof Identity) {
      if (!shape.kept()) {
        conv(shape.inputs(), shape.outputs(), 1, shape.stride(), 1);
        norm();
      }
    } else if (!(operation instanceof Zero)) {
      throw new IllegalArgumentException(
          "operation " + operation.label() + " is not written as ONNX");
    }
  }

  private void inverted(MbConv block, BlockShape shape) {
    String input = tensor;
    int hidden = shape.inputs() * block.expansion();
    if (block.expansion() > 1) {
      conv(shape.inputs(), hidden, 1, 1, 1);
      norm();
      relu6();
    }
    conv(hidden, hidden, block.kernel(), shape.stride(), hidden);
    norm();
    relu6();
    conv(hidden, shape.outputs(), 1, 1, 1);
    norm();
    if (shape.kept()) {
      node("Add", List.of(input, tensor));
    }
  }

  private void classifier(Classifier classifier, BlockShape shape) {
    if (classifier.normalized()) {
      norm();
      relu6();
    }
    node("GlobalAveragePool", List.of(tensor));
    node("Flatten", List.of(tensor), "axis", 1);
    String matrix = weights("weight", trained.next(), shape.outputs(), shape.inputs());
    String bias = weights("bias", trained.next(), shape.outputs());
    node("Gemm", List.of(tensor, matrix, bias), "transB", 1);
  }

  private void conv(int inputs, int outputs, int kernel, int stride, int groups) {
    String weight = weights("weight", trained.next(), outputs, inputs / groups, kernel, kernel);
    long[] pads = new long[4];
    Arrays.fill(pads, kernel / 2);
    node(
        "Conv",
        List.of(tensor, weight),
        "kernel_shape",
        new long[] {kernel, kernel},
        "strides",
        new long[] {stride, stride},
        "pads",
        pads,
        "group",
        groups);
  }

  private void norm() {
    NDArray gamma = trained.next();
    long channels = gamma.size();
    List<String> inputs =
        List.of(
            tensor,
            weights("gamma", gamma, channels),
            weights("beta", trained.next(), channels),
            weights("mean", statistics.next(), channels),
            weights("variance", statistics.next(), channels));
    node("BatchNormalization", inputs, "epsilon", Stage.EPSILON);
  }

  private void relu6() {
    node("Clip", List.of(tensor, "zero", "six"));
  }

  private String weights(String kind, NDArray values, long... dims) {
    String name = place + "." + nodes + "." + kind;
    writer.weights(name, values.toFloatArray(), dims);
    return name;
  }

  private void node(String operator, List<String> inputs, Object... attributes) {
    String name = place + "." + nodes++ + "." + operator;
    writer.node(operator, name, inputs, name, attributes);
    tensor = name;
  }
}
