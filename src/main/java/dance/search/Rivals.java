package dance.search;

import dance.evaluate.CostTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The networks of a table that can be the best on some design, whatever the weight of the cost and
 * the limits: all but those to which another one is superior, whose operations cost no more at any
 * block on any design and which is more accurate. Its sums are no larger to the last bit, as
 * rounding is monotone, for every objective that does not fall with latency or energy.
 */
final class Rivals {
  /**
   * Less of an advantage might be lost when values are rounded, and of equal values the first
   * network counts.
   */
  private static final double ADVANTAGE = 1e-9;

  private Rivals() {}

  /** Their indices in the table of accuracies, ascending. */
  static int[] of(CostTable table, AccuracyTable accuracies) {
    int[][] offered = AccuracyTable.offered(table.networkSpace());
    // best[n]: the most accuracy of the networks that cost no more than n
    double[] best = new double[accuracies.size()];
    Arrays.setAll(best, accuracies::get);
    int stride = best.length;
    for (int b = 0; b < offered.length; b++) {
      stride /= offered[b].length;
      boolean[][] costsNoMore = costsNoMore(table, b, offered[b]);
      double[] before = best.clone();
      for (int n = 0; n < best.length; n++) {
        int own = n / stride % offered[b].length;
        for (int o = 0; o < offered[b].length; o++) {
          if (costsNoMore[o][own]) {
            best[n] = Math.max(best[n], before[n + (o - own) * stride]);
          }
        }
      }
    }
    return IntStream.range(0, best.length)
        .filter(n -> !(best[n] > accuracies.get(n) + ADVANTAGE))
        .toArray();
  }

  /** Whether one operation costs no more than another on any design: {@code [one][other]}. */
  private static boolean[][] costsNoMore(CostTable table, int block, int[] offered) {
    boolean[][] result = new boolean[offered.length][offered.length];
    for (int i = 0; i < offered.length; i++) {
      for (int j = 0; j < offered.length; j++) {
        int one = offered[i];
        int other = offered[j];
        result[i][j] =
            IntStream.range(0, table.designs())
                .allMatch(
                    d ->
                        table.latencyMs(block, one, d) <= table.latencyMs(block, other, d)
                            && table.energyMj(block, one, d) <= table.energyMj(block, other, d));
      }
    }
    return result;
  }
}
