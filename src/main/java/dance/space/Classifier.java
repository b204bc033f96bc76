package dance.space;

import dance.workload.Layer;
import java.util.List;

/**
 * The end of a network: global average pooling, then a fully connected layer with bias. The outputs
 * of the shape are the classes, its stride the size of the image.
 *
 * @param normalized whether batch normalisation precedes the pooling
 */
public record Classifier(boolean normalized) implements Operation {

  /** From this many channels over a square to this many classes. */
  public static BlockShape shape(int channels, int classes, int size) {
    return BlockShape.of(channels, classes, size).stride(size);
  }

  @Override
  public String label() {
    return "classifier";
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    Layer mean = Layer.pool("avgpool", x.inputs()).kernel(x.rows(), x.columns());
    return List.of(
        normalized ? mean.batchNorm() : mean,
        Layer.fullyConnected("fc", x.inputs(), x.outputs()).bias());
  }

  @Override
  public String toString() {
    return label();
  }
}
