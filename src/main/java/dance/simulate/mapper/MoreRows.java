package dance.simulate.mapper;

import java.util.Arrays;

/**
 * What bounds cost more on arrays of more rows than on the smallest with room, as the way to the
 * register files is longer there ({@link ArrayUnrolling}): energy of the words that the
 * interconnect carries at least, by a {@link JoinShape}.
 */
final class MoreRows {
  /** Of what was bounded last, in pJ: [position of the rows]. */
  final double[] energyPj;

  private final JoinShape shape;
  private final int tensors;

  MoreRows(JoinShape shape, int rows) {
    this.shape = shape;
    tensors = shape.problem.tensors;
    energyPj = new double[rows];
  }

  /**
   * Of all tiles with some unrollings.
   *
   * @param morePjPerWord at least, by the rows of the array: [tensor][rows]; null for none
   */
  void ofSpread(JoinShape.Spread spread, double[][] morePjPerWord) {
    Arrays.fill(energyPj, 0);
    for (int t = 0; morePjPerWord != null && t < tensors; t++) {
      add(morePjPerWord[t], shape.passing(t, spread));
    }
  }

  /** Of all tiles of the buffer of one kind around a register tile. */
  void ofInner(ArrayUnrolling unrolling, int kind) {
    Arrays.fill(energyPj, 0);
    double[][] more = unrolling.morePjPerWord(shape.extent);
    if (more == null) {
      return;
    }
    // Of the tensors that the innermost loop may leave stationary only one profits.
    boolean rests = false;
    for (int t = 0; t < tensors; t++) {
      add(more[t], shape.passingIfInner(t, kind));
      rests |= shape.mayRest(t, kind);
    }
    for (int y = 0; rests && y < energyPj.length; y++) {
      double saved = 0;
      for (int t = 0; t < tensors; t++) {
        if (shape.mayRest(t, kind)) {
          double rest = shape.passingIfInner(t, kind) * (1 - 1 / shape.runs[t]);
          saved = Math.max(saved, more[t][y] * rest);
        }
      }
      energyPj[y] -= saved;
    }
  }

  /** Of a joined mapping. */
  void ofJoined(ArrayUnrolling unrolling, int[] steps) {
    Arrays.fill(energyPj, 0);
    double[][] more = unrolling.morePjPerWord(steps);
    for (int t = 0; more != null && t < tensors; t++) {
      add(more[t], shape.passing(t));
    }
  }

  private void add(double[] morePjPerWord, double words) {
    for (int y = 0; y < energyPj.length; y++) {
      energyPj[y] += morePjPerWord[y] * words;
    }
  }
}
