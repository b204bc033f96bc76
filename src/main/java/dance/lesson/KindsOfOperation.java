package dance.lesson;

import dance.search.TabularTask;
import dance.space.BlockShape;
import dance.space.Classifier;
import dance.space.Convolution;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.workload.Layer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A space of networks whose choices are between kinds of operation, and made-up accuracies of them:
 * nobody has published any. For 32 × 32 images, six blocks in stages of two with 32, 64 and 128
 * channels at 16, 8 and 4 pixels; in each nothing, a dense 3 × 3 convolution, a depthwise 5 × 5
 * with a pointwise convolution, or self-attention with four heads over all pixels: 4,096 networks.
 */
public final class KindsOfOperation {
  private static final int[] CHANNELS = {32, 64, 128};
  private static final int FIRST = 16;
  private static final int HEADS = 4;
  private static final int CLASSES = 10;

  private KindsOfOperation() {}

  /** The space. */
  public static NetworkSpace space() {
    NetworkSpace space = NetworkSpace.of("kinds");
    int channels = 3;
    int size = 2 * FIRST;
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      BlockShape down = BlockShape.of(channels, CHANNELS[stage], size).stride(2);
      space = space.fixed("down" + (stage + 1), down, new Convolution(3));
      channels = CHANNELS[stage];
      size /= 2;
      for (int i = 1; i <= 2; i++) {
        space =
            space.block(
                "block" + (stage + 1) + "." + i,
                BlockShape.of(channels, channels, size),
                Operation.zero(),
                Operation.of("dense", KindsOfOperation::dense),
                Operation.of("separable", KindsOfOperation::separable),
                Operation.of("attention", KindsOfOperation::attention));
      }
    }
    return space.fixed("head", Classifier.shape(channels, CLASSES, size), new Classifier(false));
  }

  private static List<Layer> dense(BlockShape x) {
    return List.of(Layer.conv("conv", x.inputs(), x.outputs()).kernel(3).output(x.rows()));
  }

  private static List<Layer> separable(BlockShape x) {
    return List.of(
        Layer.depthwise("depthwise", x.inputs()).kernel(5).output(x.rows()),
        Layer.pointwise("pointwise", x.inputs(), x.outputs(), x.rows()));
  }

  private static List<Layer> attention(BlockShape x) {
    int tokens = x.rows() * x.columns();
    int width = x.inputs() / HEADS;
    return List.of(
        Layer.pointwise("qkv", x.inputs(), 3 * x.inputs(), x.rows()),
        Layer.matmul("scores", HEADS, tokens, width, tokens),
        Layer.matmul("mixed", HEADS, tokens, tokens, width),
        Layer.pointwise("projection", x.inputs(), x.outputs(), x.rows()));
  }

  /**
   * Accuracies that are made up, so that a statement must hold for many of them: 95 % less a
   * deficit of up to 6 points for each block, of which an operation takes away a random half to
   * all, and nothing none. Which kind suits which block is left to chance.
   */
  public static TabularTask accuracies(long seed) {
    NetworkSpace space = space();
    SplittableRandom random = new SplittableRandom(seed);
    double[][] gain = new double[space.blocks()][space.operations().size()];
    for (double[] block : gain) {
      for (int o = 0; o < block.length; o++) {
        block[o] = space.operations().get(o).equals("zero") ? 0 : random.nextDouble(0.5, 1);
      }
    }
    return TabularTask.of(
        "kinds, made up " + seed,
        space,
        genotype -> {
          int[] choice = space.choice(genotype);
          double accuracy = 0.95;
          for (int b = 0; b < choice.length; b++) {
            accuracy -= 0.06 * (1 - gain[b][choice[b]]);
          }
          return accuracy;
        });
  }
}
