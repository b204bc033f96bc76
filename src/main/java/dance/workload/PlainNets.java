package dance.workload;

/** AlexNet and VGG-16: a chain of convolutions, then three large fully connected layers. */
final class PlainNets {
  private PlainNets() {}

  static Network alexNet() {
    return Network.of(
        "AlexNet",
        Layer.conv("conv1", 3, 96).kernel(11).stride(4).output(55).bias(),
        Layer.pool("pool1", 96).kernel(3).stride(2).output(27),
        Layer.conv("conv2", 96, 256).groups(2).kernel(5).output(27).bias(),
        Layer.pool("pool2", 256).kernel(3).stride(2).output(13),
        Layer.conv("conv3", 256, 384).kernel(3).output(13).bias(),
        Layer.conv("conv4", 384, 384).groups(2).kernel(3).output(13).bias(),
        Layer.conv("conv5", 384, 256).groups(2).kernel(3).output(13).bias(),
        Layer.pool("pool5", 256).kernel(3).stride(2).output(6),
        Layer.fullyConnected("fc6", 256 * 6 * 6, 4096).bias(),
        Layer.fullyConnected("fc7", 4096, 4096).bias(),
        Layer.fullyConnected("fc8", 4096, 1000).bias());
  }

  static Network vgg16() {
    Network network = Network.of("VGG-16");
    int[] channels = {64, 128, 256, 512, 512};
    int[] convolutions = {2, 2, 3, 3, 3};
    int inputs = 3;
    int size = 224;
    for (int stage = 0; stage < channels.length; stage++) {
      for (int i = 1; i <= convolutions[stage]; i++) {
        String name = "conv" + (stage + 1) + "_" + i;
        network =
            network.then(Layer.conv(name, inputs, channels[stage]).kernel(3).output(size).bias());
        inputs = channels[stage];
      }
      size /= 2;
      network =
          network.then(Layer.pool("pool" + (stage + 1), inputs).kernel(2).stride(2).output(size));
    }
    return network
        .then(Layer.fullyConnected("fc6", 512 * 7 * 7, 4096).bias())
        .then(Layer.fullyConnected("fc7", 4096, 4096).bias())
        .then(Layer.fullyConnected("fc8", 4096, 1000).bias());
  }
}
