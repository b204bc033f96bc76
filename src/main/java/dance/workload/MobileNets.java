package dance.workload;

/**
 * Networks of inverted residual blocks (expand 1×1, depthwise, project 1×1). Blocks of one shape
 * are one entry, repeated, under the name of the first of them.
 */
final class MobileNets {

  /** A stage of the network: blocks of one kernel and width, the first of them with the stride. */
  private record Stage(int expansion, int kernel, int outputs, int blocks, int stride) {}

  /** One block; {@code squeeze} is the width of squeeze-and-excitation, 0 for none. */
  private record Block(
      int inputs, int expansion, int kernel, int outputs, int size, int stride, int squeeze) {}

  // Sandler et al., CVPR 2018, Table 2.
  private static final Stage[] MOBILE_NET_V2 = {
    new Stage(1, 3, 16, 1, 1),
    new Stage(6, 3, 24, 2, 2),
    new Stage(6, 3, 32, 3, 2),
    new Stage(6, 3, 64, 4, 2),
    new Stage(6, 3, 96, 3, 1),
    new Stage(6, 3, 160, 3, 2),
    new Stage(6, 3, 320, 1, 1)
  };

  // Tan and Le, ICML 2019, Table 1.
  private static final Stage[] EFFICIENT_NET_B0 = {
    new Stage(1, 3, 16, 1, 1),
    new Stage(6, 3, 24, 2, 2),
    new Stage(6, 5, 40, 2, 2),
    new Stage(6, 3, 80, 3, 2),
    new Stage(6, 5, 112, 3, 1),
    new Stage(6, 5, 192, 4, 2),
    new Stage(6, 3, 320, 1, 1)
  };

  private MobileNets() {}

  static Network mobileNetV2() {
    return network("MobileNetV2", MOBILE_NET_V2, false);
  }

  static Network efficientNetB0() {
    return network("EfficientNet-B0", EFFICIENT_NET_B0, true);
  }

  private static Network network(String name, Stage[] stages, boolean squeezed) {
    Layer stem = Layer.conv("stem", 3, 32).kernel(3).stride(2).output(112).batchNorm();
    Network network = Network.of(name, stem);
    int inputs = 32;
    int size = 112;
    int index = 1;
    for (Stage x : stages) {
      size /= x.stride;
      int rest = x.blocks - 1;
      network = then(network, "block" + index, 1, block(x, inputs, size, x.stride, squeezed));
      if (rest > 0) {
        Block following = block(x, x.outputs, size, 1, squeezed);
        network = then(network, "block" + (index + 1), rest, following);
      }
      index += x.blocks;
      inputs = x.outputs;
    }
    return network
        .then(Layer.pointwise("head", inputs, 1280, size).batchNorm())
        .then(Layer.pool("avgpool", 1280).kernel(size))
        .then(Layer.fullyConnected("classifier", 1280, 1000).bias());
  }

  private static Block block(Stage x, int inputs, int size, int stride, boolean squeezed) {
    // A quarter of the block's inputs, not of the expanded channels: Tan and Le's released model.
    int squeeze = squeezed ? inputs / 4 : 0;
    return new Block(inputs, x.expansion, x.kernel, x.outputs, size, stride, squeeze);
  }

  private static Network then(Network network, String name, int repeats, Block x) {
    int hidden = x.inputs * x.expansion;
    Network longer = network;
    if (x.expansion > 1) {
      Layer expand = Layer.pointwise(name + ".expand", x.inputs, hidden, x.size * x.stride);
      longer = longer.then(expand.batchNorm(), repeats);
    }
    Layer depthwise = Layer.depthwise(name + ".depthwise", hidden).kernel(x.kernel);
    longer = longer.then(depthwise.stride(x.stride).output(x.size).batchNorm(), repeats);
    if (x.squeeze > 0) {
      longer = thenSqueezeAndExcitation(longer, name, repeats, hidden, x);
    }
    Layer project = Layer.pointwise(name + ".project", hidden, x.outputs, x.size);
    longer = longer.then(project.batchNorm(), repeats);
    boolean residual = x.stride == 1 && x.inputs == x.outputs;
    return residual
        ? longer.then(Layer.add(name + ".add", x.outputs).output(x.size), repeats)
        : longer;
  }

  /** Each channel is scaled by a factor computed from the means of all channels. */
  private static Network thenSqueezeAndExcitation(
      Network network, String name, int repeats, int hidden, Block x) {
    return network
        .then(Layer.pool(name + ".squeeze", hidden).kernel(x.size), repeats)
        .then(Layer.fullyConnected(name + ".reduce", hidden, x.squeeze).bias(), repeats)
        .then(Layer.fullyConnected(name + ".excite", x.squeeze, hidden).bias(), repeats)
        .then(Layer.matmul(name + ".scale", hidden, 1, 1, 1).output(x.size), repeats);
  }
}
