package dance.space;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NAS-Bench-201 (Dong and Yang, ICLR 2020): a stem 3×3 with 16 channels, three stages of five equal
 * cells with 16, 32 and 64 channels, a residual block with stride 2 between stages, normalisation,
 * average pooling and classifier. A cell has four nodes; each node but the first is the sum of its
 * incoming edges.
 *
 * <p>The blocks of the space are the six edges, in the order of the benchmark's strings: 1←0, 2←0,
 * 2←1, 3←0, 3←1, 3←2, named {@code edge1-0} and so on. Each occurs in all fifteen cells.
 *
 * <p><b>What is costed.</b> Every edge, whether or not its result reaches the last node, as in the
 * benchmark's own networks: its published parameters are equal to ours, its operations are our MACs
 * and one more for each bias of the classifier. HW-NAS-Bench's Eyeriss costs count the same way.
 * {@code none} costs nothing. {@code skip_connect} computes nothing. The sums of a node are charged
 * to its second and third edge, one element-wise addition each unless the edge is {@code none} (our
 * choice; the published figures have no additions).
 */
public final class NasBench201 {
  private static final int[][] EDGES = {{1, 0}, {2, 0}, {2, 1}, {3, 0}, {3, 1}, {3, 2}};
  private static final int[] CHANNELS = {16, 32, 64};
  private static final int CELLS = 5;

  private static final Pattern EDGE = Pattern.compile("\\|?([a-z0-9_]+)~([0-2])");

  private NasBench201() {}

  /**
   * The space for images of three channels.
   *
   * @param name of the space
   * @param pixels rows and columns of an image: 32 for CIFAR, 16 for ImageNet16-120
   * @param classes 10, 100 or 120 in the benchmark
   */
  public static NetworkSpace space(String name, int pixels, int classes) {
    return NetworkSpace.scalable(width -> scaled(name, pixels, classes, width));
  }

  private static NetworkSpace scaled(String name, int pixels, int classes, double width) {
    int[] channels = Arrays.stream(CHANNELS).map(c -> NetworkSpace.channels(c, width)).toArray();
    NetworkSpace space =
        NetworkSpace.of(name)
            .fixed("stem", BlockShape.of(3, channels[0], pixels), new Convolution(3));
    int size = pixels;
    for (int stage = 0; stage < channels.length; stage++) {
      if (stage > 0) {
        BlockShape shape = BlockShape.of(channels[stage - 1], channels[stage], size).stride(2);
        space = space.fixed("reduction" + stage, shape, Residual.RESIDUAL);
        size = shape.outputRows();
      }
      space = cells(space, stage, BlockShape.of(channels[stage], channels[stage], size));
    }
    return space.fixed(
        "classifier", Classifier.shape(channels[2], classes, size), new Classifier(true));
  }

  private static NetworkSpace cells(NetworkSpace space, int stage, BlockShape shape) {
    NetworkSpace longer = space;
    for (int[] edge : EDGES) {
      String name = "edge" + edge[0] + "-" + edge[1];
      longer =
          stage == 0
              ? longer.block(name, shape, CELLS, choices(edge[1] > 0))
              : longer.again(name, shape, CELLS);
    }
    return longer;
  }

  private static List<Operation> choices(boolean summed) {
    List<Operation> choices = new ArrayList<>();
    for (CellOperation operation : CellOperation.values()) {
      choices.add(summed ? new SumNode(operation) : operation);
    }
    return choices;
  }

  /**
   * Parses a cell in one of three forms; these examples denote the same cell:
   *
   * <ul>
   *   <li>six digits, {@code 421211}, one for each edge in the order of the benchmark's strings,
   *       1←0, 2←0, 2←1, 3←0, 3←1, 3←2, each the benchmark's number of an operation: 0 none, 1
   *       skip_connect, 2 nor_conv_1x1, 3 nor_conv_3x3, 4 avg_pool_3x3;
   *   <li>its index in the benchmark, {@code 0}, of one to five digits;
   *   <li>as the benchmark writes it, {@code |avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|…|}.
   * </ul>
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Genotype parse(String cell) {
    String text = cell.strip().toLowerCase(Locale.ROOT);
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) < NasBench201Index.CELLS) {
      return parse(NasBench201Index.digits(Integer.parseInt(text)));
    }
    if (text.matches("[0-4]{6}")) {
      return new Genotype(
          text.chars().mapToObj(digit -> CellOperation.values()[digit - '0'].label()).toList());
    }
    List<String> operations = new ArrayList<>();
    boolean valid = text.replaceAll(EDGE.pattern(), "").matches("\\|\\+\\|\\+\\|");
    for (Matcher edge = EDGE.matcher(text); valid && edge.find(); ) {
      int index = operations.size();
      String operation = edge.group(1);
      valid =
          index < EDGES.length
              && Integer.parseInt(edge.group(2)) == EDGES[index][1]
              && Arrays.stream(CellOperation.values()).anyMatch(o -> o.label().equals(operation));
      operations.add(operation);
    }
    new Rules()
        .require(
            valid && operations.size() == EDGES.length,
            "cell %s must be six digits from 0 to 4, one for each edge in the benchmark's order"
                + " (1←0, 2←0, 2←1, 3←0, 3←1, 3←2), its index from 0 to 15624, or of the form"
                + " |none~0|+|none~0|none~1|+|none~0|none~1|none~2|, with the operations %s,"
                + " whose numbers are 0 to 4",
            cell,
            Arrays.toString(CellOperation.values()))
        .check();
    return new Genotype(operations);
  }

  /** The cell in the benchmark's format. */
  public static String format(Genotype genotype) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < EDGES.length; i++) {
      String separator = i == 0 ? "|" : EDGES[i][1] == 0 ? "+|" : "";
      text.append(separator).append(genotype.operations().get(i)).append('~');
      text.append(EDGES[i][1]).append('|');
    }
    return text.toString();
  }
}
