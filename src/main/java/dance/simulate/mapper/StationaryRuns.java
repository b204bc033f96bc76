package dance.simulate.mapper;

import java.util.Arrays;

/**
 * Minimum costs between the outermost level and the buffer over all tiles of the buffer around one
 * tile of the array, by what is stationary there: all that a {@link JoinBound} needs to know of a
 * buffer's tile. The longer a tensor of the registers is stationary, the better, so that only those
 * are kept that another is not nowhere worse than.
 */
final class StationaryRuns {
  /**
   * Tiles of the buffer that leave a tensor stationary.
   *
   * @param stationaryTensor tensor that the innermost of the buffer's loops leave stationary in the
   *     registers, or {@link BufferTiles#NONE}
   * @param iterations for which it is stationary
   * @param cost of the words that enter the buffer: [function]
   */
  record Run(int stationaryTensor, double iterations, double[] cost) {}

  /** Functions that are not zero for all. */
  private final int[] priced;

  private Run[] runs = new Run[8];
  private int size;

  /** None yet, whose costs are zero but for the functions that are {@code priced}. */
  StationaryRuns(int[] priced) {
    this.priced = priced;
  }

  int size() {
    return size;
  }

  Run get(int i) {
    return runs[i];
  }

  /** Adds the run of a tile unless another one is nowhere worse; does not keep the cost. */
  void add(int stationaryTensor, double iterations, double[] cost) {
    for (int i = 0; i < size; i++) {
      Run run = runs[i];
      if (run.stationaryTensor == stationaryTensor
          && run.iterations >= iterations
          && isNoMore(run.cost, cost)) {
        return;
      }
    }
    Run added = new Run(stationaryTensor, iterations, cost.clone());
    int left = 0;
    for (int i = 0; i < size; i++) {
      Run run = runs[i];
      boolean isWorse =
          run.stationaryTensor == stationaryTensor
              && run.iterations <= iterations
              && isNoMore(cost, run.cost);
      if (!isWorse) {
        runs[left++] = run;
      }
    }
    runs = left == runs.length ? Arrays.copyOf(runs, 2 * left) : runs;
    runs[left++] = added;
    size = left;
  }

  private boolean isNoMore(double[] cost, double[] other) {
    for (int j : priced) {
      if (cost[j] > other[j]) {
        return false;
      }
    }
    return true;
  }
}
