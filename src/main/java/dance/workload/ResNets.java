package dance.workload;

/**
 * Residual networks (He et al., CVPR 2016, Table 1), with torchvision's layer names. Blocks of one
 * shape are one entry, repeated, under the name of the first of them.
 */
final class ResNets {
  private static final int[] WIDTHS = {64, 128, 256, 512};

  private ResNets() {}

  static Network resNet18() {
    Network network = stem("ResNet-18");
    int inputs = 64;
    int size = 56;
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      int width = WIDTHS[stage];
      int stride = stage == 0 ? 1 : 2;
      size /= stride;
      String name = "layer" + (stage + 1);
      network = basic(network, name + ".0", 1, inputs, width, size, stride);
      network = basic(network, name + ".1", 1, width, width, size, 1);
      inputs = width;
    }
    return head(network, inputs);
  }

  /** The stride of a stage sits in its 3×3 convolution, as in torchvision ("v1.5"). */
  static Network resNet50() {
    Network network = stem("ResNet-50");
    int[] blocks = {3, 4, 6, 3};
    int inputs = 64;
    int size = 56;
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      int width = WIDTHS[stage];
      int stride = stage == 0 ? 1 : 2;
      size /= stride;
      String name = "layer" + (stage + 1);
      network = bottleneck(network, name + ".0", 1, inputs, width, size, stride);
      inputs = 4 * width;
      network = bottleneck(network, name + ".1", blocks[stage] - 1, inputs, width, size, 1);
    }
    return head(network, inputs);
  }

  private static Network stem(String name) {
    return Network.of(
        name,
        Layer.conv("conv1", 3, 64).kernel(7).stride(2).output(112).batchNorm(),
        Layer.pool("maxpool", 64).kernel(3).stride(2).output(56));
  }

  private static Network basic(
      Network network, String name, int repeats, int inputs, int width, int size, int stride) {
    Network convolved =
        network
            .then(conv(name + ".conv1", inputs, width, 3, size).stride(stride), repeats)
            .then(conv(name + ".conv2", width, width, 3, size), repeats);
    return shortcut(convolved, name, repeats, inputs, width, size, stride);
  }

  private static Network bottleneck(
      Network network, String name, int repeats, int inputs, int width, int size, int stride) {
    Network convolved =
        network
            .then(conv(name + ".conv1", inputs, width, 1, size * stride), repeats)
            .then(conv(name + ".conv2", width, width, 3, size).stride(stride), repeats)
            .then(conv(name + ".conv3", width, 4 * width, 1, size), repeats);
    return shortcut(convolved, name, repeats, inputs, 4 * width, size, stride);
  }

  private static Network shortcut(
      Network network, String name, int repeats, int inputs, int outputs, int size, int stride) {
    Network projected =
        inputs == outputs
            ? network
            : network.then(
                conv(name + ".downsample", inputs, outputs, 1, size).stride(stride), repeats);
    return projected.then(Layer.add(name + ".add", outputs).output(size), repeats);
  }

  private static Layer conv(String name, int inputs, int outputs, int kernel, int size) {
    return Layer.conv(name, inputs, outputs).kernel(kernel).output(size).batchNorm();
  }

  private static Network head(Network network, int channels) {
    return network
        .then(Layer.pool("avgpool", channels).kernel(7))
        .then(Layer.fullyConnected("fc", channels, 1000).bias());
  }
}
