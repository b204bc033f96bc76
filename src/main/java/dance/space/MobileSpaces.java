package dance.space;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Spaces of inverted residual blocks: stem, stages of searchable blocks, head, classifier. */
final class MobileSpaces {

  /** Blocks of one width, the first of them with the stride. */
  record Stage(int channels, int blocks, int stride) {}

  /** Channels, rows and columns of an image. */
  record Image(int channels, int pixels) {}

  /**
   * The fixed layers before the searchable blocks.
   *
   * @param channels of the first convolution
   * @param stride of the first convolution
   * @param first channels of the fixed block without expansion; 0 for none
   */
  record Stem(int channels, int stride, int first) {}

  /**
   * The fixed layers after the searchable blocks.
   *
   * @param channels of the last convolution
   * @param classes outputs of the classifier
   */
  record Head(int channels, int classes) {}

  /**
   * Candidate operations.
   *
   * @param first of the first block of a stage
   * @param others of its other blocks
   */
  record Candidates(List<Operation> first, List<Operation> others) {}

  /**
   * A space before its width is set.
   *
   * @param image channels and size of the image
   * @param stem fixed layers at the beginning
   * @param stages the searchable blocks
   * @param head fixed layers at the end
   * @param operations candidate operations
   */
  record Frame(
      String name, Image image, Stem stem, List<Stage> stages, Head head, Candidates operations) {

    NetworkSpace space(double width) {
      int channels = NetworkSpace.channels(stem.channels, width);
      BlockShape shape = BlockShape.of(image.channels, channels, image.pixels).stride(stem.stride);
      NetworkSpace space = NetworkSpace.of(name).fixed("stem", shape, new Convolution(3));
      int size = shape.outputRows();
      if (stem.first > 0) {
        int next = NetworkSpace.channels(stem.first, width);
        BlockShape fixed = BlockShape.of(channels, next, size);
        space = space.fixed("first", fixed, Operation.mbConv(3, 1));
        channels = next;
      }
      for (Stage stage : stages) {
        int next = NetworkSpace.channels(stage.channels, width);
        for (int i = 0; i < stage.blocks; i++) {
          shape = BlockShape.of(channels, next, size).stride(i == 0 ? stage.stride : 1);
          List<Operation> here = i == 0 ? operations.first : operations.others;
          space = space.block("block" + (space.blocks() + 1), shape, 1, here);
          channels = next;
          size = shape.outputRows();
        }
      }
      int last = NetworkSpace.channels(head.channels, width);
      return space
          .fixed("head", BlockShape.of(channels, last, size), new Convolution(1))
          .fixed("classifier", Classifier.shape(last, head.classes, size), new Classifier(false));
    }
  }

  private MobileSpaces() {}

  static NetworkSpace cifar() {
    List<Stage> stages = List.of(new Stage(24, 3, 1), new Stage(40, 3, 2), new Stage(80, 3, 2));
    return scalable(
        new Frame(
            "cifar",
            new Image(3, 32),
            new Stem(32, 1, 16),
            stages,
            new Head(320, 10),
            all(withZero(Operation.MB_CONVS))));
  }

  static NetworkSpace imageNet() {
    // mit-han-lab/proxylessnas, search/imagenet_arch_search.py: width_stages, n_cell_stages,
    // stride_stages
    List<Stage> stages =
        List.of(
            new Stage(24, 4, 2),
            new Stage(40, 4, 2),
            new Stage(80, 4, 2),
            new Stage(96, 4, 1),
            new Stage(192, 4, 2),
            new Stage(320, 1, 1));
    return scalable(
        new Frame(
            "imagenet",
            new Image(3, 224),
            new Stem(32, 2, 16),
            stages,
            new Head(1280, 1000),
            all(withZero(Operation.MB_CONVS))));
  }

  static NetworkSpace mini() {
    return mini("mini", new Image(1, 28));
  }

  static NetworkSpace miniCifar() {
    return mini("mini-cifar", new Image(3, 32));
  }

  private static NetworkSpace mini(String name, Image image) {
    List<Stage> stages = List.of(new Stage(24, 2, 2), new Stage(40, 2, 2));
    List<Operation> first = List.of(Operation.mbConv(3, 1), Operation.mbConv(3, 6));
    List<Operation> others = withZero(List.of(Operation.mbConv(3, 3), Operation.mbConv(5, 3)));
    Candidates operations = new Candidates(first, others);
    return scalable(
        new Frame(name, image, new Stem(8, 2, 0), stages, new Head(96, 10), operations));
  }

  static Candidates all(List<Operation> operations) {
    return new Candidates(operations, operations);
  }

  private static NetworkSpace scalable(Frame frame) {
    DoubleFunction<NetworkSpace> recipe = frame::space;
    return NetworkSpace.scalable(recipe);
  }

  static List<Operation> withZero(List<Operation> operations) {
    List<Operation> all = new ArrayList<>(operations);
    all.add(Operation.zero());
    return all;
  }
}
