package dance.search;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.space.AcceleratorSpace;
import java.util.Arrays;

/**
 * How far the designs of a space are from Eyeriss (Chen et al., JSSC 2017): first by the dataflow,
 * then by the columns and rows of the array, then by the words of a register file, of which Eyeriss
 * has more than our spaces, then by buffer and off-chip link.
 */
final class LikeEyeriss {
  private static final int COLUMNS = 14;
  private static final int ROWS = 12;
  private static final double BUFFER_WORDS = 108 * 1024 / 2.0;

  /** Of its test board: 2.4 bytes a cycle. */
  private static final double LINK_WORDS_PER_CYCLE = 1.2;

  private LikeEyeriss() {}

  /**
   * The distance of each design, {@code [designs]}. It is a sum over parameters of the accelerator:
   * where these are the axes of the space, one accelerator for each value is looked at, not one for
   * each design.
   */
  static double[] distances(AcceleratorSpace space) {
    double[] distances = new double[space.size()];
    if (!space.isOfTemplates() || !space.conditions().isEmpty()) {
      Arrays.setAll(distances, d -> of(space.accelerator(d)));
      return distances;
    }
    int axes = space.axes().size();
    double first = of(space.accelerator(0));
    double[][] more = new double[axes][];
    for (int a = 0; a < axes; a++) {
      more[a] = new double[space.axes().get(a).size()];
      for (int v = 0; v < more[a].length; v++) {
        int[] positions = new int[axes];
        positions[a] = v;
        more[a][v] = of(space.accelerator(space.index(positions))) - first;
      }
    }
    for (int d = 0; d < distances.length; d++) {
      int[] positions = space.positions(d);
      distances[d] = first;
      for (int a = 0; a < axes; a++) {
        distances[d] += more[a][positions[a]];
      }
      // equal distances, summed in another order, are the same
      distances[d] = Math.rint(distances[d] * 1e11) / 1e11;
    }
    return distances;
  }

  /** The distance of one accelerator. */
  static double of(Accelerator chip) {
    MemoryLevel offChip = chip.levels().get(0);
    MemoryLevel buffer = chip.levels().get(1);
    double words = chip.levels().get(chip.levels().size() - 1).usableWords();
    return (chip.dataflow() == Dataflow.ROW_STATIONARY ? 0 : 1e3)
        + Math.abs(buffer.fanoutX() - COLUMNS)
        + Math.abs(buffer.fanoutY() - ROWS)
        - 1e-6 * words
        + 1e-8 * octaves(buffer.usableWords(), BUFFER_WORDS)
        + 1e-9 * octaves(offChip.sharedWordsPerCycle(), LINK_WORDS_PER_CYCLE);
  }

  private static double octaves(double value, double eyeriss) {
    double octaves = Math.abs(Math.log(value / eyeriss)) / Math.log(2);
    return Math.min(octaves, 64); // an unlimited buffer or link
  }
}
