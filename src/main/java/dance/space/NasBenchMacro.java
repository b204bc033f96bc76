package dance.space;

import dance.check.Rules;
import java.util.List;
import java.util.stream.Collectors;

/**
 * NAS-Bench-Macro (Su, Huang, Li, You, Wang, Qian, Zhang and Xu, CVPR 2021): a stem 3×3 with 32
 * channels, eight searchable blocks in stages of 2, 3 and 3, each of which begins with stride 2 and
 * doubles the channels, a head 1×1 with 1,280 channels, average pooling and classifier. A block is
 * an {@link Identity} or one of two inverted residual blocks, kernel 3 with expansion 3 and kernel
 * 5 with expansion 6: 3⁸ = 6,561 networks, all trained on CIFAR-10, three times.
 *
 * <p>Parameters and MACs are equal to the published ones of all networks. Shortcuts are added by an
 * element-wise layer, which costs time and energy but no MACs, as in {@link MbConv}.
 */
public final class NasBenchMacro {
  private static final int[] BLOCKS = {2, 3, 3};
  private static final int STEM = 32;
  private static final int HEAD = 1280;
  private static final int PIXELS = 32;
  private static final int CLASSES = 10;

  /** In the order of the benchmark's digits. */
  private static final List<Operation> OPERATIONS =
      List.of(Identity.IDENTITY, Operation.mbConv(3, 3), Operation.mbConv(5, 6));

  private NasBenchMacro() {}

  /** The space. */
  static NetworkSpace space() {
    return NetworkSpace.scalable(NasBenchMacro::scaled);
  }

  private static NetworkSpace scaled(double width) {
    int channels = NetworkSpace.channels(STEM, width);
    NetworkSpace space =
        NetworkSpace.of("nasbench-macro")
            .fixed("stem", BlockShape.of(3, channels, PIXELS), new Convolution(3));
    int size = PIXELS;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int next = NetworkSpace.channels(STEM << (stage + 1), width);
      for (int i = 0; i < BLOCKS[stage]; i++) {
        BlockShape shape = BlockShape.of(channels, next, size).stride(i == 0 ? 2 : 1);
        space = space.block("block" + (space.blocks() + 1), shape, 1, OPERATIONS);
        channels = next;
        size = shape.outputRows();
      }
    }
    int last = NetworkSpace.channels(HEAD, width);
    return space
        .fixed("head", BlockShape.of(channels, last, size), new Convolution(1))
        .fixed("classifier", Classifier.shape(last, CLASSES, size), new Classifier(false));
  }

  /**
   * Parses a network as the benchmark writes it: eight digits, one for each block, 0 identity, 1
   * kernel 3 with expansion 3, 2 kernel 5 with expansion 6; {@code 22212220} is the most accurate.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Genotype parse(String digits) {
    String text = digits.strip();
    new Rules()
        .require(
            text.matches("[0-2]{8}"),
            "network %s of NAS-Bench-Macro must be eight digits from 0 to 2, one for each block",
            digits)
        .check();
    return new Genotype(
        text.chars().mapToObj(digit -> OPERATIONS.get(digit - '0').label()).toList());
  }

  /** The network in the benchmark's digits. */
  public static String format(Genotype genotype) {
    List<String> labels = OPERATIONS.stream().map(Operation::label).toList();
    return genotype.operations().stream()
        .map(operation -> String.valueOf(labels.indexOf(operation)))
        .collect(Collectors.joining());
  }
}
